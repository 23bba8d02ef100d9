# SPDX-License-Identifier: MPL-2.0
"""The page of every program in the catalog, in every format, holds the account's values."""

import json
from dataclasses import replace

import pytest

from clientcfg.clients.guide_row import SAYINGS
from clientcfg.guides.document import guide_document
from clientcfg.guides.guide import Guide
from clientcfg.guides.html import as_html
from clientcfg.guides.markdown import as_markdown
from clientcfg.guides.sayings import saying
from clientcfg.guides.text import as_text
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, XOAUTH2
from tests.support.guides import ADA, all_specs, incoming, outgoing, page
from tests.support.markup import Page

MAILBOXES = {
    "imap, starttls": ADA,
    "imap, tls": replace(ADA, outgoing=outgoing(Security.TLS)),
    "pop3": replace(ADA, incoming=incoming(Protocol.POP3)),
    "sending only": replace(ADA, incoming=None),
    "another user": replace(ADA, outgoing=outgoing(user="relay-7", mechanism=CRAM_MD5)),
    "oauth2": replace(ADA, outgoing=outgoing(mechanism=XOAUTH2)),
    "in the clear": replace(
        ADA, outgoing=outgoing(Security.PLAIN), incoming=incoming(security=Security.PLAIN)
    ),
}


def in_all_formats(guide: Guide) -> dict[str, str]:
    return {
        "text": as_text([guide]),
        "markdown": as_markdown([guide]),
        "html": Page(as_html([guide])).text,
        "json": json.dumps(guide_document([guide]), ensure_ascii=False),
    }


@pytest.mark.parametrize("spec", all_specs())
def test_every_page_in_every_format(spec: str) -> None:
    for name, mailbox in MAILBOXES.items():
        guide = page(spec, mailbox)
        assert guide.steps, name
        for form, written in in_all_formats(guide).items():
            plain = written.replace("\\", "")
            assert "smtp.example.org" in plain, (name, form)
            assert mailbox.outgoing.username in plain, (name, form)
            assert str(mailbox.outgoing.endpoint.port) in plain, (name, form)
            if mailbox.incoming is not None:
                assert mailbox.incoming.endpoint.host in plain, (name, form)
            assert "{incoming" not in plain, (name, form)
            assert "{outgoing" not in plain, (name, form)


def test_every_sentence_that_profiles_may_ask_for_exists() -> None:
    assert [saying(id_) for id_ in SAYINGS]
    with pytest.raises(KeyError):
        saying("no-such")


def test_a_page_that_is_not_confirmed_says_so_at_its_head() -> None:
    for spec, code in {"ios-mail": "wording-not-confirmed", "spark": "wording-not-known"}.items():
        assert code in [note.code for note in page(spec).notes]
    assert page("spark").wording is None


def test_no_page_has_a_star_without_its_meaning() -> None:
    for spec in all_specs():
        written = as_text([page(spec)])
        assert ("”*" in written) <= ("* This word is not confirmed" in written), spec
