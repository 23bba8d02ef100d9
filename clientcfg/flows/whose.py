# SPDX-License-Identifier: MPL-2.0
"""Who runs clientcfg, and whose home and keyring it therefore uses."""

from collections.abc import Mapping
from pathlib import Path

from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.paths import anchor, held
from clientcfg.model.trouble import WrongUsage
from clientcfg.system import WINDOWS, is_root, user_name, user_number
from clientcfg.words import _

_HOME = "USERPROFILE" if WINDOWS else "HOME"


def by(environ: Mapping[str, str]) -> str:
    """The name of the user whose rights clientcfg has; under sudo also who asked for them."""
    number, asked = user_number(), _behind_sudo(environ)
    if number is None:
        return shown(environ.get("USERNAME", ""))
    name = user_name(number) or str(number)
    return name if asked is None else f"{name} (sudo, {asked})"


def sudo_note(environ: Mapping[str, str], home: Path) -> str | None:
    """What a person who used sudo should know before anything is done; None without sudo."""
    asked = _behind_sudo(environ)
    if asked is None:
        return None
    return _(
        "Started with sudo: this uses the home {home} and the keyring of root, not those of "
        "{user}. For the programs of {user}, start clientcfg without sudo."
    ).format(home=shown(str(home)), user=asked)


def trusted_users(environ: Mapping[str, str]) -> frozenset[int] | None:
    """Whose plan files are carried out: our own, and of the person behind sudo.

    None where files do not tell whose they are by a number (Windows).
    """
    own, number = user_number(), environ.get("SUDO_UID", "")
    behind = {int(number)} if _behind_sudo(environ) and number.isdecimal() else set()
    return None if own is None else frozenset({own, *behind})


def home_of(environ: Mapping[str, str]) -> Path:
    """The home directory, whether it is there or not.

    Raises :class:`WrongUsage` ("no-home") where nothing says which it is.
    """
    said = environ.get(_HOME)
    if said is None:
        try:
            return Path.home()
        except RuntimeError:
            said = ""
    if not anchor(held(said)):
        raise WrongUsage(
            "no-home",
            _(
                "clientcfg cannot tell which home directory is yours ({variable} is “{home}”)."
            ).format(variable=_HOME, home=shown(said)),
            _("Set {variable} to the full path of your home directory.").format(variable=_HOME),
        )
    return Path(said)


def need_home(home: Path) -> None:
    """Raise :class:`WrongUsage` ("no-home") where *home* is not a directory."""
    try:
        there = home.is_dir()
    except OSError:
        there = False
    if not there:
        raise WrongUsage(
            "no-home",
            _("Your home directory {home} is not there, so there are no settings in it.").format(
                home=shown(str(home))
            ),
            _("Set {variable} to the full path of your home directory.").format(variable=_HOME),
        )


def _behind_sudo(environ: Mapping[str, str]) -> str | None:
    user = environ.get("SUDO_USER")
    return shown(user) if user and user != "root" and is_root() else None
