# SPDX-License-Identifier: MPL-2.0
"""What the builds of programs say about themselves, and what they can do then."""

import pytest

from clientcfg.model.answer import Answer
from clientcfg.model.client import Installation
from tests.support.program_trees import Tree, catalog

MUTT = """\
Mutt {version} (2023-09-09)
Copyright (C) 1996-2023 Michael R. Elkins and others.
Compile options:
+USE_POP  +USE_IMAP  {smtp}USE_SMTP
{openssl}USE_SSL_OPENSSL  {gnutls}USE_SSL_GNUTLS  {sasl}USE_SASL  {gsasl}USE_GSASL  +USE_GSS
"""
MSMTP = """\
msmtp version 1.8.23
Platform: x86_64-pc-linux-gnu
TLS/SSL library: {tls}
Authentication library: GNU SASL; oauthbearer and xoauth2: built-in
Supported authentication methods:
{methods}
IDN support: disabled
"""
NEOMUTT = """\
NeoMutt 20220429
Default options:
  +imap +smtp +sidebar
Compile options:
  +fcntl {gnutls}gnutls -openssl {gsasl}gsasl -sasl +smime
"""
S_NAIL = """\
s-nail v14.9.24, 2022-03-26 (built for Linux)
Features included (+) or not (-):
 +colour +gssapi {md5}md5 +netrc {smtp}smtp {tls}tls {tls}tls-all-algorithms
"""


def mutt(tree: Tree, *, version: str = "2.2.12", **flags: str) -> Installation:
    signs = dict.fromkeys(("openssl", "sasl"), "-") | dict.fromkeys(
        ("smtp", "gnutls", "gsasl"), "+"
    )
    tree.says("/usr/bin/mutt", MUTT.format(version=version, **(signs | flags)))
    return tree.only()


def built(found: Installation) -> dict[str, Answer]:
    return {fact.feature: fact.value for fact in found.build}


def test_git_without_its_mail_part(tree: Tree) -> None:
    tree.says("/usr/bin/git", "git version 2.39.5")
    assert tree.installed() == ()
    tree.write("/usr/lib/git-core/git-send-email", "", executable=True)
    found = tree.only()
    assert (found.client, found.version) == ("git-send-email", "2.39.5")
    assert set(built(found).values()) == {Answer.UNKNOWN}, "there is no Perl here"
    tree.says("/usr/bin/perl", "-Authen::SASL\n+Net::SMTP\n+IO::Socket::SSL")
    assert built(tree.only()) == {"SASL": Answer.NO, "SMTP": Answer.YES, "TLS": Answer.YES}
    smtp_auth = catalog().of(tree.only()).abilities.smtp_auth
    assert (smtp_auth.value, smtp_auth.source) == (
        Answer.NO,
        "this build: perl says -Authen::SASL",
    )


@pytest.mark.parametrize("library", ["sasl", "gsasl"])
def test_mutt_with_a_sasl_library(tree: Tree, library: str) -> None:
    found = mutt(tree, **{"sasl": "-", "gsasl": "-", library: "+"})
    assert built(found) == {"SASL": Answer.YES, "TLS": Answer.YES, "SMTP": Answer.YES}
    assert catalog().of(found).abilities == catalog().at("mutt", "2.2.12", None).abilities


def test_mutt_without_sasl_has_no_smtp_auth(tree: Tree) -> None:
    found = mutt(tree, gsasl="-")
    abilities = catalog().of(found).abilities
    assert abilities.smtp_auth.value is Answer.NO
    assert abilities.smtp_auth.source == "this build: mutt -v says -USE_SASL"
    assert abilities.mechanisms.yes == ()
    assert abilities.oauth2.value is Answer.NO
    assert abilities.starttls.value == "yes"


def test_mutt_without_tls(tree: Tree) -> None:
    abilities = catalog().of(mutt(tree, gnutls="-")).abilities
    assert (abilities.starttls.value, abilities.implicit_tls.value) == ("no", "no")
    assert abilities.max_tls.value == "none"
    assert abilities.smtp_auth.value is Answer.YES


