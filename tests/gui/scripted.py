# SPDX-License-Identifier: MPL-2.0
"""Flow data as written down: servers, programs, plans and proofs for pictures and models."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from clientcfg.advise.advise import advise
from clientcfg.changes.entry import Delivery, Entry, Kept, State
from clientcfg.changes.show import Change
from clientcfg.clients.catalog import Catalog
from clientcfg.flows.events import ProbeDone, Proved, Reviewed, SetUpDone
from clientcfg.flows.exported import MadeFile
from clientcfg.flows.hand_over import HandedOver, hand_over
from clientcfg.flows.here import Here
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.gui.setup.look import Program
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.export import About
from clientcfg.model.mechanism import LOGIN, PLAIN, SCRAM_SHA_256, XOAUTH2
from clientcfg.model.offer import Found, Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.place import FilePlace
from clientcfg.model.plan import FileStep, Folders, Plan, SetServer
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
from clientcfg.model.way_on import WayOn, WayOnKind

# Read once; nothing changes it.
CATALOG = Catalog.load()
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
    wanted = (
        ("netscape", "Netscape", "4.08", False),
        ("thunderbird", "Thunderbird", "153.7.0", True),
        ("mutt", "Mutt", "2.2.9", False),
        ("thunderbird", "Thunderbird", "0.1", True),
    )
    found = []
    for client, name, version, writable in wanted:
        known = CATALOG.at(client, version, "linux" if client != "netscape" else "win")
        verdict = advise(answer.report, known, CATALOG, clear_allowed=frozenset())
        found.append(Program(installation(client, name, version), known, verdict, writable))
    return tuple(found)


ACCOUNT = Account(
    ADDRESS,
    "Ada Lovelace",
    ServerLogin(SMTP, str(ADDRESS), PLAIN),
    ServerLogin(IMAP, str(ADDRESS), PLAIN),
)
SET = (
    SetServer(SMTP, "Sending: smtp.example.org, port 465, encrypted from the start; PLAIN as ada"),
    SetServer(IMAP, "Reading (IMAP): imap.example.org, port 993, encrypted from the start"),
)
FOLDER = "/home/ada/.thunderbird/k3x1.default-release"
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
            *(one.said for one in SET),
            "Thunderbird asks for the password once, and keeps it if you want.",
        ),
        servers=SET,
        folders=Folders(("Sent", "Drafts", "Templates"), on_server=True),
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
        places=(kept(f"{FOLDER}/logins.json", sensitive=True), kept(PREFS)),
        by="ada",
        servers=SET,
    )


def journal() -> tuple[Entry, ...]:
    """Some weeks of changes, newest first."""
    tested = Delivery(AT + timedelta(minutes=1), seen=True)
    first = replace(entry(), tested=tested)

    def earlier(number: int, address: str, *, of: Entry = first, **ago: float) -> Entry:
        at = AT - timedelta(**ago)
        moved = replace(of, at=at, changed_at=at, address=address, tested=None)
        return replace(moved, id=f"20261123-{number}", places=moved.places[:1])

    outlook = replace(first.installation, name="Outlook 2016")
    evolution = replace(first.installation, name="Evolution")
    undone = earlier(
        2, str(ADDRESS), of=replace(first, installation=outlook, state=State.UNDONE), minutes=29
    )
    return (
        first,
        replace(undone, changed_at=undone.at + timedelta(minutes=18)),
        earlier(3, "grace@example.org", of=replace(first, installation=evolution), days=3),
        earlier(4, "alan@example.org", days=51),
    )


def past_changes() -> tuple[Change, ...]:
    """What the first of them did, place by place."""
    return (
        Change("file", f"{FOLDER}/logins.json", "lines of a file with secrets", ""),
        *reviewed().changes,
    )


def kept(path: str, *, sensitive: bool = False) -> Kept:
    """A file that was changed."""
    place = FilePlace(path, FOLDER, sensitive)
    return Kept(place, path, path + ".new", "a", "b", path + ".old", 0o600, None, ())


DONE = SetUpDone(reviewed(), entry())
PROOFS = (
    Proved("connect", None, "Connecting to smtp.example.org"),
    Proved("connect", True, "Connected to smtp.example.org", "Port 465, TLS 1.3, 48 ms"),
    Proved("login-smtp", None, "Logging in to the outgoing server"),
    Proved(
        "login-smtp",
        True,
        "Logged in with PLAIN at smtp.example.org, port 465, encrypted from the start",
        "235 2.7.0 Authentication successful",
    ),
    Proved("send", True, "The server took the message", "250 2.0.0 Ok: queued as 4Z1kQx2Rt7"),
    Proved(
        "seen",
        True,
        "It arrived in the inbox",
        "Seen at imap.example.org after 2.1 seconds",
    ),
    Proved("deleted", True, "That one message was deleted again"),
)

# A server whose certificate is for another name, and verifies under that one.
HOSTER = "mail.hoster.example"
OF_HOSTER = replace(
    CERTIFICATE,
    subject=f"CN={HOSTER}",
    names=(HOSTER, "*.hoster.example"),
    not_after=datetime(2027, 3, 3, tzinfo=UTC),
    sha256="cd" * 32,
)
MISMATCH = Problem("name-mismatch", "The certificate is for another name.")
SELF_SIGNED = Problem("self-signed", "The certificate is signed by nobody but itself.")


def refused_for(problem: Problem, *, other_name: bool) -> ProbeDone:
    """Both servers with a certificate that did not verify, and the ways on from them."""
    tls = Tls("1.3", "TLS_AES_256_GCM_SHA384", False, OF_HOSTER, (problem,))
    answer = probed(report(SMTP, tls), report(IMAP, tls))
    ways = [WayOn(WayOnKind.TRUST_CERTIFICATE, e, e, OF_HOSTER) for e in (SMTP, IMAP)]
    if other_name:
        ways += [
            WayOn(WayOnKind.OTHER_NAME, e, replace(e, host=HOSTER), OF_HOSTER) for e in (SMTP, IMAP)
        ]
    return replace(answer, ways_on=tuple(ways))


def only_sign_in() -> ProbeDone:
    """Servers that take nothing but OAuth 2.0."""
    reports = (
        replace(
            report(Endpoint(e.protocol, f"{e.protocol}.gmail.com", e.port, e.security)),
            auth=(XOAUTH2,),
            auth_lines=(AuthLine(Announcement.STANDARD, (XOAUTH2,), True, TRANSCRIPT[5]),),
            password_login=False,
        )
        for e in (SMTP, IMAP)
    )
    return probed(*reports)


SIGN_IN_ACCOUNT = replace(
    ACCOUNT,
    outgoing=replace(ACCOUNT.outgoing, mechanism=XOAUTH2),
    incoming=ServerLogin(IMAP, str(ADDRESS), XOAUTH2),
)


def keeping() -> Reviewed:
    """The plan, and beside it the one that keeps the password."""
    plain = reviewed()
    folder = PREFS.rpartition("/")[0]
    kept = replace(plain, account=replace(ACCOUNT, store_password=True))
    logins = FileStep(FilePlace(f"{folder}/logins.json", folder, True), "absent", (b"",), "it")
    summary = (*plain.plan.summary[:3], "The password goes into Thunderbird’s own password store.")
    key = replace(logins, place=FilePlace(f"{folder}/key4.db", folder, True))
    plan = replace(kept.plan, steps=(*kept.plan.steps, key, logins), summary=summary)
    changes = (
        Change(
            "file", f"{folder}/key4.db", "new file, made by the client’s own library", "the key"
        ),
        Change(
            "file",
            f"{folder}/logins.json",
            f"--- /dev/null\n+++ {folder}/logins.json\n@@ -0,0 +1,2 @@\n"
            '+ "encryptedUsername": "●●●",\n+ "encryptedPassword": "●●●"',
            "the password, encrypted by Thunderbird’s own library",
        ),
        *plain.changes,
    )
    return replace(plain, keeping=replace(kept, plan=plan, changes=changes))


class Yes:
    """Agrees to everything and knows no password."""

    async def password(self, _wanted: PasswordWanted) -> None:
        return None

    async def accept_host(self, _host: HostToConfirm) -> bool:
        return True

    async def wait_for_client(self, _runs: ClientRuns) -> bool:
        return False

    async def go_on(self, _review: object) -> bool:
        return True


def handed_over(client: str, here: Here, answer: ProbeDone | None = None) -> HandedOver:
    """What a person takes along for the current version of *client*."""

    async def last() -> HandedOver:
        known = here.catalog.client(client)
        flow = hand_over(QUESTION, answer or probed(), known, Yes(), here)
        events = [event async for event in flow]
        assert isinstance(events[-1], HandedOver)
        return events[-1]

    return asyncio.run(last())


def looked_at(client: str, here: Here, platform: str | None = None) -> Program:
    """A program of the catalog that is not here."""
    known = here.catalog.at(client, None, platform)
    verdict = here.verdict(probed().report, known, QUESTION)
    return Program(None, known, verdict, writable=False)


def picture() -> bytes:
    """A picture in black and white, as a code is."""
    image = QImage(232, 232, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    for place in range(29 * 29):
        row, column = divmod(place, 29)
        if 4 <= row < 25 and 4 <= column < 25 and (row * column + row) % 3 == 0:
            for inside in range(64):
                y, x = divmod(inside, 8)
                image.setPixel(column * 8 + x, row * 8 + y, 0xFF000000)
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload]  # text is what it takes
    return bytes(held.data().data())


def code_file() -> MadeFile:
    """The file of a code, in words."""
    about = About(
        "qr.png",
        "The account as a QR code, a picture",
        ("Adds the account on a phone.",),
        ("It holds no password.",),
        ("Open Thunderbird on the phone.", "Choose “Import settings”, then “Scan QR code”."),
    )
    return MadeFile(about, picture())


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
