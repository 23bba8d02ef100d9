# SPDX-License-Identifier: MPL-2.0
"""``check`` without a name judges the programs that are here as they were built."""

from pathlib import Path

import pytest

from clientcfg.advise.advise import advise
from clientcfg.flows.check import installed_versions
from clientcfg.flows.here import Here
from clientcfg.model.verdict import Verdict, VerdictKind
from tests.support.program_trees import Tree
from tests.support.servers_said import server, tls


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def verdict(tree: Tree, *said: str) -> Verdict:
    tree.says("/usr/bin/mutt", "\n".join(("Mutt 2.2.12 (2023-09-09)", *said)))
    here = Here(home=tree.home, state=tree.home / "state", root=tree.root, environ=tree.environ)
    (version,) = installed_versions(here.installed(), here)
    report = server(tls(465, "AUTH PLAIN LOGIN"), tls(587, "AUTH PLAIN LOGIN"))
    return advise(report, version, here.catalog)


def test_as_it_usually_is(tree: Tree) -> None:
    found = verdict(tree, "+USE_SMTP +USE_SSL_GNUTLS -USE_SASL +USE_GSASL")
    assert found.kind is VerdictKind.READY


def test_without_sasl_it_is_never_ready_and_says_who_says_so(tree: Tree) -> None:
    found = verdict(tree, "+USE_SMTP +USE_SSL_GNUTLS -USE_SASL -USE_GSASL")
    assert found.kind is VerdictKind.UPGRADE
    (reason,) = found.reasons
    assert (reason.code, reason.evidence) == ("smtp-auth", "this build: mutt -v says -USE_SASL")
    (advice,) = found.advice
    assert (advice.action, advice.client, advice.version) == ("upgrade", "mutt", "2.2.12")
    assert advice.text.startswith("Install another build of Mutt 2.2.12,")


def test_without_tls_nothing_goes_in_the_clear(tree: Tree) -> None:
    found = verdict(tree, "+USE_SMTP -USE_SSL_OPENSSL -USE_SSL_GNUTLS -USE_SASL +USE_GSASL")
    assert found.kind is VerdictKind.UPGRADE
    assert {r.evidence for r in found.reasons} == {"this build: mutt -v says -USE_SSL_OPENSSL"}


def test_a_version_that_never_could_is_not_built_anew(tree: Tree) -> None:
    tree.says("/usr/bin/mutt", "Mutt 1.4.2.3i (2007-05-26)\n-USE_SSL  -USE_SASL")
    here = Here(home=tree.home, state=tree.home / "state", root=tree.root, environ=tree.environ)
    (version,) = installed_versions(here.installed(), here)
    found = advise(server(tls(587, "AUTH PLAIN")), version, here.catalog)
    assert found.kind is VerdictKind.UPGRADE
    assert not any("another build" in advice.text for advice in found.advice)
    assert found.advice[0].version != version.version
