# SPDX-License-Identifier: MPL-2.0
"""Programs of 1995 to 2008 against servers that want a log-in, each with the reasoning.

What is expected was reasoned from the facts about the programs, not from a run.
"""

from typing import Final

import pytest

from tests.support.cases import (
    BRIDGE,
    EVERY,
    IMPOSSIBLE,
    READY,
    TODAY,
    UNKNOWN,
    UPGRADE,
    Case,
)
from tests.support.servers_said import tls, without_tls

# A server that still takes every TLS version, and announces in both forms.
LENIENT: Final = tuple(
    tls(port, "AUTH LOGIN PLAIN", "AUTH=LOGIN PLAIN", takes=EVERY) for port in (25, 465, 587)
)
STANDARD: Final = tuple(tls(port, "AUTH LOGIN PLAIN", takes=EVERY) for port in (25, 465, 587))
LEGACY: Final = (tls(25, "AUTH=LOGIN", takes=EVERY),)
OF_TODAY: Final = tuple(tls(port, "AUTH LOGIN PLAIN", takes=TODAY) for port in (465, 587))
ON_25: Final = (tls(25, "AUTH LOGIN", takes=EVERY),)
ON_25_EARLY: Final = (tls(25, "AUTH LOGIN", takes=EVERY, before=("LOGIN",)),)
ON_465: Final = (tls(465, "AUTH LOGIN", takes=EVERY),)
ON_587: Final = (tls(587, "AUTH LOGIN", takes=EVERY),)
CRAM: Final = (tls(465, "AUTH CRAM-MD5", takes=EVERY), tls(587, "AUTH CRAM-MD5", takes=EVERY))
NO_AUTH: Final = (tls(25, takes=EVERY), tls(587, takes=EVERY))
IN_CLEAR: Final = (without_tls(25, "AUTH LOGIN CRAM-MD5"),)

THUNDERBIRD: Final = ("thunderbird", "153.7.0")
OUTLOOK: Final = ("outlook-classic", "16.0 (2024)")

