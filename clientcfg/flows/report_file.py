# SPDX-License-Identifier: MPL-2.0
"""A report for somebody else: as a page, or as the JSON that scripts know."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from clientcfg.changes.disk import Disk
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.explained import explained_document
from clientcfg.flows.guide_file import save_page
from clientcfg.flows.letter import text_for_administrator
from clientcfg.flows.report_page import MARK, report_page
from clientcfg.model.documents import Document


@dataclass(frozen=True, slots=True)
class ReportSaved:
    """Result of :func:`save_report`: where it lies."""

    path: str


async def save_report(
    done: ProbeDone, at: datetime, path: str, disk: Disk
) -> AsyncIterator[ReportSaved]:
    """Write *done* to *path*: JSON where its name says so, else a page.

    Raises a :class:`Trouble`, and leaves what was there as it was.
    """
    wants_json = PurePath(path).suffix.casefold() == ".json"
    content = document_text(done) if wants_json else report_page(done.report, at)
    yield ReportSaved(save_page(content, path, disk, MARK))


def probe_tree(done: ProbeDone) -> Document:
    """*probe*: the report, what it means, the ways on, and the text for an administrator."""
    return {
        **explained_document(done.report),
        "ways_on": [way.tree() for way in done.ways_on],
        "letter": text_for_administrator(done.report.endpoints) or None,
    }


def document_text(done: ProbeDone) -> str:
    """The same as text, as the command line prints it."""
    return json.dumps(probe_tree(done), ensure_ascii=False, indent=2) + "\n"
