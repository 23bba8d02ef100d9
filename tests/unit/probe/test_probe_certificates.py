# SPDX-License-Identifier: MPL-2.0
"""Every fault of a certificate, and whose list of authorities knows it."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from clientcfg.probe.certificate import examined, read_certificate
from clientcfg.probe.der import load_all
from clientcfg.probe.faults import faults_of
from clientcfg.probe.known import Authorities, known_to
from clientcfg.probe.tls import HandshakeFailed, Shown
from tests.support.fakes.identities import NAME
from tests.world.authority import Authority, Issued

NOW = datetime.now(UTC)
DATA = Path(__file__).parents[2] / "data"


def chain_of(issued: Issued) -> tuple[bytes, ...]:
    read = x509.load_pem_x509_certificates(issued.certificate)
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in read)


def codes(
    chain: tuple[bytes, ...], code: int | None, *, host: str = NAME, now: datetime = NOW
) -> list[str]:
    read = [read_certificate(der) for der in chain]
    return [fault.code for fault in faults_of(chain, read, host, now, code)]


def failed(code: int) -> HandshakeFailed:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    error.verify_message = "as it is"
    return HandshakeFailed(error)


def test_a_chain_without_its_intermediate_is_told() -> None:
    whole = chain_of(Authority().issue([NAME]))
    assert codes(whole[:1], 20) == ["unknown-issuer", "chain-incomplete"]
    assert codes(whole, 19) == ["unknown-issuer"]


def test_all_that_openssl_did_not_come_to() -> None:
    chain = chain_of(Authority().issue(["other.fake.test"], timedelta(days=-2)))
    assert codes(chain, 19) == ["unknown-issuer", "name-mismatch", "certificate-expired"]


def test_an_authority_that_has_expired() -> None:
    chain = chain_of(Authority().issue([NAME], timedelta(days=90)))
    later = NOW + timedelta(days=60)
    assert codes(chain, 10, now=later) == ["issuer-expired"]
    # Harmless where it is not what was complained of.
    assert codes(chain, 62, host="other.fake.test", now=later) == ["name-mismatch"]


def test_a_signature_of_yesterday() -> None:
    der = ssl.PEM_cert_to_DER_cert((DATA / "signed_with_sha1.pem").read_text())
    assert codes((der,), 68) == ["weak-signature"]
    (fault,) = faults_of((der,), [read_certificate(der)], NAME, NOW, 68)
    assert "SHA1" in fault.text


@pytest.mark.parametrize("der", [b"", b"\x30\x03\x02\x01\x05", b"no certificate"])
def test_what_cannot_be_read(der: bytes) -> None:
    assert codes((der,), 20) == ["certificate-unreadable"]
    shown = Shown("1.3", "x", (der,))
    tls = examined(shown, NAME, NOW, failed(20), frozenset())
    assert tls.certificate is None
    assert tls.known_to == ()
    assert not tls.trusted


def test_signatures_lead_to_an_authority() -> None:
    authority, stranger = Authority(), Authority("a stranger")
    chain = tuple(x509.load_pem_x509_certificates(authority.issue([NAME]).certificate))
    listed = Authorities(x509.load_pem_x509_certificates(authority.certificate))
    assert listed.vouch_for(chain)
    assert listed.vouch_for(chain[:1])
    foreign = tuple(x509.load_pem_x509_certificates(stranger.issue([NAME]).certificate))
    assert not listed.vouch_for(foreign)


def test_a_name_alone_is_not_enough() -> None:
    real, impostor = Authority("same name"), Authority("same name")
    listed = Authorities(x509.load_pem_x509_certificates(real.certificate))
    chain = tuple(x509.load_pem_x509_certificates(impostor.issue([NAME]).certificate))
    assert not listed.vouch_for(chain)


def test_mozillas_own_roots_are_on_its_list_and_ours_are_not() -> None:
    roots = [*load_all(Path(certifi.where()).read_bytes())]
    assert len(roots) > 100
    der = roots[0].public_bytes(Encoding.DER)
    assert dict(known_to((der,), failed(18), ("ca.pem",), pinned=False))["mozilla"] is True
    chain = chain_of(Authority().issue([NAME]))
    assert dict(known_to(chain, failed(19), (), pinned=False)) == {
        "system": False,
        "mozilla": False,
    }


def test_for_the_system_the_handshake_has_said_it() -> None:
    chain = chain_of(Authority().issue([NAME]))
    assert dict(known_to(chain, None, (), pinned=False))["system"] is True
    assert dict(known_to(chain, failed(10), (), pinned=False))["system"] is True
    # With authorities of the person's own it has not.
    assert dict(known_to(chain, None, ("ca.pem",), pinned=False))["system"] is False
    assert dict(known_to(chain, None, (), pinned=True))["system"] is False


def test_what_was_sent_behind_the_servers_own_is_reported() -> None:
    issued = Authority("the issuer").issue([NAME])
    tls = examined(Shown("1.3", "x", chain_of(issued)), NAME, NOW, None, frozenset())
    assert [c.subject for c in tls.chain] == ["CN=the issuer"]
