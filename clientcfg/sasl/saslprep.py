# SPDX-License-Identifier: MPL-2.0
"""SASLprep: names and passwords that look the same become the same (RFC 4013)."""

import stringprep
from unicodedata import ucd_3_2_0

_PROHIBITED = (  # RFC 4013 §2.3
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


def saslprep(text: str, *, stored: bool) -> str:
    """*text* mapped and normalised.

    *stored* is the "stored string" of RFC 3454 §7, in which code points that
    Unicode 3.2 did not have are forbidden. Raises :class:`ValueError`, without
    the text, where it is not allowed.
    """
    if text.isascii() and text.isprintable():
        return text
    mapped = "".join(
        " " if stringprep.in_table_c12(c) else c for c in text if not stringprep.in_table_b1(c)
    )
    prepared = ucd_3_2_0.normalize("NFKC", mapped)
    for character in prepared:
        if any(table(character) for table in _PROHIBITED):
            raise ValueError("prohibited character")
        if stored and stringprep.in_table_a1(character):
            raise ValueError("unassigned character")
    if any(map(stringprep.in_table_d1, prepared)) and not (
        stringprep.in_table_d1(prepared[0])
        and stringprep.in_table_d1(prepared[-1])
        and not any(map(stringprep.in_table_d2, prepared))
    ):
        raise ValueError("mixed directions")  # RFC 3454 §6
    return prepared
