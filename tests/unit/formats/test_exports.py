# SPDX-License-Identifier: MPL-2.0
"""Files for other machines carry exactly the keys that were meant, whatever a name is made of."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.formats.exporters import EXPORTERS, exporter
from clientcfg.model.account import Account
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Security
from clientcfg.model.mechanism import LOGIN, PLAIN
from clientcfg.model.trouble import Trouble
from tests.support import hostile
from tests.support.exports import ROWS, ExportRow, files_of

MORE = (
    "]]>", "<!--", "\n[General]\n", "[Account1]", "%(x)s", "%SystemRoot%",
    "\r\n[-HKEY_CURRENT_USER]",
    '"=-', "hex(1):", "\ufffe", "&amp;", "../../x", "=cmd|' /C calc'!A0", "\u202e", "y" * 10_000,
)  # fmt: skip
texts = st.lists(
    st.sampled_from((*hostile.FRAGMENTS, *MORE)) | st.characters(), max_size=5
).map("".join)  # fmt: skip


plausible = st.builds(
    lambda account, name, user: replace(
        account,
        address=Address("ada", "example.org"),
        name=name,
        outgoing=replace(account.outgoing, username=user),
    ),
    hostile.accounts(st.just("ada"), securities=(Security.TLS,), mechanisms=(LOGIN,)),
    texts,
    st.just("ada") | texts,
)


def test_every_exporter_has_a_row() -> None:
    assert {row.name for row in ROWS} == EXPORTERS.keys()
    for name in EXPORTERS:
        assert exporter(name).name == name


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_whatever_a_name_is_made_of_it_stays_a_name(row: ExportRow) -> None:
    written = 0

    def check(account: Account) -> None:
        nonlocal written
        try:
            exported = row.export(account)
        except Trouble as trouble:
            assert hostile.printable(trouble.text) and len(trouble.text) < 2000
            return
        files = files_of(exported)
        assert not any(b"SECRET" in content for content in files.values())
        assert row.read(files) == row.meant(account)
        written += 1

    @given(hostile.accounts(texts, hosts=texts, mechanisms=(PLAIN, LOGIN)))
    def anything(account: Account) -> None:
        check(account)

    @given(plausible)
    def what_could_be(account: Account) -> None:
        check(account)

    anything()
    what_could_be()
    assert written > 10
