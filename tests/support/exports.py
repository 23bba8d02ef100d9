# SPDX-License-Identifier: MPL-2.0
"""Every kind of exported files, with a reader of its own and what an account is to become there.

A row for each name in ``EXPORTERS``. ``read`` shares nothing with the program: it
gives every key that the files carry, so that one more than was meant is seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from clientcfg.clients.catalog import Catalog
from clientcfg.formats.exporters import exporter
from clientcfg.model.account import Account
from clientcfg.model.export import Exported, Wanted
from clientcfg.rooms import profile_path
from tests.support import windows_exports as windows
from tests.support.prefs_reader import prefs

Read = Mapping[object, object]
Files = Mapping[str, bytes]

_CATALOG = Catalog(profile_path("clients"))
AT = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def _no_key(account: Account) -> None:
    del account


@dataclass(frozen=True)
class ExportRow:
    """``client`` is the program as ``--client`` names it; ``current`` what it has there."""

    name: str
    client: str
    read: Callable[[Files], Read]
    meant: Callable[[Account], Read]
    current: Callable[[Account], bytes | None] = _no_key

    def __str__(self) -> str:
        return f"{self.name} {self.client}{'' if self.current is _no_key else ' current'}"

    def export(self, account: Account, mechanisms: tuple[str, ...] | None = None) -> Exported:
        """What the exporter makes of *account*; *mechanisms*: what its server offers."""
        endpoint = account.outgoing.endpoint
        offered = {} if mechanisms is None else {(endpoint.host, endpoint.port): mechanisms}
        client = _CATALOG.parse(self.client)
        assert self.name in client.exports
        wanted = Wanted(client, AT, self.current(account), mechanisms=offered)
        return exporter(self.name).export(account, wanted)


def files_of(exported: Exported) -> Files:
    """Name → content; none of them may have a hole."""
    found: dict[str, bytes] = {}
    for file in exported.files:
        assert file.name not in found
        parts = [part for part in file.content if isinstance(part, bytes)]
        assert len(parts) == len(file.content)
        found[file.name] = b"".join(parts)
    return found


def _thunderbird(files: Files) -> Read:
    (content,) = files.values()
    return {
        name: value
        for name, value in prefs(content).items()
        if name.startswith("mail.identity.") and name.endswith(("useremail", "fullName"))
    }


def _thunderbird_meant(account: Account) -> Read:
    named = {"useremail": str(account.address), "fullName": account.name}
    return {f"mail.identity.id1.{name}": value for name, value in named.items() if value}


ROWS = (
    ExportRow("thunderbird-prefs", "thunderbird", _thunderbird, _thunderbird_meant),
    ExportRow("outlook-registry", "outlook-classic", windows.sheet, windows.no_settings),
    *(
        ExportRow(
            "outlook-registry",
            f"outlook-classic@{year}",
            windows.registry,
            windows.outlook_meant(office, knows_starttls=year >= 2007),
            windows.outlook_key(office),
        )
        for year, office in ((2002, 10), (2003, 10), (2007, 10), (2010, 10), (2013, 15), (2016, 16))
    ),
    ExportRow("outlook-prf", "outlook-classic@2003", windows.prf, windows.prf_meant),
    ExportRow("outlook-prf", "outlook-classic@2010", windows.prf, windows.prf_meant),
    ExportRow("outlook-prf", "outlook-classic", windows.prf, windows.prf_meant),
    ExportRow(
        "outlook-autodiscover", "outlook-classic", windows.steering, windows.steering_meant("16.0")
    ),
    ExportRow(
        "outlook-autodiscover",
        "outlook-classic@2013",
        windows.steering,
        windows.steering_meant("15.0"),
    ),
    *(
        ExportRow(
            "outlook-express-registry", f"outlook-express@{version}", windows.registry,
            windows.oe_meant(windows.OUTLOOK_EXPRESS, unicode=version == "6.0"),
        )
        for version in ("4.0", "5.5", "6.0")
    ),
    ExportRow(
        "outlook-express-registry", "outlook-express", windows.registry, windows.oe_change_meant,
        windows.oe_key,
    ),
    ExportRow(
        "internet-mail-registry", "outlook-classic@98", windows.registry,
        windows.oe_meant(windows.OUTLOOK_98),
    ),
    ExportRow(
        "internet-mail-registry", "outlook-classic@2000", windows.registry,
        windows.oe_meant(windows.OUTLOOK_2000),
    ),
    ExportRow("windows-mail-account", "windows-mail", windows.oeaccount, windows.oeaccount_meant),
    ExportRow(
        "windows-live-mail-account", "windows-live-mail", windows.oeaccount,
        windows.oeaccount_meant,
    ),
)  # fmt: skip
