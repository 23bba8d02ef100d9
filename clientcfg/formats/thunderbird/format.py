# SPDX-License-Identifier: MPL-2.0
"""The three pure functions of the format: what it must see, what it would change, how back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clientcfg.formats.prefs_js import Document, parse
from clientcfg.formats.prefs_js_text import PrefValue, same
from clientcfg.formats.thunderbird.accounts import Accounts
from clientcfg.formats.thunderbird.certificates import exceptions_for
from clientcfg.formats.thunderbird.changes import Change, change_for
from clientcfg.formats.thunderbird.logins import with_logins
from clientcfg.formats.thunderbird.new_profile import NAME, with_install, with_profile
from clientcfg.formats.thunderbird.revert import revert
from clientcfg.formats.thunderbird.said import folders_of, servers_of, summary
from clientcfg.formats.thunderbird.weaker import refuse_weaker
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.client import Installation
from clientcfg.model.place import FilePlace, Snapshot
from clientcfg.model.plan import Companion, FileStep, Plan
from clientcfg.model.secret import SecretName
from clientcfg.model.trouble import No, Refused
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one profile, and the lists of profiles where one has to be made."""

    prefs: FilePlace
    user: FilePlace
    logins: FilePlace
    keys: FilePlace
    overrides: FilePlace
    profiles: FilePlace | None = None
    installs: FilePlace | None = None

    @classmethod
    def of(cls, installation: Installation) -> "Places":
        """The places of the profile that a plain start uses, or of the one to be made."""
        root = installation.profile_root or ""
        folder = installation.profile or f"{root}/{NAME}"
        within = installation.profile or root

        def at(name: str, *, sensitive: bool = False) -> FilePlace:
            return FilePlace(f"{folder}/{name}", within, sensitive)

        made = installation.profile is None
        return cls(
            prefs=at("prefs.js"),
            user=at("user.js"),
            logins=at("logins.json", sensitive=True),
            keys=at("key4.db", sensitive=True),
            overrides=at("cert_override.txt"),
            profiles=FilePlace(f"{root}/profiles.ini", root) if made else None,
            installs=FilePlace(f"{root}/installs.ini", root) if made else None,
        )

    def all(self) -> tuple[FilePlace, ...]:
        """Every place there is."""
        everything = (
            self.prefs, self.user, self.logins, self.keys, self.overrides,
            self.installs, self.profiles,
        )  # fmt: skip
        return tuple(place for place in everything if place is not None)


class Thunderbird:
    """Settings of Thunderbird, Betterbird and SeaMonkey's newer kin; see the package."""

    name = "thunderbird"

    def needs(self, installation: Installation) -> tuple[FilePlace, ...]:
        """The profile's settings and login store; the lists of profiles where it has none."""
        return Places.of(installation).all()

    def plan(self, account: Account, installation: Installation, snapshot: Snapshot) -> Plan:
        """Add the account, or put sending right where the address has one.

        Raises :class:`No` and :class:`Refused` with a sentence where that
        cannot be done or would not be safe.
        """
        places = Places.of(installation)
        made = places.profiles is not None
        if made and snapshot.content(places.prefs) is not None:
            raise Refused(
                "profile-in-the-way",
                _("There is a profile {path} already that Thunderbird does not use.").format(
                    path=places.prefs.path
                ),
                _("Name the profile that is meant with --profile PATH."),
            )
        document = parse(snapshot.content(places.prefs) or b"")
        seen = Accounts.of(document)
        refuse_weaker(account, seen)
        change = change_for(account, seen)
        changed = {
            name: value
            for name, value in change.prefs.items()
            if not same(document.get(name), value)
        }
        _refuse_user_js(parse(snapshot.content(places.user) or b""), change.prefs)
        steps: list[FileStep] = []
        guids: tuple[str, ...] = ()
        if account.store_password:
            steps, guids = _login_steps(account, change, document, places, snapshot)
        exceptions = exceptions_for(
            account,
            snapshot.content(places.overrides),
            document.values,
            incoming=change.incoming,
        )
        if exceptions.data is not None:
            why = _("the certificate that you trust")
            steps.append(_step(places.overrides, snapshot, exceptions.data, why))
        if changed:
            steps.append(
                _step(
                    places.prefs,
                    snapshot,
                    document.edit(changed),
                    _("the account") if change.added_account else _("the outgoing server"),
                )
            )
        if made:
            steps += _profile_steps(places, snapshot, installation)
        record = {
            # Also what is as it should be already: whoever changes it later has made
            # the server theirs, and an undo must see that.
            "prefs": {
                name: {"before": document.get(name), "ours": value}
                for name, value in change.prefs.items()
            },
            "made": {family: list(keys) for family, keys in change.made.items()},
            "logins": list(guids),
            "exceptions": exceptions.record,
            "profile": places.prefs.path.rpartition("/")[0],
        }
        servers = servers_of(account, change) if steps else ()
        return Plan(
            tuple(steps),
            summary(account, change, changed, exceptions, servers, made=made),
            _notes(document),
            record,
            servers=servers,
            folders=folders_of(account, change),
        )

    def revert(
        self,
        installation: Installation,
        now: Snapshot,
        record: Mapping[str, Any],
        before: Snapshot | None,  # noqa: ARG002 - the record holds all old values
        *,
        force: bool = False,
    ) -> Plan:
        """Take our account or our values out of a profile that was used since."""
        places = Places.of(installation)
        return revert(places.prefs, places.logins, places.overrides, now, record, force=force)