def test_mutt_without_smtp(tree: Tree) -> None:
    abilities = catalog().of(mutt(tree, smtp="-")).abilities
    assert (abilities.smtp_auth.value, abilities.starttls.value) == ("no", "no")


def test_a_mutt_that_had_no_such_options_yet(tree: Tree) -> None:
    tree.says("/usr/bin/mutt", "Mutt 1.4.2.3i (2007-05-26)\n-USE_SSL  -USE_SASL  +USE_POP")
    found = tree.only()
    assert built(found)["SMTP"] is Answer.UNKNOWN
    assert catalog().of(found).abilities.smtp_auth.value is Answer.NO


def test_msmtp_prints_its_exact_list(tree: Tree) -> None:
    tree.says("/usr/bin/msmtp", MSMTP.format(tls="GnuTLS", methods="plain cram-md5 xoauth2 "))
    mechanisms = catalog().of(tree.only()).abilities.mechanisms
    assert mechanisms.yes == ("PLAIN", "CRAM-MD5", "XOAUTH2")
    assert mechanisms.complete
    assert mechanisms.source.startswith("this build: msmtp --version says Supported authentication")


@pytest.mark.parametrize("word", ["none", "disabled"])
def test_msmtp_without_tls(tree: Tree, word: str) -> None:
    tree.says("/usr/bin/msmtp", MSMTP.format(tls=word, methods="plain"))
    assert built(tree.only())["TLS"] is Answer.NO
    assert catalog().of(tree.only()).abilities.starttls.value == "no"


def test_neomutt_without_sasl_keeps_what_is_coded_in(tree: Tree) -> None:
    tree.says("/usr/bin/neomutt", NEOMUTT.format(gnutls="+", gsasl="+"))
    assert built(tree.only()) == {"SASL": Answer.YES, "TLS": Answer.YES, "SMTP": Answer.YES}
    tree.says("/usr/bin/neomutt", NEOMUTT.format(gnutls="-", gsasl="-"))
    abilities = catalog().of(tree.only()).abilities
    assert abilities.smtp_auth.value is Answer.YES
    assert set(abilities.mechanisms.yes) == {"OAUTHBEARER", "XOAUTH2"}
    assert set(abilities.mechanisms.reported) == {"PLAIN", "LOGIN"}
    assert abilities.starttls.value == "no"


@pytest.mark.parametrize("lacking", ["smtp", "tls", "md5"])
def test_s_nail(tree: Tree, lacking: str) -> None:
    signs = dict.fromkeys(("smtp", "tls", "md5"), "+")
    tree.says("/usr/bin/s-nail", S_NAIL.format(**signs))
    assert set(built(tree.only()).values()) == {Answer.YES}
    tree.says("/usr/bin/s-nail", S_NAIL.format(**(signs | {lacking: "-"})))
    assert built(tree.only())[lacking.upper()] is Answer.NO
    abilities = catalog().of(tree.only()).abilities
    assert abilities.smtp_auth.value == ("no" if lacking == "smtp" else "yes")
    assert abilities.starttls.value == ("yes" if lacking == "md5" else "no")
    assert ("CRAM-MD5" in abilities.mechanisms.yes) is (lacking == "tls")


def test_alpine_tells_only_how_it_was_configured(tree: Tree) -> None:
    text = "Alpine 2.26 (DEB 649 2022-06-02) built Thu Jun 9 on debian\n./configure {}"
    tree.says("/usr/bin/alpine", text.format("--prefix=/usr"))
    assert (tree.only().version, built(tree.only())) == ("2.26", {"TLS": Answer.UNKNOWN})
    tree.says("/usr/bin/alpine", text.format("--without-ssl"))
    assert built(tree.only()) == {"TLS": Answer.NO}


def test_what_a_program_prints_is_safe_to_show(tree: Tree) -> None:
    tree.says(
        "/usr/bin/msmtp", "msmtp version 1.8.23\nTLS/SSL library: \x1b[31mEvil\x07" + "x" * 500
    )
    (fact,) = [fact for fact in tree.only().build if fact.feature == "TLS"]
    assert fact.said.isprintable()
    assert len(fact.said) < 120
