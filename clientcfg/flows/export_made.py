# SPDX-License-Identifier: MPL-2.0
"""From servers that are settled to the files of one program, with the page beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from clientcfg.changes.fill import Secrets, fill_file
from clientcfg.flows.export_settled import Extras, Settled
from clientcfg.flows.exported import ClientExport, MadeFile, ShownCode
from clientcfg.flows.guide import page as guide_page
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.formats.exporters import EXPORTERS, exporter
from clientcfg.guides.files_page import files_page
from clientcfg.guides.sayings import saying
from clientcfg.model.account import Account
from clientcfg.model.client import ClientVersion
from clientcfg.model.export import About, Exported, Exporter, ExportFile, Wanted
from clientcfg.model.mechanism import LOGIN
from clientcfg.model.plan import Content
from clientcfg.model.report import ServerReport
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.words import _, language

PAGE = "read-me.html"


@dataclass(frozen=True, slots=True)
class Making:
    """One person's export, once the servers are known."""

    question: Question
    extras: Extras
    here: Here

    def made(self, client: ClientVersion, settled: Settled, secrets: Secrets) -> ClientExport:
        """Every kind of files that *client* can use, filled.

        Raises a :class:`Trouble` where none of them could be right.
        """
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
        files = tuple(self._filled(file, secrets) for exported in done for file in exported.files)
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
            ShownCode(code.title, fill_file(code.text, secrets).decode())
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
