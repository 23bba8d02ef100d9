# SPDX-License-Identifier: MPL-2.0
"""Which certificate is a server's own (RFC 9525 §6, RFC 7817), by real handshakes in memory."""

import ssl
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.probe.certificate import examined
from clientcfg.probe.contexts import lenient, unverifying, verifying
from clientcfg.probe.tls import HandshakeFailed, TlsLayer
from tests.world.authority import Authority

HOST = "mail.example.org"


class Handshakes:
    """A server in memory, which shows whatever certificate is wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = Authority()
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(self._authority.certificate)

    def server(self, names: list[str | x509.GeneralName], common_name: str) -> ssl.SSLContext:
        issued = self._authority.issue(names, common_name=common_name)
        chain = self._folder / "chain.pem"
        chain.write_bytes(issued.certificate + issued.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context

    def shake(self, server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> TlsLayer:
        """Raises :class:`HandshakeFailed`."""
        layer = TlsLayer(client, host)
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = server.wrap_bio(to_server, to_client, server_side=True)
        layer.handshake()
        while not layer.established:
            to_server.write(layer.outgoing())
            with suppress(ssl.SSLWantReadError):
                session.do_handshake()
            layer.handshake(to_client.read())
        return layer


@pytest.fixture(scope="module")
def handshakes(tmp_path_factory: pytest.TempPathFactory) -> Handshakes:
    return Handshakes(tmp_path_factory.mktemp("handshakes"))


def dns(name: str) -> x509.GeneralName:
    return x509.DNSName(name)


ACCEPTED: dict[str, tuple[list[str | x509.GeneralName], str]] = {
    "the name": ([HOST], HOST),
    "one of several names": (["other.example.net", HOST], HOST),
    "case does not matter": (["Mail.EXAMPLE.org"], HOST),
    "a wildcard for one label": (["*.example.org"], HOST),
    "an IPv4 address": (["192.0.2.1"], "192.0.2.1"),
    "an IPv6 address": (["2001:db8::1"], "2001:db8::1"),
    "an IPv6 address in other words": (["2001:db8:0:0:0:0:0:1"], "2001:db8::1"),
    "a name in A-labels": (["xn--bcher-kva.example.org"], "bücher.example.org"),
    "a name in A-labels below a wildcard": (["*.xn--bcher-kva.example"], "mail.bücher.example"),
    "a wildcard for a label in A-labels": (["*.example.org"], "bücher.example.org"),
}

REFUSED: dict[str, tuple[list[str | x509.GeneralName], str]] = {
    "another name": (["mail.example.net"], HOST),
    "the domain alone": (["example.org"], HOST),
    "a name below it": (["smtp.mail.example.org"], HOST),
    "a name that ends alike": (["example.org"], "notexample.org"),
    "a wildcard for two labels": (["*.example.org"], "a.mail.example.org"),
    "a wildcard for no label": (["*.example.org"], "example.org"),
    "a wildcard in the middle": (["mail.*.org"], HOST),
    "a wildcard at the end": (["mail.example.*"], HOST),
    "two wildcards": (["*.*.org"], HOST),
    "part of a label before": (["m*.example.org"], HOST),
    "part of a label behind": (["*l.example.org"], HOST),
    "part of a label around": (["m*l.example.org"], HOST),
    "part of an A-label": (["xn--*.example.org"], "bücher.example.org"),
    "a wildcard for everything": (["*"], HOST),
    "a wildcard for a whole top domain": (["*.org"], "example.org"),
    "an address as a name": ([dns("192.0.2.1")], "192.0.2.1"),
    "a wildcard for an address": ([dns("*.0.2.1")], "192.0.2.1"),
    "another address": (["192.0.2.2"], "192.0.2.1"),
    "an address for a name": (["192.0.2.1"], HOST),
    "an address for an e-mail name": ([x509.RFC822Name(f"a@{HOST}")], HOST),
    "a URI": ([x509.UniformResourceIdentifier(f"smtp://{HOST}")], HOST),
    "a directory name": (
        [x509.DirectoryName(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)]))],
        HOST,
    ),
    "a look-alike in another script": (["xn--mil-5cd.example.org"], HOST),
    "an IDN written without its accents": (["bucher.example.org"], "bücher.example.org"),
    "no name at all, but a common name": ([], HOST),
    "a common name beside other names": (["other.example.org"], HOST),
}


def asked_for(host: str) -> str:
    """The name as it stands in an endpoint: A-labels, or a literal address."""
    text = f"[{host}]" if ":" in host else host
    return Endpoint.parse(Protocol.SMTP, text).host


@pytest.mark.parametrize("what", ACCEPTED)
def test_accepted(what: str, handshakes: Handshakes) -> None:
    names, host = ACCEPTED[what]
    server = handshakes.server(names, "nobody")
    asked = asked_for(host)
    layer = handshakes.shake(server, verifying((str(handshakes.ca_file),)), asked)
    tls = examined(layer.shown, asked, datetime.now(UTC), None, frozenset())
    assert tls.trusted
    assert tls.problems == ()


@pytest.mark.parametrize("what", REFUSED)
def test_refused_and_the_reason_is_told(what: str, handshakes: Handshakes) -> None:
    names, host = REFUSED[what]
    asked = asked_for(host)
    # The common name always fits, and never counts.
    server = handshakes.server(names, asked)
    with pytest.raises(HandshakeFailed) as failed:
        handshakes.shake(server, verifying((str(handshakes.ca_file),)), asked)
    assert failed.value.verify_code in {62, 64}
    layer = handshakes.shake(server, lenient(), asked)
    tls = examined(layer.shown, asked, datetime.now(UTC), failed.value, frozenset())
    assert not tls.trusted
    assert [found.code for found in tls.problems] in (
        ["name-mismatch"],
        ["certificate-without-names"],
    )


@pytest.mark.parametrize("context", [verifying(), unverifying()])
def test_what_a_credential_rests_on_is_tls_1_2_or_newer(context: ssl.SSLContext) -> None:
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_credential_context_verifies() -> None:
    assert verifying().verify_mode is ssl.CERT_REQUIRED
    assert verifying().check_hostname
    assert not verifying().hostname_checks_common_name
