# SPDX-License-Identifier: MPL-2.0
"""Classic Outlook for Windows, 2002 to 365."""

from clientcfg.formats.outlook.format import Outlook

__all__ = ["Outlook"]
