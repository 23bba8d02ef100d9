# SPDX-License-Identifier: MPL-2.0
"""Keys as Outlook's own machines export them: made up, in the shape that real ones have.

The address book is number 1 and a data file stands between the accounts; what is
usual is left out; Outlook 2013 and older keep texts as bytes, 2016 and later as text.
"""

from clientcfg.clients.registry.hive import USER, Value
from tests.support.reg_writer import reg_5

SECTION = "9375CFF0413111d3B88A00104B2A6676"
ROOTS = {
    10: f"{USER}\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem",
    15: f"{USER}\\Software\\Microsoft\\Office\\15.0\\Outlook",
    16: f"{USER}\\Software\\Microsoft\\Office\\16.0\\Outlook",
}
POP3, IMAP, SERVICE, HTTP, DIRECTORY = (
    "{ED475411-B0D6-11D2-8C3B-00104B2A6676}",
    "{ED475412-B0D6-11D2-8C3B-00104B2A6676}",
    "{ED475414-B0D6-11D2-8C3B-00104B2A6676}",
    "{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}",
    "{4DB5CBF2-3B77-4852-BC8E-BB81908861F3}",
)
Tree = list[tuple[str, dict[str, Value]]]


def section(office: int, profile: str = "Outlook") -> str:
    """The key of a profile's accounts; 10 stands for Outlook 2002 to 2010."""
    return f"{ROOTS[office]}\\Profiles\\{profile}\\{SECTION}"


def wide(text: str) -> bytes:
    return f"{text}\0".encode("utf-16-le")


def account(office: int, **named: Value) -> dict[str, Value]:
    """Values by their names, "_" for a blank; texts in the type of that Outlook."""
    return {
        name.replace("_", " "): wide(value) if office < 16 and isinstance(value, str) else value
        for name, value in named.items()
    }


def pop3(office: int, address: str, **more: Value) -> dict[str, Value]:
    """An account that fetches from POP3 and sends without any log-in."""
    return account(
        office,
        clsid=POP3,
        Mini_UID=0x1B2C3D4E,
        Account_Name=address,
        Display_Name="Ada",
        Email=address,
        POP3_Server="pop.example.org",
        POP3_User=address,
        POP3_Password=b"\x02\x01\x00\x00\x00\xd0\x8c\x9d\xdfSECRET",
        SMTP_Server="smtp.example.org",
        Leave_on_Server=0x000E0003,
        Delivery_Store_EntryID=bytes(24),
        **more,
    )


def imap(office: int, address: str, **more: Value) -> dict[str, Value]:
    return account(
        office,
        clsid=IMAP,
        Account_Name="work",
        Email=address,
        IMAP_Server="imap.example.org",
        IMAP_User=address,
        IMAP_Port=993,
        IMAP_Use_SSL=1,
        IMAP_Password=b"\x02SECRET",
        SMTP_Server="smtp.example.org",
        **more,
    )


def tree(office: int, address: str = "ada@example.org", profile: str = "Outlook", **more: Value
         ) -> Tree:  # fmt: skip
    """A whole section: address book, the account meant, data file, another account."""
    top = section(office, profile)
    return [
        (top, {"NextAccountID": 9, "{ED475418-B0D6-11D2-8C3B-00104B2A6676}": b"\2\0\0\0\4\0\0\0"}),
        (f"{top}\\00000001", account(office, clsid=SERVICE, Service_Name="CONTAB")),
        (f"{top}\\00000002", pop3(office, address, **more)),
        (f"{top}\\00000003", account(office, clsid=SERVICE, Service_Name="MSUPST MS")),
        (f"{top}\\00000004", imap(office, "other@example.org")),
    ]  # fmt: skip


def pop_before_smtp(office: int, address: str, profile: str = "Outlook") -> bytes:
    """The exported file, for an account that fetches first and then sends without a log-in."""
    return reg_5(tree(office, address, profile, SMTP_Auth_Method=2, SMTP_Port=2525))
