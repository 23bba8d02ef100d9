# SPDX-License-Identifier: MPL-2.0
"""Step 4 without Qt: what will be set, in words; what a person takes along where we don't."""

from dataclasses import dataclass

from clientcfg.flows.events import Reviewed
from clientcfg.flows.hand_over import PHONE, HandedOver
from clientcfg.gui.setup.program_model import Card
from clientcfg.gui.words import port_line
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.place import FilePlace
from clientcfg.model.plan import Folders
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

# The icon of the row that says who signs in, and with what.
USER = "user"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the card: icon, name, value, caption. ``wraps``: the value may take two lines."""

    glyph: str
    name: str
    strong: str
    caption: str
    wraps: bool = False


def title(review: Reviewed) -> str:
    """The head of the page."""
    name = review.installation.name
    if not review.plan.steps:
        return _("{name} is set up like this already.").format(name=name)
    return _("This will be set in {name}").format(name=name)


def text(review: Reviewed) -> str:
    """The line below it: what is made, and that it is not yet."""
    if not review.plan.steps:
        return _("Nothing has to be changed.")
    made = told(review)[:1]
    return " ".join((*made, _("Nothing is changed yet. All of it can be undone.")))


def rows(account: Account, folders: Folders | None = None) -> tuple[Row, ...]:
    """The servers, the user name, and the *folders* of a new account where they are known."""
    found = [_server("send", _("Sending"), account.outgoing)]
    if account.incoming is not None:
        found.append(_server("inbox", _("Receiving"), account.incoming))
    names = tuple(
        dict.fromkeys(login.username for login in (account.outgoing, account.incoming) if login)
    )
    found.append(Row(USER, _("Signs in as"), ", ".join(names), signs_in_with(account)))
    if folders is not None:
        found.append(_folders(folders))
    return tuple(found)


def signs_in_with(account: Account, *, below: bool = False) -> str:
    """What it signs in with. *below*: the password is typed on the same page."""
    if signs_in(account):
        return _("In the browser (OAuth 2.0); there is no password to store.")
    return _("With the password below") if below else _("With your password")


def _folders(folders: Folders) -> Row:
    # As the program shows them to a person; on the server they keep their own names.
    shown = {"Sent": _("Sent"), "Drafts": _("Drafts"), "Templates": _("Templates")}
    names = ", ".join(shown.get(name, name) for name in folders.names)
    where = _("Kept on the server") if folders.on_server else _("Kept on this computer")
    return Row("folder", _("Folders"), names, where, wraps=True)


def _server(glyph: str, name: str, login: ServerLogin) -> Row:
    return Row(glyph, name, login.endpoint.host, port_line(login.endpoint))


def signs_in(account: Account) -> bool:
    """Whether only the program itself can log in (OAuth 2.0)."""
    return account.outgoing.mechanism in SIGN_INS


def waits(review: Reviewed) -> bool:
    """Whether the program has to be closed before anything can be written."""
    return bool(review.installation.running and review.plan.steps)


def button_words(review: Reviewed) -> str:
    """What the primary button does."""
    if not review.plan.steps:
        return _("&Continue")
    return _("&Wait and set up") if waits(review) else _("&Set up now")


def shown(review: Reviewed, *, keep: bool) -> Reviewed:
    """The plan as it is with the password kept in the program's store, or without."""
    kept = review.keeping
    return kept if keep and isinstance(kept, Reviewed) else review


def may_keep(review: Reviewed) -> bool:
    """Whether there is a password that the program's store could take."""
    return bool(review.plan.steps) and not signs_in(review.account)


def why_not_kept(review: Reviewed) -> str:
    """Why the program's store cannot take it; empty where it can."""
    kept = review.keeping
    return kept.text if isinstance(kept, Trouble) else ""


def sentences(review: Reviewed) -> tuple[str, ...]:
    """What the plan says beside the servers, which have rows of their own."""
    in_rows = {one.said for one in review.plan.servers}
    return tuple(line for line in review.plan.summary if line not in in_rows)


def told(review: Reviewed) -> tuple[str, ...]:
    """Those that hold with the password kept and without; the others stand at the switch."""
    kept = review.keeping
    if not isinstance(kept, Reviewed):
        return sentences(review)
    also = sentences(kept)
    return tuple(line for line in sentences(review) if line in also)


def without_password(review: Reviewed) -> str:
    """What comes of the password where the program's store does not get it."""
    common = told(review)
    return " ".join(line for line in sentences(review) if line not in common)


def where_kept(review: Reviewed) -> str:
    """What is done with a password that is typed here."""
    return _(
        "It is tried at your servers first, then kept in {name}’s own password store, nowhere else."
    ).format(name=review.installation.name)


def same_but_store(shown: Reviewed, new: Reviewed) -> bool:
    """Whether *new* does just what *shown* said.

    The store's own files are encrypted anew each time, so of those only the
    names are compared.
    """
    store = _store_of(shown)
    before = {c.where: c.diff for c in shown.changes if c.where not in store}
    after = {c.where: c.diff for c in new.changes if c.where not in store}
    return (
        shown.account == new.account
        and shown.installation.profile == new.installation.profile
        and sentences(shown) == sentences(new)
        and before == after
        and _places(shown) == _places(new)
    )


def _places(review: Reviewed) -> frozenset[str]:
    return frozenset(change.where for change in review.changes)


def _store_of(review: Reviewed) -> frozenset[str]:
    """The places that only a kept password touches."""
    if not review.account.store_password:
        return frozenset()
    places = (step.place for step in review.plan.steps)
    sensitive = (p.path for p in places if isinstance(p, FilePlace) and p.sensitive)
    return frozenset(sensitive) & _places(review)


@dataclass(frozen=True, slots=True)
class Handing:
    """A program that a person sets up: what they get. ``first`` is "file", "guide" or "code"."""

    title: str
    text: str
    notes: tuple[str, ...]
    first: str
    rows: tuple[Row, ...]


def handing(card: Card, handed: HandedOver, *, codes: bool) -> Handing:
    """What is offered for *card*."""
    export = handed.export
    first = "file" if export.files else "guide"
    if codes and export.client.id == PHONE:
        first = "code"
    text = _("{why} Take the settings along as a file, or type them in.")
    if first == "code":
        text = _("{why} Its camera reads the settings from a code that we show.")
    elif first == "guide":
        text = _("{why} We show where each setting goes.")
    return Handing(
        _("Settings for {name}").format(name=card.title),
        text.format(why=card.blocked).strip(),
        tuple(dict.fromkeys(export.notes)),
        first,
        rows(export.account),
    )
