# SPDX-License-Identifier: MPL-2.0
"""``.prf``: a profile file, from which classic Outlook adds an account.

INI, CRLF. ``[AccountN]`` holds the values; the block that ``[Internet Account
List]`` names for it maps each to a property of Microsoft's Account Management
API. A value without a mapping is silently dropped, so both come from one table.
"""

from typing import Final

from clientcfg.formats.outlook.versions import (
    KNOWS_STARTTLS,
    PROFILES_IN_OFFICE,
    SECURE_CONNECTION,
    SEPARATE_USER,
    outlook_number,
)
from clientcfg.formats.plain_text import in_ascii, refuse_hidden, without_accents
from clientcfg.formats.windows_login import (
    implicit_or_25,
    incoming_of,
    refuse_unsuitable,
    same_user,
)
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.model.trouble import No, Refused
from clientcfg.words import _

_Rows = list[tuple[str, str, str | int]]
_TEXT: Final = "PT_UNICODE"
_LONG: Final = "PT_LONG"
_LEAVE_ON_SERVER: Final = 1
_SECONDS: Final = 60
_HEAD: Final = (
    "[General]",
    "Custom=1",
    "ProfileName=Outlook",
    "DefaultProfile=Yes",
    "OverwriteProfile=Append",
    "ModifyDefaultProfileIfPresent=TRUE",
    "BackupProfile=No",
    "",
    "[Service List]",
    "",
    "[Internet Account List]",
)


