# SPDX-License-Identifier: MPL-2.0
"""Flow data as written down: servers, programs, plans and proofs for pictures and models."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from clientcfg.advise.advise import advise
from clientcfg.changes.entry import Entry, State
from clientcfg.changes.show import Change
from clientcfg.clients.catalog import Catalog
from clientcfg.flows.events import ProbeDone, Proved, Reviewed, SetUpDone
from clientcfg.flows.question import Question
from clientcfg.gui.setup.look import Program
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, PLAIN, SCRAM_SHA_256
from clientcfg.model.offer import Found, Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.place import FilePlace
from clientcfg.model.plan import FileStep, Plan
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import (
    Announcement,
    AuthLine,
    Certificate,
    EndpointReport,
    Line,
    Problem,
    ServerReport,
    Speaker,
    Timing,
    Tls,
)

ADDRESS = Address("ada", "example.org")
QUESTION = Question(address=ADDRESS, real_name="Ada Lovelace")
SMTP = Endpoint(Protocol.SMTP, "smtp.example.org", 465, Security.TLS)
SMTP_HELLO = Endpoint(Protocol.SMTP, "smtp.example.org", 587, Security.STARTTLS)
IMAP = Endpoint(Protocol.IMAP, "imap.example.org", 993, Security.TLS)
POP3 = Endpoint(Protocol.POP3, "pop.example.org", 995, Security.TLS)
ENDPOINTS = (SMTP, SMTP_HELLO, IMAP, POP3)
AT = datetime(2026, 11, 23, 10, 41, tzinfo=UTC)
CERTIFICATE = Certificate(
    "CN=smtp.example.org",
    ("smtp.example.org", "imap.example.org"),
    "CN=R12,O=Let's Encrypt,C=US",
    datetime(2026, 11, 16, tzinfo=UTC),
    datetime(2027, 2, 14, tzinfo=UTC),
    "ab" * 32,
)
GOOD_TLS = Tls("1.3", "TLS_AES_256_GCM_SHA384", trusted=True, certificate=CERTIFICATE)
WRONG_NAME = Problem("wrong-name", "The certificate is for another name.")
BAD_TLS = Tls(
    "1.3",
    "TLS_AES_256_GCM_SHA384",
    trusted=False,
    certificate=CERTIFICATE,
    problems=(WRONG_NAME,),
)
SAID = (
    (Speaker.EVENT, "connected to 192.0.2.25, TLS 1.3"),
    (Speaker.SERVER, "220 smtp.example.org ESMTP"),
    (Speaker.CLIENT, "EHLO [192.0.2.14]"),
    (Speaker.SERVER, "250-smtp.example.org"),
    (Speaker.SERVER, "250-SIZE 52428800"),
    (Speaker.SERVER, "250-AUTH PLAIN LOGIN SCRAM-SHA-256"),
    (Speaker.SERVER, "250 8BITMIME"),
)
TRANSCRIPT = tuple(Line(who, words, True, 10.0 * n) for n, (who, words) in enumerate(SAID))


def report(endpoint: Endpoint, tls: Tls = GOOD_TLS) -> EndpointReport:
    """An endpoint that answers; a certificate that is not trusted stops it before anything."""
    mechanisms = (PLAIN, LOGIN, SCRAM_SHA_256) if tls.trusted else None
    line = AuthLine(Announcement.STANDARD, (PLAIN, LOGIN, SCRAM_SHA_256), True, TRANSCRIPT[5])
    return EndpointReport(
        endpoint,
        "192.0.2.25",
        reachable=True,
        greeting="smtp.example.org ESMTP",
        auth_before_tls=() if endpoint.security is Security.STARTTLS else None,
        auth=mechanisms,
        auth_lines=(line,) if tls.trusted else (),
        password_login=tls.trusted,
        tls=tls,
        problems=tls.problems,
        timing=Timing(12.0, 30.0, 48.0, 90.0),
        transcript=TRANSCRIPT,
    )


def silent(endpoint: Endpoint) -> EndpointReport:
    """An endpoint that does not answer."""
    problem = Problem("no-answer", "There was no answer within 8 seconds.")
    return EndpointReport(endpoint, None, reachable=False, problems=(problem,))


def probed(*reports: EndpointReport, confirm: bool = False, host: str = "") -> ProbeDone:
    """A whole answer; by default everything is fine."""
    reports = reports or tuple(report(e) for e in ENDPOINTS)
    offers = tuple(
        Offer(r.endpoint, "srv", Trust.A6 if confirm else Trust.A4, confirm=confirm)
        for r in reports
    )
    sources = (SourceAnswer("srv", None, Outcome.FOUND, "names four servers", 41.0, offers),)
    found = Found(str(ADDRESS), offers, sources)
    return ProbeDone(found, ServerReport(str(ADDRESS), "address", reports))


def elsewhere() -> ProbeDone:
    """Servers of another company that only an unsigned record names."""
    smtp = Endpoint(Protocol.SMTP, "smtp.mail.hoster.example", 465, Security.TLS)
    imap = Endpoint(Protocol.IMAP, "imap.mail.hoster.example", 993, Security.TLS)
    return probed(report(smtp), report(imap), confirm=True)


def installation(
    client: str, name: str, version: str | None, *, running: bool = False
) -> Installation:
    """A program found here."""
    return Installation(
        client=client,
        name=name,
        version=version,
        platform="linux",
        program=f"/usr/lib/{client}",
        packaging="deb",
        profile_root="/home/ada/.thunderbird",
        profile="/home/ada/.thunderbird/k3x1.default-release",
        running=running,
    )


def programs(answer: ProbeDone) -> tuple[Program, ...]:
    """Four programs with the verdicts that the catalog really gives."""
    catalog = Catalog.load()
    wanted = (
        ("netscape", "Netscape", "4.08", False),
        ("thunderbird", "Thunderbird", "153.7.0", True),
        ("mutt", "Mutt", "2.2.9", False),
        ("thunderbird", "Thunderbird", "0.1", True),
    )
    found = []
    for client, name, version, writable in wanted:
        known = catalog.at(client, version, "linux" if client != "netscape" else "win")
        verdict = advise(answer.report, known, catalog, clear_allowed=frozenset())
        found.append(Program(installation(client, name, version), known, verdict, writable))
    return tuple(found)


ACCOUNT = Account(
    ADDRESS,
    "Ada Lovelace",
    ServerLogin(SMTP, str(ADDRESS), PLAIN),
    ServerLogin(IMAP, str(ADDRESS), PLAIN),
)
PREFS = "/home/ada/.thunderbird/k3x1.default-release/prefs.js"
DIFF = f"""--- {PREFS}
+++ {PREFS}
@@ -3,3 +3,6 @@
 user_pref("mail.spellcheck.inline", false);
