# SPDX-License-Identifier: MPL-2.0
"""The main job: find, probe, check, plan, ask, write with a way back."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from clientcfg.changes.apply import apply
from clientcfg.changes.entry import Entry
from clientcfg.changes.show import changes_of
from clientcfg.changes.snapshot import take
from clientcfg.flows.by_verdict import chosen_by_verdict
from clientcfg.flows.choose import (
    Choice,
    agree_on_hosts,
    certificates_agreed_to,
)
from clientcfg.flows.door import Door
from clientcfg.flows.events import Event, ProbeDone, Reviewed, SetUpDone
from clientcfg.flows.here import Here
from clientcfg.flows.meant import meant
from clientcfg.flows.password import what_to_do_first
from clientcfg.flows.plan_file import may_not_write
from clientcfg.flows.probe import probe
from clientcfg.flows.prove import ask_password, log_in_everywhere
from clientcfg.flows.question import Answerer, ClientRuns, Question
from clientcfg.flows.unasked import taken_as_named
from clientcfg.flows.unhurried import unhurried
from clientcfg.flows.unsafe import unencrypted
from clientcfg.model.account import Account, TrustedCertificate
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.place import Snapshot
from clientcfg.model.plan import Format
from clientcfg.model.report import ServerReport
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Refused, Trouble, WrongUsage
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is to be set up, and where.

    ``profile``: the client's settings directory, None for the one that a plain
    start would use. ``store_password``: ask for it, try it, and put it into the
    client's own store; without it the client asks once by itself. ``show_both``:
    a dry run also shows what it would be with the password kept, without asking for it.
    """

    question: Question
    client: str
    profile: str | None = None
    store_password: bool = False
    dry_run: bool = False
    show_both: bool = False


async def set_up(wish: SetUp, answerer: Answerer, here: Here) -> AsyncIterator[Event]:
    """Do it; yields :class:`Reviewed` before anything is written, ends with :class:`SetUpDone`.

    Nothing is changed where a :class:`Trouble` is raised.
    """
    question = wish.question
    if question.address is None:
        raise WrongUsage("no-address", _("To set a program up, clientcfg needs an e-mail address."))
    installation = await _meant(wish, here)
    known = here.catalog.of(installation)
    form = _format_of(known, here)
    settled = _Settled((), None)
    async for step in _settle(question, known, answerer, here):
        if isinstance(step, _Settled):
            settled = step
        else:
            yield step
    choices = settled.choices
    door = Door(question, here.remembered)
    door.refuse_weaker(choices, settled.report)
    secret: Secret | None = None
    signs_in = choices[0].login.mechanism in SIGN_INS
    if wish.store_password and not signs_in:
        why = _("{name} is to keep it in its own password store.").format(name=installation.name)
        secret = await ask_password(choices, answerer, " ".join((why, *settled.first)))
        if question.probe:
            async for event in log_in_everywhere(door, choices, secret):
                yield event
    account = _account(question, settled, store_password=secret is not None)
    proved = secret is not None and question.probe
    job = _Job(account, form, settled, proved, here)
    review, snapshot = job.review(installation)
    yield job.with_both(review, wish)
    if wish.dry_run or not review.plan.steps:
        yield SetUpDone(review, None)
        return
    if not await answerer.go_on(review):
        raise No("not-wanted", _("Nothing was changed, as you wished."))
    if installation.running:
        installation = await _when_closed(installation, wish, answerer, here)
        review, snapshot = job.review(installation)
    yield SetUpDone(review, job.write(review, snapshot, secret))


async def _meant(wish: SetUp, here: Here) -> Installation:
    return meant(await unhurried(here.each_installed()), wish.client, wish.profile, here)


async def _when_closed(
    installation: Installation, wish: SetUp, answerer: Answerer, here: Here
) -> Installation:
    """The same program once it is closed; raises :class:`Refused` where it stays open."""
    while installation.running:
        if not await answerer.wait_for_client(ClientRuns(installation)):
            raise still_running(installation)
        installation = await _meant(wish, here)
    return installation


