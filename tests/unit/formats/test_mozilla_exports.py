# SPDX-License-Identifier: MPL-2.0
"""Files for Thunderbird and phones carry exactly the keys that were meant."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.account import Account
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, PLAIN
from clientcfg.model.trouble import Trouble
from tests.support import hostile
from tests.support.for_others import exported, files_of, wanted
from tests.support.mozilla_exports import ROWS, Files, Read

MORE = (
    "]]>", "<!--", "</displayName>", "%EMAILADDRESS%", "%s", "\ufffe", "&amp;", "../../x",
    "=cmd|' /C calc'!A0", "\u202e", "</script>", "\\u2028", '"],[', "y" * 10_000,
)  # fmt: skip
texts = st.lists(
    st.sampled_from((*hostile.FRAGMENTS, *MORE)) | st.characters(), max_size=5
).map("".join)  # fmt: skip


def at_home(account: Account, name: str, user: str) -> Account:
    outgoing = replace(account.outgoing, username=user)
    return replace(account, address=Address("ada", "example.org"), name=name, outgoing=outgoing)


mechanisms = (PLAIN, LOGIN, CRAM_MD5)
plausible = st.builds(
    at_home,
    hostile.accounts(st.just("ada"), securities=(Security.TLS,), mechanisms=mechanisms),
    texts | hostile.printables.filter(lambda text: len(text) < 200),
    st.sampled_from(["ada", "ada@example.org", "ada.example.org"]) | texts,
)


@pytest.mark.parametrize(("name", "client", "read", "meant"), ROWS, ids=[row[0] for row in ROWS])
def test_whatever_a_name_is_made_of_it_stays_a_name(
    name: str, client: str, read: Callable[[Files], Read], meant: Callable[[Account], Read]
) -> None:
    written = 0

    def check(account: Account) -> None:
        nonlocal written
        try:
            made = exported(name, account, wanted(client))
        except Trouble as trouble:
            assert hostile.printable(trouble.text) and len(trouble.text) < 2000
            return
        assert read(files_of(made)) == meant(account)
        written += 1

    given(hostile.accounts(texts, hosts=texts, mechanisms=mechanisms))(check)()
    given(plausible)(check)()
    assert written > 3
