# SPDX-License-Identifier: MPL-2.0
"""Programs on PATH and in packages: their versions, and what their builds say."""

from pathlib import Path

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


def test_what_the_package_knows_is_not_asked_of_the_program(tree: Tree, tmp_path: Path) -> None:
    tree.write("/usr/bin/claws-mail", f"#!/bin/sh\ntouch {tmp_path}/started\n", executable=True)
    tree.package("claws-mail", "4.1.1-2", "/usr", "/usr/bin", "/usr/bin/claws-mail")
    found = tree.only()
    assert (found.client, found.version, found.packaging) == ("claws-mail", "4.1.1", "deb")
    assert found.program == "/usr/bin/claws-mail"
    assert not (tmp_path / "started").exists()
    assert found.running is None, "this tree has no /proc"


@pytest.mark.parametrize(
    ("package", "version"),
    [
        ("4.1.1-2", "4.1.1"),
        ("3.8.0~beta1-1", "3.8.0beta1"),
        ("1:2.26+dfsg-1", "2.26"),
        ("4:22.12.3-1+deb12u1", "22.12.3"),
        ("3.46.4-2+deb12u1", "3.46.4"),
        ("20220429+dfsg1-4.1", "20220429"),
        ("2.6.4", "2.6.4"),
        ("", None),
    ],
)
def test_the_version_of_a_package_without_what_the_distribution_adds(
    tree: Tree, package: str, version: str | None
) -> None:
    tree.write("/usr/bin/mailspring", "", executable=True)
    tree.package("mailspring", package, "/usr/bin/mailspring")
    assert tree.only().version == version


def test_a_package_where_path_does_not_lead(tree: Tree) -> None:
    tree.environ["PATH"] = "/nowhere"
    tree.write("/usr/games/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/games/sylpheed", "/usr/share/doc/sylpheed")
    found = tree.only()
    assert (found.program, found.version) == ("/usr/games/sylpheed", "3.7.0")


def test_usr_is_merged(tree: Tree) -> None:
    tree.environ["PATH"] = "/bin:/usr/bin"
    tree.link("/bin", "usr/bin")
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    assert (tree.only().program, tree.only().packaging) == ("/bin/sylpheed", "deb")


def test_the_last_package_of_a_very_long_list(tree: Tree) -> None:
    status = tree.root / "var/lib/dpkg/status"
    filler = "Package: a{}\nStatus: install ok installed\nVersion: 1\nDescription: {}\n\n"
    status.parent.mkdir(parents=True)
    status.write_text("".join(filler.format(i, "x" * 1000) for i in range(5_000)))
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    assert tree.only().version == "3.7.0"


def test_one_of_ones_own_beside_the_package(tree: Tree) -> None:
    tree.environ["PATH"] = f"{tree.home}/bin:/usr/bin"
    tree.says(f"{tree.home}/bin/sylpheed", "Sylpheed version 3.8.0beta1")
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    own, packaged = tree.installed()
    assert (own.version, own.packaging) == ("3.8.0beta1", "command")
    assert (packaged.version, packaged.packaging) == ("3.7.0", "deb")


def test_rpm_is_asked_where_its_database_is(tree: Tree) -> None:
    tree.write("/usr/bin/mailspring", "", executable=True)
    tree.says("/usr/bin/rpm", "1.13.3")
    assert tree.only().version is None
    (tree.root / "usr/lib/sysimage/rpm").mkdir(parents=True)
    found = tree.only()
    assert (found.version, found.packaging, found.recorded_only) == ("1.13.3", "rpm", True)
    tree.says("/usr/bin/rpm", "file /usr/bin/mailspring is not owned by any package")
    assert tree.only().version is None


@pytest.mark.parametrize(
    "target", ["/usr/bin/snap", "/snap/mailspring/current/bin/x", "/var/lib/flatpak/exports/bin/m"]
)
def test_a_launcher_of_another_kind_is_no_program(tree: Tree, target: str) -> None:
    tree.write(target, "", executable=True)
    tree.link("/usr/bin/mailspring", target)
    assert tree.installed() == ()


def test_a_package_that_counts_otherwise_than_its_program(tree: Tree) -> None:
    tree.write("/usr/bin/kmail", "#!/bin/sh\nexit 1\n", executable=True)
    tree.package("kmail", "4:22.12.3-1", "/usr/bin/kmail")
    assert tree.only().version is None
    tree.says("/usr/bin/kmail", "kmail2 5.22.3 (22.12.3)")
    assert (tree.only().version, tree.only().packaging) == ("5.22.3", "deb")


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


def test_a_version_that_nobody_tells_is_not_taken_for_the_current_one(tree: Tree) -> None:
    tree.write("/usr/bin/aerc", "#!/bin/sh\n", executable=True)
    known = catalog().of(tree.only())
    assert (known.version, known.covered) == (None, False)
    assert known.abilities.smtp_auth.value is Answer.UNKNOWN


def test_what_a_program_prints_is_safe_to_show(tree: Tree) -> None:
    tree.says(
        "/usr/bin/msmtp", "msmtp version 1.8.23\nTLS/SSL library: \x1b[31mEvil\x07" + "x" * 500
    )
    (fact,) = [fact for fact in tree.only().build if fact.feature == "TLS"]
    assert fact.said.isprintable()
    assert len(fact.said) < 120
