# SPDX-License-Identifier: MPL-2.0
"""Classic Outlook for Windows, 2002 to 365."""
