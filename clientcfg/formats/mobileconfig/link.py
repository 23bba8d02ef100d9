# SPDX-License-Identifier: MPL-2.0
"""The address under which a profile is fetched, for a phone's camera."""

from urllib.parse import urlsplit

from clientcfg.formats.mobileconfig.text import host, written
from clientcfg.formats.qr import draw_png, draw_svg
from clientcfg.model.export import About, ExportFile
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

_LONGEST = 1_000


def link_files(profile: str, url: str, with_password: bool) -> tuple[ExportFile, ...]:
    """A QR code of *url* as PNG and as SVG. Raises :class:`WrongUsage` ("not-a-profile-url")."""
    where = _checked(url)
    title = _("The address of the profile, for a phone’s camera")
    does = (_("The camera of an iPhone or iPad reads it and opens {url}.").format(url=where),)
    does_not = [_("It holds only that address: the profile has to lie there.")]
    if with_password:
        does_not.append(
            _("It protects nothing: whoever has the address gets the profile with the password.")
        )
    steps = (
        _(
            "Put {file} there, so that the web server sends it as application/x-apple-aspen-config."
        ).format(file=profile),
        _("Show or print the picture; scan it with the camera, and let Safari open the address."),
    )
    drawing = About("profile-qr.svg", title, does, tuple(does_not), steps)
    picture = About("profile-qr.png", _("The same as a picture"), does, tuple(does_not))
    return (
        ExportFile(drawing, (draw_svg(where),)),
        ExportFile(picture, (draw_png(where),)),
    )


def _checked(url: str) -> str:
    try:
        written(url, _LONGEST)
        parts = urlsplit(url)
        host(parts.hostname or "")
        bare = parts.username is None and parts.password is None and parts.port != 0
    except (ValueError, WrongUsage):
        bare, parts = False, urlsplit("")
    if not bare or parts.scheme != "https" or not url.isascii() or " " in url:
        raise WrongUsage(
            "not-a-profile-url",
            _(
                "A profile is fetched from an address that begins with https:// and holds no "
                "password."
            ),
            _("For example: --url https://example.org/mail.mobileconfig"),
        )
    return url
