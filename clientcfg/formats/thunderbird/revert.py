# SPDX-License-Identifier: MPL-2.0
"""Taking our settings out of a profile that Thunderbird has written since."""

from collections.abc import Mapping, Sequence
from typing import Any

from clientcfg.formats.prefs_js import Document, parse
from clientcfg.formats.prefs_js_text import PrefValue, same
from clientcfg.formats.thunderbird.accounts import (
    ACCOUNTS,
    DEFAULT_ACCOUNT,
    DEFAULT_SMTP,
    SMTP_SERVERS,
    Accounts,
    branch_of,
)
from clientcfg.formats.thunderbird.certificates import all_exceptions, without_exceptions
from clientcfg.formats.thunderbird.logins import without_logins
from clientcfg.model.place import FilePlace, Snapshot
from clientcfg.model.plan import Conflict, FileStep, Plan
from clientcfg.words import _

# Comma lists and defaults are not put back but cleaned of our keys.
_LISTS = {ACCOUNTS: "account", SMTP_SERVERS: "smtpserver"}
_DEFAULTS = {DEFAULT_ACCOUNT: "account", DEFAULT_SMTP: "smtpserver"}

# What a person means by an account. Thunderbird rewrites the rest by itself
# (folders, names), so only a change of these stops an undo of ours.
_TELLING = frozenset(
    {"hostname", "port", "try_ssl", "socketType", "authMethod", "username", "userName", "useremail"}
)
# One account is one thing: these families go or stay together.
_TOGETHER = frozenset({"account", "identity", "server"})


def revert(
    prefs_js: FilePlace,
    logins_json: FilePlace,
    cert_override_txt: FilePlace,
    now: Snapshot,
    record: Mapping[str, Any],
    *,
    force: bool,
) -> Plan:
    """The plan that takes out what *record* says we put in.

    An account or server of ours in which somebody changed a telling setting
    is left whole, and the setting named; so is an old server of which somebody
    changed a setting again. With *force* all of it goes.
    """
    document = parse(now.content(prefs_js) or b"")
    job = _Revert(document, record, force=force)
    job.run()
    edited = document.edit(job.changes, job.dropped.__contains__)
    held = now.content(cert_override_txt)
    exceptions = without_exceptions(
        held or b"", all_exceptions(record), parse(edited).values, force=force
    )
    steps: list[FileStep] = []
    stays = bool(job.conflicts) and not force
    logins = None if stays else without_logins(now.content(logins_json), tuple(record["logins"]))
    if logins is not None:
        why = _("our passwords, taken out")
        steps.append(FileStep(logins_json, now.states[logins_json].digest, (logins,), why))
    if edited != document.data:
        why = _("our settings, taken out")
        steps.append(FileStep(prefs_js, now.states[prefs_js].digest, (edited,), why))
    if held is not None and exceptions.data != held and not stays:
        why = _("the certificate that you trusted, taken out")
        content = None if exceptions.data is None else (exceptions.data,)
        before = now.states[cert_override_txt].digest
        steps.append(FileStep(cert_override_txt, before, content, why))
    left = {"exceptions": exceptions.left} if exceptions.left else {}
    return Plan(tuple(steps), record=left, conflicts=(*job.conflicts, *exceptions.conflicts))


