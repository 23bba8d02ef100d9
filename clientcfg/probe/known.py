# SPDX-License-Identifier: MPL-2.0
"""Whose list of authorities a chain leads to: this system's, and Mozilla's.

This decides nothing: OpenSSL does, in the handshake. It tells a person who
else would trust the server. Thunderbird goes by Mozilla's list, most other
programs by the system's.
"""

import ssl
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from clientcfg.probe.contexts import system_authorities
from clientcfg.probe.der import load, load_all
from clientcfg.probe.tls import HandshakeFailed

_PATH_LIMIT: Final = 10
# X509_V_ERR_…: the trust path ended at nobody known.
_NO_PATH: Final = frozenset({2, 18, 19, 20, 21, 27})


class Authorities:
    """A list of authorities, by name."""

    def __init__(self, certificates: Iterable[x509.Certificate]) -> None:
        self._by_name: defaultdict[bytes, list[x509.Certificate]] = defaultdict(list)
        for certificate in certificates:
            self._by_name[certificate.subject.public_bytes()].append(certificate)

    def vouch_for(self, chain: tuple[x509.Certificate, ...]) -> bool:
        """Whether signatures lead from the first of *chain* to an authority of the list."""
        current = chain[0]
        for _step in range(_PATH_LIMIT):
            if current in self._by_name.get(current.subject.public_bytes(), ()):
                return True
            issuer = current.issuer.public_bytes()
            if any(_signed(current, a) for a in self._by_name.get(issuer, ())):
                return True
            above = [c for c in chain if c.subject.public_bytes() == issuer and c != current]
            following = next((c for c in above if _signed(current, c)), None)
            if following is None:
                return False
            current = following
        return False


def known_to(
    chain: tuple[bytes, ...],
    failure: HandshakeFailed | None,
    ca_files: tuple[str, ...],
    *,
    pinned: bool,
) -> tuple[tuple[str, bool], ...]:
    """("system", …) and ("mozilla", …) for a chain as the server sent it, DER.

    For the system the verifying handshake itself has said it, unless *ca_files*
    or a pin took part in it. Empty where the chain cannot be read.
    """
    looked = _looked_up(chain)
    if looked is None:
        return ()
    system, mozilla = looked
    if not ca_files and not pinned and (failure is None or failure.verify_code is not None):
        system = failure is None or failure.verify_code not in _NO_PATH
    return (("system", system), ("mozilla", mozilla))


def warm_up() -> None:
    """Read the lists now: some 40 ms that need not be spent after the servers have answered."""
    _system()
    _mozilla()


@lru_cache(maxsize=1024)
def _looked_up(chain: tuple[bytes, ...]) -> tuple[bool, bool] | None:
    try:
        read = tuple(load(der) for der in chain)
        return (_system().vouch_for(read), _mozilla().vouch_for(read)) if read else None
    except ValueError:
        return None


def _signed(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


@lru_cache(maxsize=1)
def _mozilla() -> Authorities:
    import certifi  # noqa: PLC0415 - where its list lies is all that is wanted

    return Authorities(load_all(Path(certifi.where()).read_bytes()))


@lru_cache(maxsize=1)
def _system() -> Authorities:
    loaded = [*system_authorities()]
    if not loaded:
        # OpenSSL reads a folder of authorities only when it meets their names.
        folder = ssl.get_default_verify_paths().capath
        files = Path(folder).glob("*.0") if folder else ()
        return Authorities(load_all("\n".join(filter(None, map(_text, files))).encode()))
    return Authorities(_readable(loaded))


def _readable(certificates: Iterable[bytes]) -> Iterable[x509.Certificate]:
    for der in certificates:
        try:
            yield load(der)
        except ValueError:
            continue


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
