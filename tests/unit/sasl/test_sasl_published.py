# SPDX-License-Identifier: MPL-2.0
"""The examples that the RFCs print, and what each mechanism refuses."""

import pytest

from clientcfg.model.mechanism import (
    CRAM_MD5,
    LOGIN,
    OAUTHBEARER,
    PLAIN,
    SCRAM_SHA_1,
    SCRAM_SHA_256,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Trouble, WrongUsage
from clientcfg.sasl import SUPPORTED, SaslTrouble, choose, conversation
from clientcfg.sasl.saslprep import saslprep

TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="


def test_plain_rfc4616() -> None:
    assert conversation(PLAIN, "tim", Secret("tanstaaftanstaaf")).initial == (
        b"\0tim\0tanstaaftanstaaf"
    )


def test_plain_carries_utf8_as_typed() -> None:
    said = conversation(PLAIN, "jürgen", Secret("Ⅸ ª")).initial
    assert said == b"\0j\xc3\xbcrgen\0" + "Ⅸ ª".encode()


def test_plain_has_no_second_step() -> None:
    with pytest.raises(SaslTrouble) as told:
        conversation(PLAIN, "tim", Secret("tanstaaf")).answer(b"")
    assert told.value.status == 4


def test_login_answers_in_order_whatever_the_prompts_say() -> None:
    talk = conversation(LOGIN, "tim", Secret("tanstaaf"))
    assert talk.initial is None
    assert talk.answer(b"Passwort bitte") == b"tim"
    assert talk.answer(b"") == b"tanstaaf"
    with pytest.raises(SaslTrouble):
        talk.answer(b"Password:")


def test_cram_md5_rfc2195() -> None:
    talk = conversation(CRAM_MD5, "tim", Secret("tanstaaftanstaaf"))
    assert talk.initial is None
    assert talk.answer(b"<1896.697170952@postoffice.reston.mci.net>") == (
        b"tim b913a602c7eda7a495b4e6e7334d3890"
    )
    with pytest.raises(SaslTrouble):
        talk.answer(b"<1896.697170952@postoffice.reston.mci.net>")


def test_cram_md5_needs_a_challenge() -> None:
    with pytest.raises(SaslTrouble):
        conversation(CRAM_MD5, "tim", Secret("tanstaaf")).answer(b"")


def test_scram_sha_1_rfc5802() -> None:
    talk = conversation(SCRAM_SHA_1, "user", Secret("pencil"), nonce="fyko+d2lbbFgONRv9qkxdawL")
    assert talk.initial == b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"
    nonce = b"fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j"
    assert talk.answer(b"r=" + nonce + b",s=QSXCR+Q6sek8bf92,i=4096") == (
        b"c=biws,r=" + nonce + b",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="
    )
    assert talk.answer(b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=") == b""
    talk.finish()


def test_scram_sha_256_rfc7677() -> None:
    talk = conversation(SCRAM_SHA_256, "user", Secret("pencil"), nonce="rOprNGfwEbeRWgbNEkqO")
    assert talk.initial == b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    nonce = b"rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    assert talk.answer(b"r=" + nonce + b",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096") == (
        b"c=biws,r=" + nonce + b",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    )
    with pytest.raises(SaslTrouble):
        talk.finish()
    assert talk.answer(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") == b""
    talk.finish()
    with pytest.raises(SaslTrouble):
        talk.answer(b"")


@pytest.mark.parametrize(
    ("text", "prepared"),
    [("I\u00adX", "IX"), ("user", "user"), ("USER", "USER"), ("\u00aa", "a"), ("\u2168", "IX")],
)
def test_saslprep_rfc4013(text: str, prepared: str) -> None:
    assert saslprep(text, stored=True) == prepared


@pytest.mark.parametrize("text", ["\u0007", "\u0627\u0031", "a\u0085", "\ue000", "\ufffd"])
def test_saslprep_prohibits(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[a-z ]+$"):
        saslprep(text, stored=False)


def test_saslprep_lets_newer_characters_through_in_names_only() -> None:
    assert saslprep("\U0001f600", stored=False) == "\U0001f600"
    with pytest.raises(ValueError, match="unassigned"):
        saslprep("\U0001f600", stored=True)
    assert saslprep("\u0627\u0628", stored=True) == "\u0627\u0628"


def test_oauthbearer_rfc7628() -> None:
    talk = conversation(OAUTHBEARER, "user@example.com", Secret(TOKEN))
    assert talk.initial == b"n,a=user@example.com,\x01auth=Bearer " + TOKEN.encode() + b"\x01\x01"
    assert talk.answer(b'{"status":"invalid_token"}') == b"\x01"
    with pytest.raises(SaslTrouble):
        talk.answer(b"{}")


def test_oauthbearer_escapes_the_name() -> None:
    said = conversation(OAUTHBEARER, "a,b=c", Secret(TOKEN)).initial
    assert said is not None
    assert said.startswith(b"n,a=a=2Cb=3Dc,\x01")


def test_xoauth2() -> None:
    talk = conversation(XOAUTH2, "someuser@example.com", Secret(TOKEN))
    assert talk.initial == (
        b"user=someuser@example.com\x01auth=Bearer " + TOKEN.encode() + b"\x01\x01"
    )
    assert talk.answer(b'{"status":"400"}') == b""


@pytest.mark.parametrize("mechanism", [XOAUTH2, OAUTHBEARER])
@pytest.mark.parametrize(
    ("name", "token"),
    [("a\x01auth=Bearer x", TOKEN), ("a", "x\x01host=evil"), ("a", "x y"), ("a", "x\r\n")],
)
def test_a_bearer_field_cannot_be_added(mechanism: Mechanism, name: str, token: str) -> None:
    with pytest.raises(WrongUsage) as told:
        conversation(mechanism, name, Secret(token))
    assert "evil" not in told.value.text


@pytest.mark.parametrize("mechanism", sorted(SUPPORTED))
@pytest.mark.parametrize(
    ("name", "password"), [("a\0b", "xyzzy-77"), ("", "xyzzy-77"), ("a", "xyzzy-77\0"), ("a", "")]
)
def test_nul_and_nothing_are_refused_without_showing_the_secret(
    mechanism: Mechanism, name: str, password: str
) -> None:
    with pytest.raises(WrongUsage) as told:
        conversation(mechanism, name, Secret(password))
    assert "xyzzy" not in repr(told.value) + told.value.text + repr(told.value.__context__)


@pytest.mark.parametrize("mechanism", sorted(SUPPORTED))
def test_a_conversation_does_not_print_the_secret(mechanism: Mechanism) -> None:
    talk = conversation(mechanism, "ada", Secret("xyzzy-77"))
    assert talk.mechanism == mechanism
    assert "xyzzy" not in repr(talk) + str(talk)


def test_a_lone_surrogate_is_no_traceback() -> None:
    with pytest.raises(WrongUsage) as told:
        conversation(PLAIN, "ada", Secret("xyzzy\udc80"))
    chain: BaseException | None = told.value
    while chain is not None:
        assert "xyzzy" not in str(chain)
        chain = chain.__cause__ or chain.__context__


def test_unknown_mechanisms_are_a_no() -> None:
    with pytest.raises(No) as told:
        conversation(Mechanism("GSSAPI"), "ada", Secret("x"))
    assert told.value.code == "mechanism-not-spoken"
    assert isinstance(told.value, Trouble)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ((LOGIN, PLAIN, CRAM_MD5), PLAIN),
        ((CRAM_MD5, LOGIN), LOGIN),
        ((CRAM_MD5, SCRAM_SHA_1), SCRAM_SHA_1),
        ((PLAIN, SCRAM_SHA_256), SCRAM_SHA_256),
        ((XOAUTH2, OAUTHBEARER, Mechanism("NTLM")), None),
        ((), None),
    ],
)
def test_the_best_of_what_is_offered(
    offered: tuple[Mechanism, ...], chosen: Mechanism | None
) -> None:
    assert choose(offered) == chosen