def _step(place: FilePlace, snapshot: Snapshot, content: bytes, why: str) -> FileStep:
    return FileStep(place, snapshot.states[place].digest, (content,), why)


def _login_steps(
    account: Account, change: Change, document: Document, places: Places, snapshot: Snapshot
) -> tuple[list[FileStep], tuple[str, ...]]:
    if document.get("signon.rememberSignons") is False:
        raise No(
            "passwords-not-kept",
            _("This Thunderbird is set to keep no passwords."),
            _("Leave the password out: Thunderbird then asks for it."),
        )
    logins: list[tuple[ServerLogin, SecretName]] = [(account.outgoing, "password")]
    if change.incoming and account.incoming is not None:
        logins.append((account.incoming, "password"))
    content, guids = with_logins(
        snapshot.content(places.logins), logins, snapshot.taken_at, places.prefs.path
    )
    steps = [
        FileStep(
            places.keys,
            snapshot.states[places.keys].digest,
            (Companion("nss-sdr", "key4.db"),),
            _("the key of the password store"),
        ),
        FileStep(
            places.logins,
            snapshot.states[places.logins].digest,
            content,
            _("the password, encrypted by Thunderbird’s own library"),
        ),
    ]
    return steps, guids


def _profile_steps(
    places: Places, snapshot: Snapshot, installation: Installation
) -> list[FileStep]:
    """Last, for these lines switch Thunderbird to the new profile."""
    assert places.profiles is not None  # noqa: S101 - asked for only where it is made
    assert places.installs is not None  # noqa: S101
    why = _("the new profile, as the one that Thunderbird opens")
    program = installation.program
    installs = with_install(snapshot.content(places.installs), program)
    profiles = with_profile(snapshot.content(places.profiles), program)
    return [
        _step(places.installs, snapshot, installs, why),
        _step(places.profiles, snapshot, profiles, why),
    ]


def _refuse_user_js(user: Document, prefs: Mapping[str, PrefValue]) -> None:
    """A user.js is applied at each start, so it would take back what we write."""
    for name, value in prefs.items():
        fixed = user.get(name)
        if fixed is not None and not same(fixed, value):
            raise Refused(
                "user-js",
                _(
                    "The file user.js of this profile sets {name} at every start, so a change "
                    "of it would not last."
                ).format(name=name),
                _("Take that line out of user.js first."),
            )


def _notes(document: Document) -> tuple[str, ...]:
    if not document.faults:
        return ()
    return (
        _("prefs.js has something in line {line} that Thunderbird skips; it is left as it is.")
        .format(line=document.line(document.faults[0])),
    )  # fmt: skip
