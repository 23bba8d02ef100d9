# SPDX-License-Identifier: MPL-2.0
"""The account as a QR code that the app scans: PNG, SVG, and for a terminal."""

from clientcfg.formats.qr import draw_pictures
from clientcfg.formats.thunderbird_android.qr_payload import payloads
from clientcfg.formats.thunderbird_android.reader_rules import not_trusted_there
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, OnScreen, Wanted
from clientcfg.words import _


class AndroidQr:
    """No password is ever in a picture: only a code on the screen may have it, if asked for."""

    name = "thunderbird-android-qr"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """Two files with the same code. Raises a :class:`Trouble` for what the app would refuse."""
        (content,) = payloads((account,))
        text = b"".join(part for part in content if isinstance(part, bytes)).decode()
        (shown,) = payloads((account,), with_password=wanted.with_password)
        png, svg = draw_pictures(text)
        files = (
            ExportFile(_about(account, "qr.png", _("The account as a QR code, a picture")), (png,)),
            ExportFile(
                _about(account, "qr.svg", _("The account as a QR code, a drawing for print")),
                (svg,),
            ),
        )
        title = _("Scan this in {name}: Settings, Import settings, Scan QR code").format(
            name=wanted.client.name
        )
        notes: tuple[str, ...] = ()
        if wanted.with_password:
            notes = (_("The QR code on the screen has the password in it; the pictures have not."),)
        return Exported(files, notes, (OnScreen(title, shown),))


def _about(account: Account, name: str, title: str) -> About:
    return About(
        name,
        title,
        does=(_("Sets up the account with both its servers, once the app has scanned it."),),
        does_not=(
            _("It holds no password: the app asks for it after the import."),
            _("It does not change an account that is there: scanned twice, there are two."),
            *not_trusted_there(account),
        ),
        steps=(
            _("Show the picture on a screen or on paper: black on white, not in dark mode."),
            _("In the app: Settings, Import settings, Scan QR code. No other scanner will do."),
            _("Type the password when the app asks for it."),
        ),
    )
