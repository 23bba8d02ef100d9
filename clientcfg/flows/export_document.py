# SPDX-License-Identifier: MPL-2.0
"""The JSON of ``export``: ``clientcfg/export/1``."""

from collections.abc import Sequence
from hashlib import sha256

from clientcfg.flows.export_names import Placed
from clientcfg.flows.exported import ClientExport
from clientcfg.model.documents import Document


def export_document(files: Sequence[Placed], root: str | None) -> Document:
    """Each file with what it does and does not; paths below *root* (None: relative)."""
    exports = {id(one.export): one.export for one in files}.values()
    return {
        "schema": "clientcfg/export/1",
        "files": [_file(one, root) for one in files],
        "exports": [_export(export) for export in exports],
    }


def _file(one: Placed, root: str | None) -> Document:
    about = one.file.about
    return {
        "path": one.path if root is None else f"{root}/{one.path}",
        "sha256": sha256(one.file.content).hexdigest(),
        "address": str(one.export.account.address),
        "client": one.export.client.id,
        "title": about.title,
        "does": list(about.does),
        "does_not": list(about.does_not),
        "steps": list(about.steps),
        "holds_password": one.file.secret,
    }


def _export(export: ClientExport) -> Document:
    return {
        "address": str(export.account.address),
        "client": export.client.id,
        "version": export.client.version,
        "verdict": None if export.verdict is None else export.verdict.kind,
        "asked": export.verdict is not None,
        "notes": list(export.notes),
        "refused": [
            {"kind": kind, "code": trouble.code, "text": trouble.text}
            for kind, trouble in export.refused
        ],
    }