-user_pref("mail.smtpserver.smtp1.authMethod", 1);
+user_pref("mail.smtpserver.smtp1.authMethod", 3);
+user_pref("mail.smtpserver.smtp1.hostname", "smtp.example.org");
+user_pref("mail.smtpserver.smtp1.port", 465);
+user_pref("mail.smtpserver.smtp1.try_ssl", 3);"""


def reviewed(*, running: bool = False) -> Reviewed:
    """A plan for Thunderbird."""
    step = FileStep(FilePlace(PREFS, "/home/ada"), "absent", (b"",), "the account")
    plan = Plan(
        (step,),
        (
            "Adds the account ada@example.org.",
            "Sending: smtp.example.org, port 465, encrypted from the start; PLAIN as ada",
            "Thunderbird asks for the password once, and keeps it if you want.",
        ),
    )
    program = installation("thunderbird", "Thunderbird", "153.7.0", running=running)
    changes = (Change("file", PREFS, DIFF, "the account"),)
    return Reviewed(ACCOUNT, program, None, plan, changes, proved=False)


def entry(number: str = "20261123-1", state: State = State.DONE) -> Entry:
    """A change in the journal."""
    return Entry(
        id=number,
        order=1,
        mark="abcd",
        at=AT,
        state=state,
        changed_at=AT,
        format="thunderbird",
        installation=installation("thunderbird", "Thunderbird", "153.7.0"),
        address=str(ADDRESS),
        summary=reviewed().plan.summary,
        record={},
    )


DONE = SetUpDone(reviewed(), entry())
PROOFS = (
    Proved("login-smtp", None, "Logging in to the outgoing server"),
    Proved(
        "login-smtp",
        True,
        "Logged in with PLAIN at smtp.example.org, port 465, encrypted from the start",
        "235 2.7.0 Authentication successful",
    ),
    Proved("send", True, "The server took the message", "250 2.0.0 Ok: queued as 4Z1kQx2Rt7"),
    Proved("seen", True, "It arrived in the inbox"),
    Proved("deleted", True, "That one message was deleted again"),
)


# What *Check a server* shows: two hosts, one of which takes passwords too early.
SMTP_25 = Endpoint(Protocol.SMTP, "smtp.example.org", 25, Security.STARTTLS)
IMAP_HELLO = Endpoint(Protocol.IMAP, "imap.example.org", 143, Security.STARTTLS)
ISSUER = Certificate(
    "CN=R12,O=Let's Encrypt,C=US", (), "CN=ISRG Root X1,O=ISRG,C=US", AT, AT, "cd" * 32
)
TAKES = (("1.0", False), ("1.1", False), ("1.2", True), ("1.3", True))
FULL_TLS = replace(GOOD_TLS, versions=TAKES, chain=(ISSUER,))
RELAY = Relay(
    Regime.UNKNOWN,
    "It refused mail for elsewhere without a log-in.",
    True,
    "192.0.2.14",
    AT,
    ("MAIL: 250 2.1.0 Ok", "RCPT: 554 5.7.1 Relay access denied"),
)


def told(endpoint: Endpoint, took: tuple[float, float, float, float], clear: bool = False) -> Any:
    """An endpoint as a whole probe tells it; *took* are the four parts in milliseconds."""
    find, connect, encrypt, ask = took
    lines = list(report(endpoint).transcript)
    end = find + connect + encrypt + ask
    last = len(lines) - 1
    timed = [
        line._replace(ms=find + connect + (end - find - connect) * n / last)
        for n, line in enumerate(lines)
    ]
    mechanisms = () if endpoint.port == 25 else (PLAIN, LOGIN, SCRAM_SHA_256)
    early = (PLAIN, LOGIN) if clear else ()
    auth_lines = tuple(
        AuthLine(Announcement.STANDARD, mechanisms, True, timed[5]) for _one in mechanisms[:1]
    )
    return replace(
        report(endpoint, FULL_TLS),
        auth=mechanisms,
        auth_before_tls=early if endpoint.security is Security.STARTTLS else None,
        auth_lines=auth_lines,
        timing=Timing(connect, ask / 2, encrypt, end),
        transcript=tuple(timed),
    )


def served(*, clear: bool = True) -> ProbeDone:
    """Five endpoints that answer."""
    return probed(
        told(SMTP, (9, 14, 31, 22)),
        told(SMTP_HELLO, (9, 14, 62, 30)),
        told(SMTP_25, (9, 15, 60, 29)),
        told(IMAP, (8, 15, 29, 19)),
        told(IMAP_HELLO, (8, 15, 58, 27), clear),
    )
