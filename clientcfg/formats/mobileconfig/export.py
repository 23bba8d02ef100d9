# SPDX-License-Identifier: MPL-2.0
"""A configuration profile for one address, and a QR code of where it is fetched from."""

import re

from clientcfg.formats.mobileconfig.about import about, notes
from clientcfg.formats.mobileconfig.authorities import authorities_of
from clientcfg.formats.mobileconfig.link import link_files
from clientcfg.formats.mobileconfig.profile import content_of
from clientcfg.formats.mobileconfig.steps import refuse_too_old
from clientcfg.model.account import Account
from clientcfg.model.export import Exported, ExportFile, Wanted


class MobileConfig:
    """For Mail on macOS, iOS and iPadOS."""

    name = "mobileconfig"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """The profile, and pictures of its URL where there is one."""
        refuse_too_old(wanted.client)
        authorities = authorities_of(wanted.authorities, wanted.at)
        content = content_of(account, wanted, authorities)
        name = file_name(account)
        profile = ExportFile(about(name, account, wanted, authorities), content, signable=True)
        pictures = () if wanted.url is None else link_files(name, wanted.url, wanted.with_password)
        return Exported((profile, *pictures), notes(account, wanted))


def file_name(account: Account) -> str:
    """ASCII letters, digits, dots and hyphens: safe as a file and in a URL."""
    return f"mail-{re.sub(r'[^a-z0-9.-]+', '-', str(account.address).lower())[:200]}.mobileconfig"