# fmt: off
CASES = [
    # Netscape: 3 has no SMTP-Auth; 4.0 looks for AUTH= in the EHLO answer; its TLS is hearsay.
    Case("Netscape 3 has no SMTP-Auth; SeaMonkey has its looks and can", "netscape@3.0", LENIENT,
         UPGRADE, code="smtp-auth", to=("seamonkey", None), step="switch"),
    Case("Netscape 4.08 sees no log-in in “AUTH LOGIN”", "netscape@4.08", STANDARD,
         UPGRADE, code="announcement-form", to=("seamonkey", None)),
    Case("Netscape 4.08 sees “AUTH=LOGIN”, but its TLS is hearsay", "netscape@4.08", LENIENT,
         UNKNOWN, fact="TLS"),
    Case("the old form alone suits Netscape 4.08; STARTTLS is hearsay", "netscape@4.08", LEGACY,
         UNKNOWN, fact="TLS"),
    Case("Netscape 4.08 knows LOGIN only, and AUTH=PLAIN suits nobody today", "netscape@4.08",
         (tls(25, "AUTH=PLAIN", takes=EVERY),), IMPOSSIBLE, code="mechanism"),
    Case("which form Netscape 4.7 reads, nobody wrote down", "netscape@4.7", STANDARD,
         UNKNOWN, fact="announced"),
    Case("Netscape 6 does PLAIN or LOGIN; with LOGIN alone that is not enough", "netscape@6.2",
         ON_465, UNKNOWN, fact="LOGIN"),
    Case("Netscape 7 has STARTTLS, its TLS 1.0 is hearsay", "netscape@7.1",
         (tls(587, "AUTH PLAIN LOGIN", takes=EVERY),), UNKNOWN, fact="TLS"),
    Case("Netscape 9 is Gecko 1.8: everything but its TLS is known", "netscape@9.0a1", STANDARD,
         UNKNOWN, fact="TLS"),
    Case("Netscape 3 on another Unix: no successor runs there, msmtp does", "netscape@3.0:unix",
         LENIENT, BRIDGE, code="smtp-auth", to=("msmtp", None), step="bridge"),
    # Outlook Express: 4 looks for AUTH=; 5 and 6 do STARTTLS on 25 only, and log in too early.
    Case("Outlook Express 4 sees no log-in in “AUTH LOGIN”", "outlook-express@4.72", STANDARD,
         UPGRADE, code="announcement-form", to=THUNDERBIRD),
    Case("Outlook Express 4 sees “AUTH=LOGIN”, whether it encrypts is hearsay",
         "outlook-express@4.72", LENIENT, UNKNOWN, fact="TLS"),
    Case("Outlook Express 5 on 25: STARTTLS, with the TLS of an old Windows",
         "outlook-express@5.5 SP2", ON_25, UNKNOWN, fact="TLS"),
    Case("Outlook Express 5 on 25 with a log-in before TLS: the password would go first",
         "outlook-express@5.5 SP2", ON_25_EARLY, UPGRADE, code="log-in-before-tls",
         to=THUNDERBIRD),
    Case("Outlook Express 5 on 465: TLS from the first byte, of an old Windows",
         "outlook-express@5.5 SP2", ON_465, UNKNOWN, fact="TLS"),
    Case("Outlook Express 5 on 587: no STARTTLS there", "outlook-express@5.5 SP2", ON_587,
         UPGRADE, code="starttls", to=THUNDERBIRD),
    Case("Outlook Express 6 on 25: STARTTLS, up to 1.0 is hearsay", "outlook-express@6.0 SP1",
         ON_25, UNKNOWN, fact="1.0 is said"),
    Case("Outlook Express 6 on 25 with a log-in before TLS: the same", "outlook-express@6.0 SP3",
         ON_25_EARLY, UPGRADE, code="log-in-before-tls", to=THUNDERBIRD),
    Case("Outlook Express 6 on 465: up to 1.0 is hearsay", "outlook-express@6.0 SP1", ON_465,
         UNKNOWN, fact="1.0 is said"),
    Case("Outlook Express 6 on 587: no STARTTLS there", "outlook-express@6.0 SP1", ON_587,
         UPGRADE, code="starttls", to=THUNDERBIRD),
    Case("Outlook Express 6 does LOGIN and NTLM, not PLAIN", "outlook-express@6.0",
         (tls(465, "AUTH PLAIN", takes=EVERY),), UPGRADE, code="mechanism", to=THUNDERBIRD),
    Case("Outlook Express 6 without AUTH at the server: nobody can", "outlook-express@6.0",
         NO_AUTH, IMPOSSIBLE, code="offers-auth", step="ask-administrator"),
    Case("Outlook Express 4 for the Mac: nobody wrote it down", "outlook-express@4.5:mac-classic",
         STANDARD, UNKNOWN, fact="SMTP-Auth", step="other-system"),
    Case("Outlook Express 5 for the Mac does PLAIN or LOGIN, not known which",
         "outlook-express@5.0:mac-classic", ON_465, UNKNOWN, fact="LOGIN"),
    # Eudora: no AUTH before 4; Mac 4.2 CRAM-MD5 only, 4.3 LOGIN and PLAIN too; no TLS before 5.1.
    Case("Eudora 3 for Windows has no SMTP-Auth; 7.0 has, and TLS 1.0, which is taken here",
         "eudora@3.0.6:win", LENIENT, UPGRADE, code="smtp-auth", to=("eudora", "7.0")),
    Case("Eudora 3 for Windows at a server of today: no Eudora speaks TLS 1.2",
         "eudora@3.0.6:win", OF_TODAY, UPGRADE, code="smtp-auth", to=THUNDERBIRD),
    Case("Eudora 3 for the Mac: no later one on classic Mac OS has TLS",
         "eudora@3.1.4:mac-classic", LENIENT, BRIDGE, code="smtp-auth", to=("msmtp", None)),
    Case("Eudora 4.2 for the Mac does CRAM-MD5, but no TLS", "eudora@4.2:mac-classic", CRAM,
         BRIDGE, code="tls-version", step="bridge"),
    Case("Eudora 4.2 for the Mac does CRAM-MD5 only, and no TLS", "eudora@4.2:mac-classic",
         OF_TODAY, BRIDGE, code="mechanism", step="bridge"),
    Case("Eudora 4.3 for the Mac does LOGIN and PLAIN, but no TLS", "eudora@4.3:mac-classic",
         OF_TODAY, BRIDGE, code="tls-version", step="bridge"),
    Case("in the clear nobody sends a password, not even by CRAM-MD5", "eudora@4.3:mac-classic",
         IN_CLEAR, IMPOSSIBLE, code="starttls"),
    Case("Eudora 4.2 for Windows: whether it has AUTH is unknown, that it has no TLS is sure",
         "eudora@4.2:win", CRAM, UPGRADE, code="tls-version", to=("eudora", "7.0")),
    Case("Eudora 6.2 for Mac OS X takes the TLS of an old system", "eudora@6.2.4:mac", OF_TODAY,
         UNKNOWN, fact="TLS"),
    Case("Eudora 7.1 has OpenSSL 0.9.7: TLS 1.0, and the server wants 1.2", "eudora@7.1", OF_TODAY,
         UPGRADE, code="tls-version", to=THUNDERBIRD),
    Case("Eudora 7.1 where TLS 1.0 is still taken", "eudora@7.1", LENIENT, READY,
         way=(465, "PLAIN")),
    Case("Eudora 7.1 does CRAM-MD5 by TLS 1.0", "eudora@7.1", CRAM, READY, way=(465, "CRAM-MD5")),
    # Outlook: 97 cannot encrypt, so whatever it does about AUTH, no password may go.
    Case("Outlook 97 has no TLS at all; Outlook 2024 is maintained", "outlook-classic@97",
         OF_TODAY, UPGRADE, code="tls-version", to=OUTLOOK, step="upgrade"),
    Case("Outlook 97 without AUTH at the server", "outlook-classic@97", NO_AUTH, IMPOSSIBLE,
         code="offers-auth"),
    Case("Outlook 98 can log in, with what form nobody says", "outlook-classic@98", STANDARD,
         UNKNOWN, to=OUTLOOK),
    Case("Outlook 2000: STARTTLS on 25 only is hearsay", "outlook-classic@2000", ON_587, UNKNOWN),
    Case("Outlook 2003 does STARTTLS on 25 only", "outlook-classic@2003", ON_587, UPGRADE,
         code="starttls", to=OUTLOOK),
    Case("Outlook 2003 on 465 takes the TLS of an old Windows", "outlook-classic@2003", ON_465,
         UNKNOWN, fact="TLS", to=OUTLOOK),
    # Unix: KMail of KDE 2 and 3, mutt before and after it got SMTP, and others of that time.
    Case("KMail of KDE 2.2 sends without AUTH; KMail 6 is maintained", "kmail@1.3.2", OF_TODAY,
         UPGRADE, code="smtp-auth", to=("kmail", "6.0")),
    Case("KMail of KDE 3.0 can log in, with the TLS of an old library", "kmail@1.4", OF_TODAY,
         UNKNOWN, fact="TLS", to=("kmail", "6.0")),
    Case("KMail of KDE 3.5: the same", "kmail@1.9.10", LENIENT, UNKNOWN, fact="TLS"),
    Case("Mutt 1.5.14 has no SMTP, 1.5.15 has and speaks 1.2", "mutt@1.5.14", OF_TODAY, UPGRADE,
         code="smtp-auth", to=("mutt", "1.5.15"), step="upgrade"),
    Case("Mutt 1.5.15 logs in through the SASL library", "mutt@1.5.15", OF_TODAY, READY,
         way=(465, "PLAIN")),
    Case("Balsa 1.1.4 has no AUTH; the maintained one has", "balsa@1.1.4", OF_TODAY, UPGRADE,
         code="smtp-auth", to=("balsa", "2.5.6")),
    Case("Evolution 1.4 can, with the TLS of an old library", "evolution@1.4", OF_TODAY, UNKNOWN,
         fact="TLS"),
    Case("Claris Emailer has no AUTH, and runs on classic Mac OS alone", "claris-emailer@2.0v3",
         OF_TODAY, BRIDGE, code="smtp-auth", to=("msmtp", None)),
    # A server with no AUTH at all: no program helps, its administrator has to.
    Case("no AUTH: not even Thunderbird", "thunderbird", NO_AUTH, IMPOSSIBLE, code="offers-auth",
         step="ask-administrator"),
    Case("no AUTH: nor a bridge", "msmtp", NO_AUTH, IMPOSSIBLE, code="offers-auth"),
    Case("no AUTH, and the program has none either: both are said", "netscape@3.0", NO_AUTH,
         IMPOSSIBLE, code="smtp-auth"),
    Case("that mailx has no SMTP is recollection, which decides nothing", "bsd-mailx@1.0",
         OF_TODAY, UNKNOWN, fact="not confirmed"),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.why)
def test_case(case: Case) -> None:
    case.check()
