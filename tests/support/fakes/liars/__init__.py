# SPDX-License-Identifier: MPL-2.0
"""Servers that are hostile, broken, old or merely odd, each with the report it deserves.

The table is in three parts: what SMTP servers say, what TLS does, what
mailbox servers say. :mod:`.menagerie` runs them all in a process of its own.
"""

from tests.support.fakes.liars import mailboxes, smtp, tls
from tests.support.fakes.liars.row import Liar

ALL: tuple[Liar, ...] = (*smtp.LIARS, *tls.LIARS, *mailboxes.LIARS)
BY_NAME = {liar.name: liar for liar in ALL}
