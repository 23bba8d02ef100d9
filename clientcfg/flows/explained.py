# SPDX-License-Identifier: MPL-2.0
"""The JSON of a probe with what it means."""

from clientcfg.advise.administrator import to_do
from clientcfg.advise.headline import headline
from clientcfg.advise.meaning import meanings
from clientcfg.model.documents import Document, probe_document
from clientcfg.model.report import ServerReport


def explained_document(report: ServerReport) -> Document:
    """*probe*: every endpoint with its evidence, what that means, and what could be better."""
    document = probe_document(report)
    for tree, endpoint in zip(document["endpoints"], report.endpoints, strict=True):
        tree["meaning"] = [
            {"code": m.code, "text": m.text, "good": m.good} for m in meanings(endpoint)
        ]
    return {
        **document,
        "headline": headline(report),
        "advice": [
            {
                "code": todo.code,
                "text": todo.text,
                "standard": todo.standard,
                "endpoints": [f"{e.protocol} {e}" for e in todo.endpoints],
            }
            for todo in to_do(report)
        ],
    }