@dataclass(frozen=True, slots=True)
class _Settled:
    """The servers to use, and what the probe made of this program."""

    choices: tuple[Choice, ...]
    verdict: Verdict | None
    certificates: tuple[TrustedCertificate, ...] = ()
    report: ServerReport | None = None

    @property
    def first(self) -> tuple[str, ...]:
        """What the person has to do, for these settings to work."""
        steps = self.verdict is not None and self.verdict.kind is VerdictKind.NEEDS_STEP
        return self.advice if steps else ()

    @property
    def advice(self) -> tuple[str, ...]:
        """The same with what to think of in time."""
        return () if self.verdict is None else what_to_do_first(self.verdict.advice)


async def _settle(
    question: Question, known: ClientVersion, answerer: Answerer, here: Here
) -> AsyncIterator[Event | _Settled]:
    """Find and probe, or take the servers as named; ends with :class:`_Settled`."""
    if not question.probe:
        yield _Settled(taken_as_named(question), None)
        return
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            verdict = here.verdict(event.report, known, question)
            choices = chosen_by_verdict(question, event, known, verdict)
            await agree_on_hosts(choices, question, answerer)
            certificates = certificates_agreed_to(question, event, choices)
            yield _Settled(choices, verdict, certificates, event.report)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is settled before the settings are looked at; they may be looked at twice."""

    account: Account
    form: Format
    settled: _Settled
    proved: bool
    here: Here

    def review(self, installation: Installation) -> tuple[Reviewed, Snapshot]:
        """The plan against what is there now."""
        places = self.form.needs(installation)
        snapshot = take(places, self.here.disk, self.here.now(), self.here.registry)
        plan = self.form.plan(self.account, installation, snapshot)
        logins = (self.account.outgoing, self.account.incoming)
        clear = unencrypted(login for login in logins if login is not None)
        plan = replace(plan, notes=(*plan.notes, *self.settled.advice, *clear))
        changes = changes_of(plan, snapshot)
        verdict = self.settled.verdict
        review = Reviewed(self.account, installation, verdict, plan, changes, self.proved)
        return review, snapshot

    def with_both(self, review: Reviewed, wish: SetUp) -> Reviewed:
        """The same with the plan that keeps the password beside it, where *wish* asks for both."""
        signs_in = self.account.outgoing.mechanism in SIGN_INS
        if not (wish.dry_run and wish.show_both) or signs_in:
            return review
        account = replace(self.account, store_password=True)
        try:
            kept = replace(self, account=account).review(review.installation)[0]
        except Trouble as trouble:
            return replace(review, keeping=trouble)
        return replace(review, keeping=kept)

    def write(self, review: Reviewed, snapshot: Snapshot, secret: Secret | None) -> Entry | None:
        """Carry the plan out, with a way back."""
        here = self.here
        try:
            return apply(
                review.plan,
                format_name=self.form.name,
                installation=review.installation,
                address=str(self.account.address),
                snapshot=snapshot,
                secrets={} if secret is None else {"password": secret},
                journal=here.journal,
                guard=here.guard(review.installation),
                now=here.now(),
                encoders=here.encoders(review.installation),
                by=here.by,
            )
        except No as trouble:
            if trouble.code == "no-permission":
                raise may_not_write(trouble, review, here) from trouble
            raise


def still_running(installation: Installation) -> Refused:
    """The sentence for a program that is open."""
    return Refused(
        "client-running",
        _("{name} is open, and would overwrite what is written now.").format(
            name=installation.name
        ),
        _("Close it, then do the same again."),
    )


def _format_of(known: ClientVersion, here: Here) -> Format:
    form = here.formats.get(known.format or "")
    if form is None:
        raise No(
            "no-format",
            _("clientcfg cannot write the settings of {name} itself.").format(name=known.name),
        )
    return form


def _account(question: Question, settled: _Settled, *, store_password: bool) -> Account:
    choices = settled.choices
    assert question.address is not None  # noqa: S101 - set_up refuses to start without one
    return Account(
        address=question.address,
        name=question.real_name or "",
        outgoing=choices[0].login,
        incoming=choices[1].login if len(choices) > 1 else None,
        store_password=store_password,
        trusted_certificates=settled.certificates,
        accept_weaker=choices[0].login.endpoint.host in question.accepted_weaker,
    )
