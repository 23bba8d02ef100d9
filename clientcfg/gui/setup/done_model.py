# SPDX-License-Identifier: MPL-2.0
"""Step 5 without Qt: what was set and proved in sentences, and never more than was seen."""

from dataclasses import dataclass
from datetime import datetime

from clientcfg.flows.counted import files_alone
from clientcfg.flows.events import SetUpDone, UndoDone, VerifyDone
from clientcfg.flows.hand_over import HandedOver
from clientcfg.gui.undo_words import puts_back
from clientcfg.gui.words import advice_here
from clientcfg.model.account import Account
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Finished:
    """What step 4 ended with. ``change``: its number in the journal, None: nothing was written.

    ``by_hand``: a person has set it up, by their own word. ``files``: how many were
    changed, None where that is not all.
    """

    name: str
    account: Account
    change: str | None = None
    at: datetime | None = None
    proved: bool = False
    by_hand: bool = False
    files: int | None = None
    command: tuple[str, ...] | None = None

    @property
    def signs_in(self) -> bool:
        """Whether only the program can log in (OAuth 2.0), so that nothing can be proved here."""
        return self.account.outgoing.mechanism in SIGN_INS


def set_up_here(done: SetUpDone, command: tuple[str, ...] | None = None) -> Finished:
    """clientcfg has written it. *command* starts the program."""
    review, entry = done.review, done.entry
    return Finished(
        review.installation.name,
        review.account,
        None if entry is None else entry.id,
        None if entry is None else entry.at,
        review.proved,
        files=None if entry is None else files_alone(entry),
        command=command,
    )


def set_up_by_hand(handed: HandedOver) -> Finished:
    """A person says that they have done it."""
    return Finished(handed.export.client.name, handed.export.account, by_hand=True)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A head: shape, title, explaining line."""

    kind: str
    title: str
    text: str


def when_set(finished: Finished) -> Sentence:
    """The settings are there; nothing is proved yet."""
    name = finished.name
    proved = _("Both servers took the password. ") if finished.proved else ""
    open_end = _("Whether a message really goes out and arrives is not proved yet.")
    if finished.signs_in:
        return Sentence("step", _("{name} is set up. Now sign in there.").format(name=name),
            _("Only {name} can sign in at your provider (OAuth 2.0). Nothing is proved yet: "
              "neither that it may, nor that a message goes out.").format(name=name),
        )  # fmt: skip
    if finished.by_hand:
        title = _("You have set {name} up.").format(name=name)
        words = _("We send a message through the same servers and see whether it arrives.")
        return Sentence("step", title, " ".join((open_end, words)))
    if finished.change is None:
        title = _("{name} was set up like this already.").format(name=name)
        return Sentence("step", title, proved + _("Nothing had to be changed."))
    return Sentence("step", _("{name} is set up.").format(name=name), proved + open_end)


@dataclass(frozen=True, slots=True)
class Guided:
    """One step of a sign-in that only the person can take and see."""

    step: str
    text: str
    caption: str


def sign_in_steps(finished: Finished) -> tuple[Guided, ...]:
    """From opening the program to the first message, for an account that signs in there."""
    name, address = finished.name, str(finished.account.address)
    return (
        Guided(
            "open",
            _("Open {name}").format(name=name),
            _("It fetches your mail, and shows your provider’s page for signing in."),
        ),
        Guided(
            "sign-in",
            _("Sign in there as {address}").format(address=address),
            _("Look at the address of that page first: it has to be your provider’s."),
        ),
        Guided(
            "send",
            _("Write a message to {address} and send it").format(address=address),
            _("A message to yourself, from {name}.").format(name=name),
        ),
        Guided(
            "seen",
            _("Look for it in the inbox"),
            _("It may take a minute; look into the spam folder, too."),
        ),
    )


def when_signed_in(finished: Finished, steps_done: int) -> Sentence:
    """What may be said once the person says that they have done *steps_done* of the steps."""
    if steps_done < len(sign_in_steps(finished)):
        return when_set(finished)
    return Sentence(
        "step",
        _("By your own word, {name} sends and receives.").format(name=finished.name),
        _("We have seen none of it ourselves: only the program can sign in there."),
    )


def when_sign_in_failed(finished: Finished) -> Sentence:
    """The person says that it did not work."""
    return Sentence(
        "unknown",
        _("Then something between {name} and your provider is in the way.").format(
            name=finished.name
        ),
        _(
            "Your provider may want you to allow mail programs first, or your organisation may "
            "have to agree to this one. Ask it for “{name} with OAuth 2.0 over IMAP and SMTP”, or "
            "take it all back with Undo."
        ).format(name=finished.name),
    )


def when_tested(done: VerifyDone, address: str) -> Sentence:
    """What the test message showed."""
    if done.seen:
        return Sentence(
            "ready",
            _("These settings send and receive."),
            _("We sent a message from {address} to itself and saw it arrive.").format(
                address=address
            ),
        )
    if done.seen is None:
        return Sentence(
            "unknown",
            _("The server took the message."),
            _("Whether it arrived was not looked at: there is no server for receiving."),
        )
    return Sentence(
        "unknown",
        _("The message was accepted but has not arrived yet."),
        _("Your settings are right as far as we can see; look into the spam folder."),
    )


def when_test_failed(trouble: Trouble) -> Sentence:
    """The test could not be carried to its end."""
    return Sentence(
        "no" if trouble.status in (1, 4) else "unknown",
        trouble.text,
        " ".join(advice_here(trouble)),
    )


def undo_words(finished: Finished) -> str:
    """What Undo does; empty where nothing was written."""
    if finished.at is None:
        return ""
    time = f"{finished.at.astimezone():%H:%M}"
    back = puts_back(finished.files, time)
    return " ".join((back, _("The mail itself is not touched.")))


def when_undone(done: UndoDone) -> Sentence:
    """It was taken back."""
    name = done.entry.installation.name
    how = (
        _("Every file is again as it was, byte for byte.")
        if done.exact
        else _("{name} had written since, so exactly our settings were taken out.").format(
            name=name
        )
    )
    if done.conflicts:
        kept = ", ".join(c.setting for c in done.conflicts)
        how += " " + _("Left as somebody set it since: {settings}.").format(settings=kept)
    return Sentence("ready", _("Taken back."), how)