class _Revert:
    """Works out ``changes`` and ``dropped`` names, and the ``conflicts`` on the way."""

    def __init__(self, document: Document, record: Mapping[str, Any], *, force: bool) -> None:
        self._now = document
        self._seen = Accounts.of(document)
        self._force = force
        self._prefs: Mapping[str, Mapping[str, PrefValue | None]] = record["prefs"]
        self._made: Mapping[str, list[str]] = record["made"]
        self.changes: dict[str, PrefValue] = {}
        self.dropped: set[str] = set()
        self.conflicts: list[Conflict] = []
        self._kept: set[tuple[str, str]] = set()

    def run(self) -> None:
        for family, keys in self._made.items():
            for key in keys:
                self._judge(family, key)
        if any(family in _TOGETHER for family, _key in self._kept):
            self._kept |= {(f, k) for f in _TOGETHER for k in self._made.get(f, ())}
            # The account that stays needs the server that it sends through.
            self._kept |= {("smtpserver", k) for k in self._made.get("smtpserver", ())}
        gone = {
            (family, key)
            for family, keys in self._made.items()
            for key in keys
            if (family, key) not in self._kept
        }
        for family, key in gone:
            branch = branch_of(family, key)
            self.dropped |= {name for name in self._now.values if name.startswith(branch)}
        self._clean_lists(gone)
        self._put_back(
            [
                name
                for name in self._prefs
                if name not in _LISTS and name not in _DEFAULTS and not self._is_in_made(name)
            ]
        )

    def _judge(self, family: str, key: str) -> None:
        """Whether somebody made a thing of ours their own since."""
        branch = branch_of(family, key)
        for name, value in self._prefs.items():
            if name.startswith(branch) and name[len(branch) :] in _TELLING:
                now = self._now.get(name)
                # What is missing altogether was deleted with its account.
                if now is not None and not same(now, value["ours"]):
                    self._conflict(name, (family, key))
        if family == "smtpserver":
            ours = set(self._made.get("identity", ())) | {
                name.split(".")[2] for name in self._prefs if name.endswith(".smtpServer")
            }
            for identity in self._seen.identities():
                name = f"mail.identity.{identity}.smtpServer"
                if identity not in ours and self._now.get(name) == key:
                    self._conflict(name, (family, key))

    def _conflict(self, name: str, thing: tuple[str, str] | None) -> None:
        if self._force:
            return
        held = self._prefs.get(name, {"before": None, "ours": None})
        self.conflicts.append(
            Conflict(name, _text(held["before"]), _text(held["ours"]), _text(self._now.get(name)))
        )
        if thing is not None:
            self._kept.add(thing)

    def _clean_lists(self, gone: set[tuple[str, str]]) -> None:
        for name, family in _LISTS.items():
            keys = self._seen.keys(name)
            left = tuple(k for k in keys if (family, k) not in gone)
            held = self._prefs.get(name)
            if held is not None and not self._kept and same(self._now.get(name), held["ours"]):
                self._set(name, held["before"])
            elif left != keys:
                self._set(name, ",".join(left) or None)
        for name, family in _DEFAULTS.items():
            key = self._seen.text(name)
            if key is not None and (family, key) in gone:
                # We set a default only where there was none, so what was before is no key.
                self._set(name, self._prefs.get(name, {}).get("before"))

    def _put_back(self, names: Sequence[str]) -> None:
        """Old settings that we changed: their old values, unless somebody changed them again.

        A server is one thing: with another host name of the person's own, our
        old "no encryption" would send the password there in the clear.
        """
        changed_again = [] if self._force else [n for n in names if self._is_changed_again(n)]
        for name in changed_again:
            self._conflict(name, None)
        theirs = {name.rpartition(".")[0] for name in changed_again}
        for name in names:
            untouched = same(self._now.get(name), self._prefs[name]["ours"])
            if self._force or (untouched and name.rpartition(".")[0] not in theirs):
                self._set(name, self._prefs[name]["before"])

    def _is_changed_again(self, name: str) -> bool:
        now, value = self._now.get(name), self._prefs[name]
        return name.rpartition(".")[2] in _TELLING | {"smtpServer"} and not (
            same(now, value["ours"]) or same(now, value["before"])
        )

    def _is_in_made(self, name: str) -> bool:
        return any(
            name.startswith(branch_of(family, key))
            for family, keys in self._made.items()
            for key in keys
        )

    def _set(self, name: str, value: PrefValue | None) -> None:
        if value is None:
            self.dropped.add(name)
        elif not same(self._now.get(name), value):
            self.changes[name] = value


def _text(value: PrefValue | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
