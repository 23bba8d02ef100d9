# SPDX-License-Identifier: MPL-2.0
"""Every kind of files for another machine, by the names that profiles use under ``exports``."""

import importlib
from typing import Final

from clientcfg.model.export import Exporter

# Name → module and class. Loaded only when it is asked for: some need heavy libraries.
EXPORTERS: Final = {
    "fairemail-k9s": "clientcfg.formats.thunderbird_android.export_k9s:FairEmailK9s",
    "internet-mail-registry": (
        "clientcfg.formats.outlook_express.export_registry:InternetMailRegistry"
    ),
    "mobileconfig": "clientcfg.formats.mobileconfig.export:MobileConfig",
    "outlook-autodiscover": "clientcfg.formats.outlook.autodiscover:OutlookAutodiscover",
    "outlook-express-registry": (
        "clientcfg.formats.outlook_express.export_registry:OutlookExpressRegistry"
    ),
    "outlook-prf": "clientcfg.formats.outlook.prf:OutlookPrf",
    "outlook-registry": "clientcfg.formats.outlook.export_registry:OutlookRegistry",
    "thunderbird-android-k9s": "clientcfg.formats.thunderbird_android.export_k9s:AndroidK9s",
    "thunderbird-android-qr": "clientcfg.formats.thunderbird_android.export_qr:AndroidQr",
    "thunderbird-isp": "clientcfg.formats.thunderbird.export_isp:ThunderbirdIsp",
    "thunderbird-mozilla-cfg": (
        "clientcfg.formats.thunderbird.export_mozilla_cfg:ThunderbirdMozillaCfg"
    ),
    "thunderbird-policies": "clientcfg.formats.thunderbird.export_policies:ThunderbirdPolicies",
    "thunderbird-prefs": "clientcfg.formats.thunderbird.export_prefs:ThunderbirdPrefs",
    "windows-live-mail-account": (
        "clientcfg.formats.outlook_express.oeaccount:WindowsLiveMailAccount"
    ),
    "windows-mail-account": "clientcfg.formats.outlook_express.oeaccount:WindowsMailAccount",
}


def exporter(name: str) -> Exporter:
    """The exporter of that name. Raises :class:`KeyError` where there is none."""
    module, _colon, what = EXPORTERS[name].partition(":")
    made: Exporter = getattr(importlib.import_module(module), what)()
    return made
