# SPDX-License-Identifier: MPL-2.0
"""clientcfg: from an e-mail address to a mail program that provably sends with SMTP-Auth."""

__version__ = "0.1.0"
