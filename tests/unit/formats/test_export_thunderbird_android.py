# SPDX-License-Identifier: MPL-2.0
"""QR codes and settings files for phones, read as the app reads them."""

import io
import json
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given
from PIL import Image

from clientcfg.formats.qr import draw_png
from clientcfg.formats.thunderbird_android.k9s import k9s
from clientcfg.formats.thunderbird_android.qr_payload import LONGEST, payloads
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import (
    CRAM_MD5,
    GSSAPI,
    NTLM,
    PLAIN,
    SCRAM_SHA_256,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import No, Refused, Trouble
from tests.support.android_reader import Read, read_code, read_k9s
from tests.support.for_others import ADA, SMTP, bytes_of, exported, files_of, login, wanted
from tests.support.hostile import hostile, hostile_but_printable, ordinary, texts

ANDROID = "thunderbird-android"


def in_a_domain(account: Account) -> Account:
    return replace(account, address=Address(account.address.local, "example.org"))


NORMAL = ordinary.map(in_a_domain)


def text_of(account: Account) -> str:
    (content,) = payloads((account,))
    return bytes_of(content).decode()


def decoded(png: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return str(found.text)


def same(read: Read, account: Account) -> bool:
    """Whether the app has just this account."""
    words = {PLAIN: "password", CRAM_MD5: "encrypted", XOAUTH2: "oauth2"}

    def agrees(one: object, login: ServerLogin) -> bool:
        endpoint = login.endpoint
        meant = (
            endpoint.protocol,
            endpoint.host,
            endpoint.port,
            endpoint.security,
            words.get(login.mechanism, "password"),
            login.username,
        )
        return tuple(vars(one).values())[:6] == meant

    assert account.incoming is not None
    return (
        read.name == str(account.address)
        and read.identities == ((str(account.address), account.name),)
        and agrees(read.incoming, account.incoming)
        and agrees(read.outgoing, account.outgoing)
    )


def test_the_text_is_the_one_of_the_specification() -> None:
    assert text_of(ADA) == (
        '[1,[1,1],[0,"imap.example.org",993,3,1,"ada@example.org"],'
        '[[[0,"smtp.example.org",465,3,1,"ada@example.org"],["ada@example.org","Ada Lovelace"]]]]'
    )


def test_with_a_password_it_stands_where_the_app_looks_for_it() -> None:
    (content,) = payloads((ADA,), with_password=True)
    text = bytes_of(content, lambda encoder: {"json-text": b'"s3\\"cret"'}[encoder]).decode()
    _sequence, (read,) = read_code(text)
    assert (read.incoming.password, read.outgoing.password) == ('s3"cret', 's3"cret')
    assert same(read, ADA)


def test_a_sign_in_has_no_password() -> None:
    account = replace(
        ADA,
        incoming=login(Protocol.IMAP, "imap.example.org", 993, mechanism=XOAUTH2),
        outgoing=replace(SMTP, mechanism=XOAUTH2),
    )
    (content,) = payloads((account,), with_password=True)
    assert not any(isinstance(part, Hole) for part in content)
    assert '993,3,6,"ada' in bytes_of(content).decode()


@pytest.mark.parametrize(("count", "codes"), [(1, 1), (3, 1), (4, 2), (7, 3)])
def test_three_accounts_a_code_and_each_code_is_numbered(count: int, codes: int) -> None:
    many = [replace(ADA, address=Address(f"u{n}", "example.org")) for n in range(count)]
    found = [read_code(bytes_of(content).decode()) for content in payloads(many)]
    assert [sequence for sequence, _ in found] == [(n + 1, codes) for n in range(codes)]
    read = [one for _sequence, accounts in found for one in accounts]
    assert [one.name for one in read] == [str(one.address) for one in many]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"incoming": None}, "no-incoming-server"),
        ({"address": Address("ädä", "example.org")}, "address-not-taken"),
        ({"address": Address('"a b"', "example.org")}, "address-not-taken"),
        ({"address": Address("a" * 65, "example.org")}, "address-not-taken"),
        ({"name": "Ada\nLovelace"}, "control-character"),
        ({"name": "Ada \ud83d"}, "control-character"),
        ({"name": "Ada \ufffe"}, "control-character"),
        ({"name": "Ada \u202egro.elpmaxe"}, "control-character"),
        ({"name": "A" * 10_000}, "too-long-for-qr"),
        ({"outgoing": replace(SMTP, username="ada\r")}, "control-character"),
        ({"outgoing": replace(SMTP, mechanism=GSSAPI)}, "mechanism-not-known"),
        ({"outgoing": replace(SMTP, mechanism=NTLM)}, "mechanism-not-known"),
        ({"outgoing": replace(SMTP, mechanism=SCRAM_SHA_256)}, "mechanism-not-known"),
        ({"outgoing": login(Protocol.SMTP, "smtp.exämple.org", 465)}, "host-not-taken"),
        ({"outgoing": login(Protocol.SMTP, "smtp_1.example.org", 465)}, "host-not-taken"),
        ({"outgoing": login(Protocol.SMTP, "fe80::1%eth0", 465)}, "host-not-taken"),
        ({"outgoing": login(Protocol.SMTP, "a.example.org", 70_000)}, "not-a-port"),
        ({"outgoing": login(Protocol.SMTP, "127.0.0.1", 25, Security.PLAIN)}, "no-encryption"),
    ],
)
def test_what_the_app_would_refuse_is_refused_with_words(
    change: dict[str, object], code: str
) -> None:
    with pytest.raises(Trouble) as told:
        text_of(replace(ADA, **change))  # type: ignore[arg-type]
    assert told.value.code == code
    assert isinstance(told.value, No | Refused)


