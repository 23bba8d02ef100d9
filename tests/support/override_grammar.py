# SPDX-License-Identifier: MPL-2.0
"""The grammar of ``cert_override.txt``."""

import re
from collections.abc import Mapping

from hypothesis import strategies as st

from clientcfg.formats.cert_override import Overrides, fingerprint_of, place_of
from tests.support import readers
from tests.support.hostile import texts
from tests.support.readers import Strict, strict
from tests.support.row import Grammar
from tests.support.thunderbird_homes import OVERRIDES

_Case = tuple[bytes | None, str, int, str]
_HOSTS = st.sampled_from(["smtp.example.org", "imap.example.org", "2001:db8::25", "192.0.2.1"])
_CASES = st.tuples(
    st.none() | OVERRIDES,
    _HOSTS | texts,
    st.sampled_from([465, 993, 1]),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
)


def _write(case: _Case) -> tuple[bytes, bytes]:
    old, host, port, sha256 = case
    written = Overrides.parse(old).with_entry(place_of(host, port), fingerprint_of(sha256))
    return old or b"", written.data


def _check(case: _Case, before: Mapping[str, Strict], after: Mapping[str, Strict]) -> None:
    _old, host, port, sha256 = case
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    assert after == {**before, place: strict(bytes.fromhex(sha256).hex(":").upper())}


def _plain(case: _Case) -> bool:
    return re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", case[1]) is not None


GRAMMAR = Grammar("cert_override.txt", _CASES, _write, readers.cert_override, _check, _plain)
