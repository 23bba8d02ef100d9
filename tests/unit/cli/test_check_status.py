# SPDX-License-Identifier: MPL-2.0
"""What a script gets from check: the status of each verdict, and the document's names."""

import pytest

from clientcfg.cli.check import check_status
from clientcfg.model.documents import check_document
from clientcfg.model.verdict import Verdict, VerdictKind
from tests.support.cases import BRIDGE, IMPOSSIBLE, READY, STEP, UNKNOWN, UPGRADE, Case
from tests.unit.advise.test_cases_of_2026 import AFTER, EXCHANGE


def of(kind: VerdictKind) -> Verdict:
    return Verdict("some", None, kind, None, None, (), ())


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ([READY], 0),
        ([STEP], 1),
        ([UPGRADE], 1),
        ([BRIDGE], 1),
        ([IMPOSSIBLE], 1),
        ([UNKNOWN], 3),
        ([READY, STEP], 1),
        ([READY, UNKNOWN, BRIDGE], 3),
        ([READY, READY], 0),
    ],
)
def test_status(kinds: list[VerdictKind], status: int) -> None:
    assert check_status(tuple(map(of, kinds))) == status


def test_the_document_of_a_step() -> None:
    found = Case("", "mutt", EXCHANGE, STEP, day=AFTER).verdict()
    (tree,) = check_document([found])["checks"]
    assert (tree["client"], tree["version"], tree["verdict"]) == ("mutt", "2.4.1", "needs-step")
    assert tree["endpoint"] == "smtp.office365.com:587/starttls"
    assert tree["mechanism"] == "LOGIN"
    assert tree["missing_fact"] is None
    assert tree["reasons"][0]["code"] == "password-policy"
    assert "MC786329" in tree["reasons"][0]["evidence"]
    assert [a["action"] for a in tree["advice"]] == ["turn-on"]
    assert set(tree["advice"][0]) == {"action", "client", "version", "text", "url"}
