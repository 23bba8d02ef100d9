# SPDX-License-Identifier: MPL-2.0
"""A local Autodiscover answer, and the ``.reg`` that steers classic Outlook to it.

What is left out is dangerous (Microsoft's pages on the elements): ``SPA`` and
``SSL`` are on, and ``LoginName`` is only what stands before the @. STARTTLS is
``Encryption`` TLS without ``SSL``. The local file is the first thing that Outlook
16.0 asks when ``PreferLocalXML`` is set, so its question to Microsoft 365 need
not be forbidden, which would hurt other accounts of the person.
"""

import xml.etree.ElementTree as ET
from typing import Final

from clientcfg.formats.outlook.versions import SIMPLE_DIALOG, outlook_number
from clientcfg.formats.outlook_express.account import stored
from clientcfg.formats.plain_text import refuse_hidden
from clientcfg.formats.reg.change import KeyChange
from clientcfg.formats.reg.write import reg_5
from clientcfg.formats.windows_login import incoming_of, refuse_unsuitable, same_user
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.model.registry import USER, RegistryValue
from clientcfg.words import _

_OUTER: Final = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
_INNER: Final = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
_FOLDER: Final = "C:\\ProgramData\\clientcfg"
STEER, UNDO = "steer-autodiscover.reg", "steer-autodiscover-undo.reg"


class OutlookAutodiscover:
    """The answer, the ``.reg`` that leads to it, and its undo; for a new account only."""

    name = "outlook-autodiscover"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """Three files. Raises a :class:`Trouble` where no answer could be right."""
        if wanted.current is not None:
            return Exported(())
        refuse_hidden(account)
        notes = refuse_unsuitable(account, wanted, login_only=False)
        incoming = incoming_of(account, wanted.client.name)
        domain = account.address.domain
        answer = f"autodiscover-{domain}.xml"
        steering = _steering(domain, f"{_FOLDER}\\{answer}", outlook_number(wanted.client))
        back = [KeyChange(one.key, dict.fromkeys(one.values)) for one in steering]
        files = (
            ExportFile(_about_answer(answer, account), (_answer(account, incoming),)),
            ExportFile(_about_steering(answer, domain), (reg_5(steering),)),
            ExportFile(_about_undo(), (reg_5(back),)),
        )
        return Exported(files, notes)


def _steering(domain: str, path: str, number: int) -> list[KeyChange]:
    outlook = f"{USER}\\Software\\Microsoft\\Office\\{number}.0\\Outlook"
    changes = [KeyChange(f"{outlook}\\AutoDiscover", stored({domain: path, "PreferLocalXML": 1}))]
    if number >= SIMPLE_DIALOG:
        # The simplified dialog asks Microsoft's cloud, and often ignores an answer for IMAP.
        simple: dict[str, RegistryValue | None] = {
            "DisableOffice365SimplifiedAccountCreation": RegistryValue.dword(1)
        }
        changes.append(KeyChange(f"{outlook}\\Setup", simple))
    return changes


def _answer(account: Account, incoming: ServerLogin) -> bytes:
    root = ET.Element("Autodiscover", {"xmlns": _OUTER})
    response = ET.SubElement(root, "Response", {"xmlns": _INNER})
    if account.name:
        ET.SubElement(ET.SubElement(response, "User"), "DisplayName").text = account.name
    inside = ET.SubElement(response, "Account")
    _add(inside, {"AccountType": "email", "Action": "settings"})
    _add(ET.SubElement(inside, "Protocol"), _protocol(incoming))
    sending = {"UsePOPAuth": "on" if same_user(account) else "off", "SMTPLast": "off"}
    _add(ET.SubElement(inside, "Protocol"), {**_protocol(account.outgoing), **sending})
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _protocol(login: ServerLogin) -> dict[str, str]:
    endpoint = login.endpoint
    encryption = {
        Security.TLS: {"SSL": "on"},
        Security.STARTTLS: {"Encryption": "TLS"},
        Security.PLAIN: {"SSL": "off"},
    }[endpoint.security]
    return {
        "Type": Protocol(endpoint.protocol).upper(),
        "Server": endpoint.host,
        "Port": str(endpoint.port),
        "LoginName": login.username,
        "DomainRequired": "off",
        "SPA": "off",
        **encryption,
        "AuthRequired": "on",
    }


def _add(above: ET.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(above, name).text = text


def _about_answer(file: str, account: Account) -> About:
    return About(
        file,
        _("The servers of {address}, as Outlook asks for them (Autodiscover)").format(
            address=account.address
        ),
        does=(_("Tells Outlook both servers and the log-in when the account is added."),),
        does_not=(
            _("By itself it does nothing: {file} leads Outlook to it.").format(file=STEER),
            _("It is for this person only: the user name stands in it. It holds no password."),
            _(
                "That Outlook takes an IMAP or POP account from a file on the machine is not "
                "proved; the same answer from a web server is the tried way."
            ),
        ),
        steps=(_("Copy the file into this folder: {folder}").format(folder=_FOLDER),),
    )


def _about_steering(answer: str, domain: str) -> About:
    return About(
        STEER,
        _("Leads Outlook to {file} (it sets up no account)").format(file=answer),
        does=(
            _("Makes Outlook read {file} when somebody adds an account of {domain}.").format(
                file=answer, domain=domain
            ),
            _("Outlook 2016 and later show the older dialog for new accounts, which reads it."),
        ),
        does_not=(
            _("It neither adds an account nor changes one."),
            _("It counts for every address of {domain} that this Windows user adds.").format(
                domain=domain
            ),
            _("The new Outlook and Outlook on phones take no notice of it."),
        ),
        steps=(
            _("Close Outlook."),
            _("Double-click {file} and say yes.").format(file=STEER),
            _("Add the account: Control Panel, Mail, or File > Add Account."),
            _("When it is there, take the steering away with {file}.").format(file=UNDO),
        ),
    )


def _about_undo() -> About:
    return About(
        UNDO,
        _("The way back"),
        does=(_("Takes away every value that {file} sets.").format(file=STEER),),
        does_not=(
            _("Where one of them was set before, that is lost; an account that was added stays."),
        ),
        steps=(_("Double-click {file} and say yes.").format(file=UNDO),),
    )
