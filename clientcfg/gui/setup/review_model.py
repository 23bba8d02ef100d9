# SPDX-License-Identifier: MPL-2.0
"""Step 4 without Qt: what will be set, in words."""

from dataclasses import dataclass

from clientcfg.flows.events import Reviewed
from clientcfg.gui.words import port_line
from clientcfg.model.account import ServerLogin
from clientcfg.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the card: icon, name, value, caption."""

    glyph: str
    name: str
    strong: str
    caption: str


def title(review: Reviewed) -> str:
    """The head of the page."""
    name = review.installation.name
    if not review.plan.steps:
        return _("{name} is set up like this already.").format(name=name)
    return _("This will be set in {name}").format(name=name)


def rows(review: Reviewed) -> tuple[Row, ...]:
    """The servers and the user name."""
    account = review.account
    found = [_server("send", _("Sending"), account.outgoing)]
    if account.incoming is not None:
        found.append(_server("inbox", _("Receiving"), account.incoming))
    names = tuple(
        dict.fromkeys(login.username for login in (account.outgoing, account.incoming) if login)
    )
    found.append(
        Row(
            "user",
            _("Signs in as"),
            ", ".join(names),
            _("Mechanism {m}").format(m=account.outgoing.mechanism),
        )
    )
    return tuple(found)


def _server(glyph: str, name: str, login: ServerLogin) -> Row:
    return Row(glyph, name, login.endpoint.host, port_line(login.endpoint))


def sentences(review: Reviewed) -> tuple[str, ...]:
    """What the plan says beside the servers, which have rows of their own."""
    return tuple(line for line in review.plan.summary if ": " not in line)


def amount(review: Reviewed) -> str:
    """How much the exact changes are."""
    lines = sum(
        line[:1] in "+-" and line[:3] not in ("+++", "---")
        for change in review.changes
        for line in change.diff.splitlines()
        if line
    )
    files = len(review.changes)
    return _("{files} and {lines}").format(
        files=ngettext("{n} file", "{n} files", files).format(n=files),
        lines=ngettext("{n} line", "{n} lines", lines).format(n=lines),
    )


def exact(review: Reviewed) -> str:
    """Every change as text, secrets as dots."""
    parts = []
    for change in review.changes:
        parts += [change.where, change.why, change.diff, ""]
    return "\n".join(parts).rstrip()


def asks_for_password(review: Reviewed) -> str:
    """Where a password would be kept."""
    return _("Kept in {name}’s own password store, nowhere else.").format(
        name=review.installation.name
    )


def same_but_password(shown: Reviewed, new: Reviewed) -> bool:
    """Whether *new* does what *shown* said, apart from storing the password agreed to."""
    before, after = set(sentences(shown)), set(sentences(new))
    diffs = {change.where: change.diff for change in new.changes}
    seen = {change.where: change.diff for change in shown.changes}
    more = diffs.keys() - seen.keys()
    return (
        shown.account.outgoing == new.account.outgoing
        and shown.account.incoming == new.account.incoming
        and shown.installation.profile == new.installation.profile
        and all(diffs.get(where) == diff for where, diff in seen.items())
        and (new.account.store_password or (before == after and not more))
    )
