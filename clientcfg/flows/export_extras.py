# SPDX-License-Identifier: MPL-2.0
"""What an export is given as files: the certificates to trust, and the key to sign with."""

from collections.abc import Callable, Iterable
from datetime import datetime

from clientcfg.changes.disk import Disk
from clientcfg.changes.disk_trouble import shown
from clientcfg.formats.mobileconfig.certificates import read_certificates
from clientcfg.formats.mobileconfig.signer import PassphraseWanted, Signer, signer
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.words import _

_TRIES = 3

AskPassphrase = Callable[[str], Secret | None]
"""Asks for the passphrase of a key, with the sentence to ask it; None where nobody answers."""


def authorities_from(paths: Iterable[str], disk: Disk) -> tuple[bytes, ...]:
    """Every certificate in those files, PEM or DER, as DER. Raises :class:`WrongUsage`."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - 50 ms

    return tuple(
        certificate.public_bytes(Encoding.DER)
        for path in paths
        for certificate in read_certificates(read_named(path, disk))
    )


def signer_from(
    certificates: str | None,
    key: str | None,
    disk: Disk,
    at: datetime,
    ask: AskPassphrase,
) -> Signer | None:
    """Who signs, from the two files; None where neither is named.

    Raises :class:`WrongUsage` for one without the other, and :class:`No` where
    the key's passphrase is not to be had.
    """
    if certificates is None and key is None:
        return None
    if certificates is None or key is None:
        raise WrongUsage(
            "key-without-certificate",
            _("To sign, both the certificate and its key are needed."),
            _("Name them with --sign-cert FILE and --sign-key FILE."),
        )
    chain, secret = read_named(certificates, disk), read_named(key, disk)
    passphrase: Secret | None = None
    for _try in range(_TRIES):
        try:
            return signer(chain, secret, at, passphrase)
        except PassphraseWanted as wanted:
            why = _("That is not the passphrase of {file}. Passphrase: ")
            first = _("Passphrase of {file}: ")
            passphrase = ask((why if wanted.wrong else first).format(file=shown(key)))
            if passphrase is None:
                break
    raise No(
        "no-passphrase",
        _("Without the passphrase of {file} nothing can be signed.").format(file=shown(key)),
        _("Type it when asked, in a terminal; it is taken from nowhere else."),
    )


def read_named(path: str, disk: Disk) -> bytes:
    """The file that a person named. Raises :class:`WrongUsage` ("no-such-file")."""
    content = disk.read(disk.real(path))
    if content is None:
        raise WrongUsage(
            "no-such-file",
            _("There is no file {path}.").format(path=shown(path)),
            _("Look at its name and where it lies."),
        )
    return content