class OutlookPrf:
    """One file that adds the account; nothing where there is one to be changed."""

    name = "outlook-prf"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file. Raises a :class:`Trouble` for what a ``.prf`` cannot say."""
        if wanted.current is not None:
            # It would become a second account of the same address.
            return Exported(())
        refuse_hidden(account)
        notes = refuse_unsuitable(account, wanted, login_only=False)
        number = outlook_number(wanted.client)
        incoming = _incoming(account, wanted.client.name)
        plain_name = (without_accents(account.name) or "").strip() or str(account.address)
        rows = _rows(account, incoming, plain_name, number, wanted.client.name)
        content = _content(incoming.endpoint.protocol, rows)
        renamed = bool(account.name) and plain_name != account.name
        about = _about(account, wanted, incoming.endpoint.protocol, renamed=renamed)
        return Exported((ExportFile(about, (content,)),), notes)


def _rows(
    account: Account, incoming: ServerLogin, plain_name: str, number: int, program: str
) -> _Rows:
    """Key, its property, its value."""
    outgoing = account.outgoing
    kind = incoming.endpoint.protocol.upper()
    separate = not same_user(account)
    old = number < KNOWS_STARTTLS
    encrypted = outgoing.endpoint.security is not Security.PLAIN
    rows: _Rows = [
        ("AccountName", f"{_TEXT},0x0002", str(account.address)),
        ("DisplayName", f"{_TEXT},0x000B", plain_name),
        ("EmailAddress", f"{_TEXT},0x000C", str(account.address)),
        (f"{kind}Server", f"{_TEXT},0x0100", incoming.endpoint.host),
        (f"{kind}UserName", f"{_TEXT},0x0101", incoming.username),
        (f"{kind}Port", f"{_LONG},0x0104", incoming.endpoint.port),
        (f"{kind}UseSSL", f"{_LONG},0x0105", int(incoming.endpoint.security is Security.TLS)),
        (f"{kind}UseSPA", f"{_LONG},0x0108", 0),
        ("SMTPServer", f"{_TEXT},0x0200", outgoing.endpoint.host),
        ("SMTPPort", f"{_LONG},0x0201", outgoing.endpoint.port),
        # Of this, 2002 and 2003 know only this; 2007 and later know the other, too.
        (
            "SMTPUseSSL",
            f"{_LONG},0x0202",
            int(implicit_or_25(outgoing, program) if old else encrypted),
        ),
        ("SMTPSecureConnection", f"{_LONG},0x020A", SECURE_CONNECTION[outgoing.endpoint.security]),
        ("SMTPUseAuth", f"{_LONG},0x0203", 1),
        ("SMTPAuthMethod", f"{_LONG},0x0208", SEPARATE_USER if separate else 0),
        ("SMTPUseSPA", f"{_LONG},0x0207", 0),
        ("ConnectionType", f"{_LONG},0x000F", 0),
        ("ServerTimeOut", f"{_LONG},0x0209", _SECONDS),
    ]
    if separate:
        rows.append(("SMTPUserName", f"{_TEXT},0x0204", outgoing.username))
    if incoming.endpoint.protocol is Protocol.POP3:
        rows.append(("LeaveOnServer", f"{_LONG},0x1000", _LEAVE_ON_SERVER))
    return rows


def _content(protocol: Protocol, rows: _Rows) -> bytes:
    block = "I_Mail" if protocol is Protocol.POP3 else "IMAP_I_Mail"
    lines = [
        *_HEAD,
        f"Account1={block}",
        "",
        "[Account1]",
        "UniqueService=No",
        *(f"{key}={_value(value)}" for key, _property, value in rows),
        "",
        f"[{block}]",
        f"AccountType={protocol.upper()}",
        *(f"{key}={property_}" for key, property_, _value in rows),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _value(value: str | int) -> str:
    """As it stands behind "="; raises :class:`Refused` for what would be read as another text."""
    text = str(value)
    if not text.isascii() or text != text.strip() or text[:1] in {'"', "'"}:
        raise Refused(
            "not-in-a-prf",
            _("A .prf file cannot hold this name as it is: {name}").format(name=in_ascii(text)),
            _("Add the account by hand."),
        )
    return text


def _incoming(account: Account, program: str) -> ServerLogin:
    incoming = incoming_of(account, program)
    if incoming.endpoint.security is Security.STARTTLS:
        raise No(
            "no-starttls-for-reading",
            _("A .prf file cannot ask for STARTTLS at {server}.").format(server=incoming.endpoint),
            _("Name a server with TLS from the start (993 or 995), or add the account by hand."),
        )
    return incoming


def _about(account: Account, wanted: Wanted, protocol: Protocol, *, renamed: bool) -> About:
    file, program = "outlook.prf", wanted.client.name
    does = [
        _("Adds an account of {address} with both servers and the log-in for sending.").format(
            address=account.address
        )
    ]
    if protocol is Protocol.POP3:
        does.append(_("Mail that is fetched stays on the server, too."))
    does_not = [
        _how_sure(outlook_number(wanted.client), protocol),
        _("It changes no account that is there already: of the same address there would be two."),
        _("It holds no password: {program} asks for it.").format(program=program),
        _("The new Outlook and Outlook on phones take no notice of such a file."),
        _("The certificate of the server has to be trusted by Windows there."),
    ]
    if renamed:
        does_not.append(_("The name is written in plain letters: correct it in the program."))
    steps = (
        _("Close Outlook."),
        _("Press Windows+R and start: {command}").format(
            command=f'outlook.exe /importprf "C:\\…\\{file}"'
        ),
        _("See that the account is there, and type the password when Outlook asks."),
    )
    return About(
        file, _("A new account in {program}").format(program=program), tuple(does),
        tuple(does_not), steps,
    )  # fmt: skip


def _how_sure(number: int, protocol: Protocol) -> str:
    if number < PROFILES_IN_OFFICE:
        return _("Microsoft documents this kind of file for 2002 to 2010; it was not tried here.")
    if number == PROFILES_IN_OFFICE:
        return _("Whether 2013 takes it is reported, not documented: look whether it is there.")
    if protocol is Protocol.POP3:
        return _(
            "Seen to work for POP3 in Outlook 2024; in other versions look whether it is there."
        )
    return _(
        "Whether current Outlooks take an IMAP account from it is not known: look whether it is "
        "there."
    )