@given(hostile | hostile_but_printable | ordinary)
def test_the_app_reads_just_this_account_or_nothing_is_made(account: Account) -> None:
    try:
        (content,) = payloads((account,))
    except Trouble:
        return
    text = bytes_of(content).decode()
    assert len(text) <= LONGEST
    sequence, (read,) = read_code(text)
    assert sequence == (1, 1)
    assert same(read, account)


@given(hostile | hostile_but_printable | ordinary)
def test_a_settings_file_holds_just_this_account_or_is_not_made(account: Account) -> None:
    try:
        content = k9s(account)
    except Trouble:
        return
    assert same(read_k9s(bytes_of(content)), account)


@given(NORMAL, texts)
def test_no_name_makes_more_of_it_than_a_name(account: Account, name: str) -> None:
    named = replace(account, name=name)
    try:
        code, file = payloads((named,))[0], k9s(named)
    except Trouble:
        return
    assert read_code(bytes_of(code).decode())[1][0].identities[0][1] == name
    assert read_k9s(bytes_of(file)).identities[0][1] == name


@given(NORMAL)
def test_most_accounts_can_be_made(account: Account) -> None:
    assert same(read_code(text_of(account))[1][0], account)
    assert same(read_k9s(bytes_of(k9s(account))), account)


@given(NORMAL)
def test_a_file_with_a_password_holds_it_where_it_belongs(account: Account) -> None:
    content = k9s(account, with_password=True)
    assert [part.encoder for part in content if isinstance(part, Hole)] == ["xml-text"] * 2
    read = read_k9s(bytes_of(content, lambda _encoder: b"&lt;p&gt;"))
    assert (read.incoming.password, read.outgoing.password) == ("<p>", "<p>")


def test_the_same_address_has_the_same_uuid_and_another_has_another() -> None:
    bob = replace(ADA, address=Address("bob", "example.org"))
    assert k9s(ADA) == k9s(replace(ADA, name=ADA.name))
    ids = {bytes_of(k9s(one)).split(b'uuid="')[1][:36] for one in (ADA, bob)}
    assert len(ids) == 2


@pytest.mark.parametrize("name", ["Ada Lovelace", 'Ada "Ü" 漢 😀', ""])
def test_a_decoder_gets_the_account_back_from_the_picture(name: str) -> None:
    account = replace(ADA, name=name)
    files = files_of(exported("thunderbird-android-qr", account, wanted(ANDROID)))
    assert set(files) == {"qr.png", "qr.svg"}
    _sequence, (read,) = read_code(decoded(files["qr.png"]))
    assert same(read, account)
    assert files["qr.svg"].count(b"<svg") == 1


def test_a_series_of_full_codes_is_still_read_from_a_picture() -> None:
    many = [replace(ADA, address=Address(f"some.body{n}", "example.org")) for n in range(3)]
    (content,) = payloads(many)
    text = bytes_of(content).decode()
    assert decoded(draw_png(text, scale=4)) == text


def test_with_password_the_pictures_still_have_none_and_only_the_screen_has() -> None:
    made = exported("thunderbird-android-qr", ADA, wanted(ANDROID, with_password=True))
    assert all(isinstance(part, bytes) for file in made.files for part in file.content)
    ((shown),) = made.on_screen
    assert sum(isinstance(part, Hole) for part in shown.text) == 2
    assert any("password" in note for note in made.notes)
    plain = exported("thunderbird-android-qr", ADA, wanted(ANDROID))
    assert [f.content for f in plain.files] == [f.content for f in made.files]
    assert json.loads(bytes_of(plain.on_screen[0].text))


@pytest.mark.parametrize(
    ("exporter", "client"),
    [
        ("thunderbird-android-k9s", ANDROID),
        ("fairemail-k9s", "fairemail"),
        ("thunderbird-android-qr", ANDROID),
    ],
)
def test_every_file_says_what_it_does_and_does_not_and_how_it_is_used(
    exporter: str, client: str
) -> None:
    for file in exported(exporter, ADA, wanted(client)).files:
        about = file.about
        assert about.title and about.does and about.does_not and len(about.steps) >= 2
        assert any("no password" in text for text in about.does_not)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "OAUTHBEARER"])
def test_every_mechanism_that_the_app_can_do_has_its_word(mechanism: str) -> None:
    account = replace(ADA, outgoing=replace(SMTP, mechanism=Mechanism(mechanism)))
    word = {"CRAM-MD5": "encrypted", "XOAUTH2": "oauth2", "OAUTHBEARER": "oauth2"}
    meant = word.get(mechanism, "password")
    assert read_code(text_of(account))[1][0].outgoing.auth == meant
    assert read_k9s(bytes_of(k9s(account))).outgoing.auth == meant
