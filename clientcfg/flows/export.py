# SPDX-License-Identifier: MPL-2.0
"""Files for another machine: find, probe, check, and make what that program can use."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from clientcfg.changes.fill import Secrets, fill_file
from clientcfg.flows.best_servers import best_incoming, best_outgoing, same_host_implicit
from clientcfg.flows.by_verdict import chosen_by_verdict
from clientcfg.flows.choose import Choice, agree_on_hosts, certificates_agreed_to
from clientcfg.flows.door import Door
from clientcfg.flows.events import Event, ExportDone, ProbeDone
from clientcfg.flows.exported import ClientExport, MadeFile, ShownCode
from clientcfg.flows.guide import page as guide_page
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.prove import ask_password, log_in_everywhere
from clientcfg.flows.question import Answerer, Question
from clientcfg.flows.unasked import taken_as_named
from clientcfg.formats.exporters import EXPORTERS, exporter
from clientcfg.guides.files_page import files_page
from clientcfg.guides.sayings import saying
from clientcfg.model.account import Account, TrustedCertificate
from clientcfg.model.client import ClientVersion
from clientcfg.model.export import About, Exported, Exporter, ExportFile, Signature, Wanted
from clientcfg.model.mechanism import LOGIN
from clientcfg.model.plan import Content
from clientcfg.model.report import ServerReport
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _, language

PAGE = "read-me.html"


@dataclass(frozen=True, slots=True)
class Extras:
    """What an export may be told beside the account; see :class:`Wanted`.

    ``sign`` wraps a finished file in a signature, which ``signature`` describes.
    """

    current: bytes | None = field(default=None, repr=False)
    with_password: bool = False
    organization: str | None = None
    consent: str | None = None
    authorities: tuple[bytes, ...] = ()
    url: str | None = None
    sign: Callable[[bytes], bytes] | None = field(default=None, repr=False)
    signature: Signature | None = None


async def export(
    question: Question,
    clients: tuple[ClientVersion, ...],
    extras: Extras,
    answerer: Answerer,
    here: Here,
) -> AsyncIterator[Event]:
    """Make the files of one person for *clients*; ends with :class:`ExportDone`.

    Nothing is written. Raises a :class:`Trouble` where the servers cannot be
    trusted, and for a single client that cannot send there.
    """
    job = Job(question, extras, answerer, here)
    if not question.probe:
        choices = taken_as_named(question)
        yield ExportDone(tuple(job.made(client, Settled(choices)) for client in clients))
        return
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            async for step in job.probed(event, clients):
                yield step


@dataclass(frozen=True, slots=True)
class Settled:
    """The servers for one program, and what is known of them.

    ``trouble``: why it cannot be set up to send there; its page is made all the same.
    """

    choices: tuple[Choice, ...]
    verdict: Verdict | None = None
    report: ServerReport | None = None
    certificates: tuple[TrustedCertificate, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One person's export."""

    question: Question
    extras: Extras
    answerer: Answerer
    here: Here

    async def probed(
        self, event: ProbeDone, clients: tuple[ClientVersion, ...]
    ) -> AsyncIterator[Event]:
        """With what the servers said; ends with :class:`ExportDone`."""
        settled: dict[ClientVersion, Settled] = {}
        for client in clients:
            settled[client] = await self.settle(event, client, alone=len(clients) == 1)
        secrets: Secrets = {}
        if self.extras.with_password:
            able = [one for one in settled.values() if one.trouble is None]
            choices = tuple(dict.fromkeys(c for one in able for c in one.choices))
            why = _("It is to be written into the files, as you asked.")
            door = Door(self.question, self.here.remembered)
            door.refuse_weaker(choices, event.report)
            secret = await ask_password(choices, self.answerer, why)
            async for step in log_in_everywhere(door, choices, secret):
                yield step
            secrets = {"password": secret}
        yield ExportDone(tuple(self.made(client, one, secrets) for client, one in settled.items()))

    async def settle(self, probed: ProbeDone, client: ClientVersion, *, alone: bool) -> Settled:
        """The servers for *client*.

        Raises a :class:`Trouble` where they cannot be trusted; *alone*: also where
        the program cannot send there.
        """
        question = self.question
        verdict = self.here.verdict(probed.report, client, question)
        trouble: Trouble | None = None
        choices: tuple[Choice, ...] = ()
        if verdict.kind is not VerdictKind.UNKNOWN:
            try:
                choices = chosen_by_verdict(question, probed, client, verdict, unsure=True)
            except Trouble as why:
                if alone:
                    raise
                trouble = why
        if not choices:
            # Nobody can say that it works, or that it does not: the page says which.
            outgoing = best_outgoing(question, probed, client, verdict)
            incoming = best_incoming(question, probed, client)
            choices = (outgoing,) if incoming is None else (outgoing, incoming)
        choices = tuple(same_host_implicit(c, question, probed, client) for c in choices)
        await agree_on_hosts(choices, question, self.answerer)
        certificates = certificates_agreed_to(question, probed, choices)
        return Settled(choices, verdict, probed.report, certificates, trouble)

    def made(
        self, client: ClientVersion, settled: Settled, secrets: Secrets | None = None
    ) -> ClientExport:
        """Every kind of files that this program can use."""
        account = self._account(settled)
        wanted = self._wanted(client, settled.report)
        done: list[Exported] = []
        refused = [] if settled.trouble is None else [("program", settled.trouble)]
        useful = False
        for name in client.exports if settled.trouble is None else ():
            try:
                kind = _exporter_of(name, client)
                useful = useful or kind.takes_current
                done.append(kind.export(account, wanted))
            except Trouble as trouble:
                refused.append((name, trouble))
        nothing = not any(one.files or one.notes for one in done)
        if settled.trouble is None and refused and nothing:
            raise refused[0][1]
        files = tuple(
            self._filled(file, secrets or {}) for exported in done for file in exported.files
        )
        notes = (
            *dict.fromkeys(note for exported in done for note in exported.notes),
            *(trouble.text for _name, trouble in refused),
        )
        if not client.exports and settled.trouble is None:
            by_hand = _("{name} takes its settings from no file: this page has them to type in.")
            notes = (by_hand.format(name=client.name), *notes)
        if self.extras.current is not None and not useful:
            unused = _("{name} has no use for the file that was named with --current.")
            notes = (*notes, unused.format(name=client.name))
        notes = (*notes, *(saying(id_) for id_ in client.remarks))
        page = self._page(client, settled, files, notes)
        codes = tuple(
            ShownCode(code.title, fill_file(code.text, secrets or {}).decode())
            for exported in done
            for code in exported.on_screen
        )
        return ClientExport(
            account, client, files, page, notes, tuple(refused), settled.verdict, codes
        )

    def _filled(self, file: ExportFile, secrets: Secrets) -> MadeFile:
        content = fill_file(file.content, secrets)
        if file.signable and self.extras.sign is not None:
            content = self.extras.sign(content)
        return MadeFile(file.about, content, _has_hole(file.content))

    def _page(
        self,
        client: ClientVersion,
        settled: Settled,
        files: tuple[MadeFile, ...],
        notes: tuple[str, ...],
    ) -> MadeFile:
        guide = guide_page(self.question, settled.choices, client, settled.verdict, self.here)
        about = About(
            PAGE,
            _("What the files do, how they are used, and the settings to type in by hand"),
            does=(_("Opens in any browser and can be printed."),),
            does_not=(_("It changes nothing, and holds no password."),),
        )
        drawings = {
            file.about.name: file.content
            for file in files
            if file.about.name.endswith(".svg") and not file.secret
        }
        abouts = tuple(file.about for file in files)
        made = files_page(guide, abouts, notes, language(), drawings=drawings)
        return MadeFile(about, made.encode())

    def _account(self, settled: Settled) -> Account:
        question, choices = self.question, settled.choices
        if question.address is None:
            raise WrongUsage("no-address", _("An export needs an e-mail address."))
        return Account(
            address=question.address,
            name=question.real_name or "",
            outgoing=choices[0].login,
            incoming=choices[1].login if len(choices) > 1 else None,
            trusted_certificates=settled.certificates,
            accept_weaker=choices[0].login.endpoint.host in question.accepted_weaker,
        )

    def _wanted(self, client: ClientVersion, report: ServerReport | None) -> Wanted:
        extras = self.extras
        return Wanted(
            client=client,
            at=self.here.now(),
            current=extras.current,
            with_password=extras.with_password,
            organization=extras.organization,
            consent=extras.consent,
            authorities=extras.authorities,
            url=extras.url,
            mechanisms=_mechanisms(report),
            signature=extras.signature,
        )


def _mechanisms(report: ServerReport | None) -> Mapping[tuple[str, int], tuple[str, ...]]:
    if report is None:
        return {}
    return {
        (r.endpoint.host, r.endpoint.port): (*r.auth, *((LOGIN,) if r.password_login else ()))
        for r in report.endpoints
        if r.auth is not None
    }


def _has_hole(content: Content) -> bool:
    return any(isinstance(part, Hole) for part in content)


def _exporter_of(name: str, client: ClientVersion) -> Exporter:
    if name not in EXPORTERS:
        raise WrongUsage(
            "no-such-export",
            _("The profile of {client} names a kind of files that there is not: “{name}”.").format(
                client=client.name, name=name
            ),
            _("Correct that profile, or take it away."),
        )
    return exporter(name)
