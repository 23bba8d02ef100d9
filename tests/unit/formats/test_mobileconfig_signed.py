# SPDX-License-Identifier: MPL-2.0
"""Signed profiles: right for OpenSSL and for our own reader, and never the wrong signer's."""

import logging
import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcfg.formats.mobileconfig.certificates import read_certificates
from clientcfg.formats.mobileconfig.cms import BadSignature, opened, sign
from clientcfg.formats.mobileconfig.signer import PassphraseWanted, Signer, signer
from clientcfg.model.days import day_in_words
from clientcfg.model.export import Signature
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Refused, Trouble, WrongUsage
from tests.support.apple_profiles import (
    NOW,
    Chain,
    Holder,
    chain,
    export,
    issue,
    profile_bytes,
    rsa_key,
)
from tests.support.openssl import openssl

CONTENT = profile_bytes()
EC, RSA = chain("ec"), chain("rsa")
SIGNED = sign(CONTENT, EC.leaf.key, [EC.leaf.certificate, EC.between[0].certificate])


def signer_of(made: Chain, passphrase: str | None = None) -> Signer:
    return signer(made.pem, made.leaf.key_pem(), NOW, None)


def verified(tmp_path: Path, data: bytes, root: Holder, *more: str) -> bytes | None:
    """The content, if ``openssl cms`` finds the signature right under *root*."""
    (tmp_path / "file").write_bytes(data)
    (tmp_path / "root.pem").write_bytes(root.pem)
    done = openssl(
        "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "file",
        "-CAfile", tmp_path / "root.pem", "-no-CApath", "-no-CAstore", *more,
    )  # fmt: skip
    return done.stdout if done.returncode == 0 else None


CHAINS = {
    "EC": EC,
    "RSA": RSA,
    "EC without intermediate": chain("ec", 0),
    "RSA with three": chain("rsa", 3),
}


@pytest.mark.parametrize("name", CHAINS)
def test_openssl_finds_the_same_profile(tmp_path: Path, name: str) -> None:
    data = signer_of(CHAINS[name]).sign(CONTENT)
    # -purpose any: OpenSSL wants certificates for mail here, devices do not.
    found = verified(tmp_path, data, CHAINS[name].root, "-purpose", "any")
    assert found == CONTENT


def test_with_the_wrong_root_openssl_does_not(tmp_path: Path) -> None:
    data = signer_of(EC).sign(CONTENT)
    assert verified(tmp_path, data, RSA.root, "-purpose", "any") is None
    assert verified(tmp_path, data, RSA.root, "-noverify") == CONTENT


def test_without_its_intermediate_openssl_does_not(tmp_path: Path) -> None:
    alone = signer(EC.leaf.pem, EC.leaf.key_pem(), NOW)
    assert "Verified" in " ".join(alone.signature.notes)
    assert verified(tmp_path, alone.sign(CONTENT), EC.root, "-purpose", "any") is None


def test_what_was_tampered_with_is_refused_by_both(tmp_path: Path) -> None:
    changed = SIGNED.replace(b"imap.example.org", b"imap.evil000.org")
    assert changed != SIGNED
    with pytest.raises(BadSignature, match="digest"):
        opened(changed)
    assert verified(tmp_path, changed, EC.root, "-noverify") is None


@pytest.mark.parametrize("name", CHAINS)
def test_our_own_reader_sees_content_and_chain(name: str) -> None:
    made = CHAINS[name]
    found = opened(signer_of(made).sign(CONTENT))
    assert found.content == CONTENT
    assert found.certificates == (made.leaf.der, *(one.der for one in reversed(made.between)))


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_every_usual_curve(tmp_path: Path, curve: ec.EllipticCurve) -> None:
    root = issue("Root", ca=True)
    leaf = issue("mail.example.org", root, key=ec.generate_private_key(curve))
    data = signer(leaf.pem, leaf.key_pem(), NOW).sign(CONTENT)
    assert verified(tmp_path, data, root, "-purpose", "any") == CONTENT


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_no_changed_byte_changes_what_we_believe(at: int, by: int) -> None:
    changed = bytearray(SIGNED)
    changed[at] ^= by
    try:
        found = opened(bytes(changed))
    except BadSignature:
        return
    # A byte that says nothing, or of what only the root's key could tell.
    assert (found.content, found.certificates[0]) == (CONTENT, EC.leaf.der)


@pytest.mark.parametrize("at", range(8))
def test_a_curve_that_there_is_not_is_refused(at: int) -> None:
    p256 = bytes.fromhex("2a8648ce3d030107")
    changed = bytearray(EC.leaf.der)
    changed[changed.index(p256) + at] ^= 1
    with pytest.raises(BadSignature):
        opened(SIGNED.replace(EC.leaf.der, bytes(changed)))


@pytest.mark.parametrize("holder", [EC.leaf, EC.between[0]])
def test_a_certificate_of_a_version_that_there_is_not_is_refused(holder: Holder) -> None:
    version_4 = holder.der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020103"), 1)
    with pytest.raises(BadSignature):
        opened(SIGNED.replace(holder.der, version_4))
    with pytest.raises(WrongUsage):
        read_certificates(version_4)


@given(st.binary(max_size=200) | st.integers(0, len(SIGNED) - 1).map(lambda n: SIGNED[:n]))
def test_what_is_no_signed_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadSignature):
        opened(data)


