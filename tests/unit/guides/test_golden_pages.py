# SPDX-License-Identifier: MPL-2.0
"""A few pages word for word. ``tests/data/guides`` holds them as people see them."""

import pytest

from clientcfg.guides.text import as_text
from tests.running.places import CHECKOUT
from tests.support.guides import page

PAGES = {
    "thunderbird-153": "thunderbird@153.7.0",
    "outlook-express-6": "outlook-express@6.0",
    "netscape-4.08": "netscape@4.08",
    "eudora-7.1": "eudora@7.1",
    "ios": "ios-mail",
    "mutt": "mutt@2.2.12",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_whole_page(name: str) -> None:
    expected = (CHECKOUT / f"tests/data/guides/{name}.txt").read_text(encoding="utf-8")
    assert as_text([page(PAGES[name])]) == expected