def test_another_signature_under_the_same_certificate_is_seen() -> None:
    """The signer's certificate is there, and somebody else's key signed."""
    impostor = issue("mail.example.org", EC.between[0])
    forged = sign(CONTENT, impostor.key, [impostor.certificate, EC.between[0].certificate])
    with pytest.raises(BadSignature):
        opened(forged.replace(impostor.der, EC.leaf.der))


def test_a_certificate_beside_the_chain_is_seen() -> None:
    beside = [EC.leaf.certificate, EC.between[0].certificate, RSA.root.certificate]
    with pytest.raises(BadSignature, match="no chain"):
        opened(sign(CONTENT, EC.leaf.key, beside))


# Who may sign.


def refused(certificates: bytes, key: bytes) -> Trouble:
    with pytest.raises(Trouble) as told:
        signer(certificates, key, NOW)
    assert told.value.text.endswith(".") and told.value.advice
    return told.value


def test_the_order_of_the_file_does_not_matter_and_roots_are_left_out() -> None:
    jumbled = b"".join(one.pem for one in (EC.root, EC.between[0], EC.leaf))
    found = opened(signer(jumbled, EC.leaf.key_pem(), NOW).sign(CONTENT))
    assert found.certificates == (EC.leaf.der, EC.between[0].der)


def test_another_key_is_refused() -> None:
    assert refused(EC.pem, RSA.leaf.key_pem()).code == "key-of-another-certificate"


def test_a_stranger_in_the_file_is_refused() -> None:
    assert refused(EC.pem + RSA.leaf.pem, EC.leaf.key_pem()).code == "certificate-beside-the-chain"


@pytest.mark.parametrize(("days", "starts"), [(-1, -30), (30, 5)])
def test_out_of_time_is_refused(days: int, starts: int) -> None:
    leaf = issue("mail.example.org", EC.between[0], days=days, starts=starts)
    trouble = refused(leaf.pem + EC.between[0].pem, leaf.key_pem())
    assert isinstance(trouble, Refused) and trouble.code == "signer-out-of-time"


def test_an_intermediate_out_of_time_is_refused() -> None:
    old = issue("Old", EC.root, ca=True, days=-1)
    leaf = issue("mail.example.org", old)
    assert refused(leaf.pem + old.pem, leaf.key_pem()).code == "signer-out-of-time"


def test_one_signed_by_itself_is_refused() -> None:
    alone = issue("mail.example.org")
    assert refused(alone.pem, alone.key_pem()).code == "signer-self-signed"


def test_soon_over_is_said() -> None:
    leaf = issue("mail.example.org", EC.between[0], days=10)
    found = signer(leaf.pem + EC.between[0].pem, leaf.key_pem(), NOW).signature
    assert any(day_in_words(NOW + timedelta(days=10)) in note for note in found.notes)
    assert signer_of(EC).signature.notes == ()


@pytest.mark.parametrize("key", [b"", b"x", EC.pem, EC.leaf.pem, b"\xff" * 100])
def test_no_key_is_refused(key: bytes) -> None:
    assert refused(EC.pem, key).code == "not-a-key"


@pytest.mark.parametrize("certificates", [b"", b"x", EC.leaf.key_pem(), EC.leaf.pem[:200]])
def test_no_certificate_is_refused(certificates: bytes) -> None:
    assert isinstance(refused(certificates, EC.leaf.key_pem()), WrongUsage)


def test_a_key_of_another_kind_is_refused() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert refused(EC.pem, pem).code == "key-of-another-kind"


# The passphrase, and the key.


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_an_encrypted_key_wants_its_passphrase(form: PrivateFormat) -> None:
    pem = EC.leaf.key.private_bytes(Encoding.PEM, form, BestAvailableEncryption(b"pass \xc3\xbc"))
    for passphrase, wrong in ((None, False), (Secret("no"), True)):
        with pytest.raises(PassphraseWanted) as told:
            signer(EC.pem, pem, NOW, passphrase)
        assert told.value.wrong is wrong
    found = signer(EC.pem, pem, NOW, Secret("pass ü"))
    assert opened(found.sign(CONTENT)).content == CONTENT


def test_a_passphrase_too_many_does_no_harm() -> None:
    assert signer(EC.pem, EC.leaf.key_pem(), NOW, Secret("unused")).signature.name


def scraps(key: bytes) -> Sequence[str]:
    return [line for line in key.decode().splitlines() if line and not line.startswith("-----")]


def test_nothing_tells_the_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = replace(EC, leaf=issue("mail.example.org", EC.between[0], key=rsa_key()))
    found = signer_of(made)
    found.sign(CONTENT)
    told = [repr(found), str(found), f"{found.sign!r}", caplog.text]
    for passphrase in (None, Secret("wrong passphrase")):
        for certificates in (made.pem, RSA.pem, b"x"):
            try:
                signer(certificates, made.leaf.key_pem("right one"), NOW, passphrase)
            except Exception as error:
                told += [repr(error), str(error), repr(error.__cause__)]
    everything = "\n".join(told)
    assert not any(scrap in everything for scrap in scraps(made.leaf.key_pem()))
    assert "wrong passphrase" not in everything and "right one" not in everything
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        pickle.dumps(found)


# What is said of it.


def test_the_profile_says_who_signs_it() -> None:
    about = export(signature=signer_of(EC).signature).files[0].about
    assert any("mail.example.org" in text and "Verified" in text for text in about.does)
    assert not any("not signed" in text for text in (*about.does_not, *about.steps))


def test_notes_about_the_signature_go_along() -> None:
    signature = Signature("a", "b", NOW, ("It ends soon.",))
    assert "It ends soon." in export(signature=signature).notes
