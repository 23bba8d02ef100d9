# SPDX-License-Identifier: MPL-2.0
"""Real mail servers from Debian's packages, each as several administrators run it.

One at a time or side by side, on the well-known ports of a loopback address
of their own; leaving the block ends all that was started::

    with Zoo("sendmail", "pop-only") as server:
        server.address  # "127.77.…": connect here
        server.ports  # those of 25, 587, 465, 143, 993, 110, 995 that it listens on
        server.host  # "mail.zoo.test", in the certificate besides the address
        server.ca_file  # Path: trust this
        server.user, server.password  # the login; of the account server.email
        server.log  # str: what it has logged until now

:data:`KINDS` has every (name, variant). A test can have them by the fixture
``new_zoo``, as ``new_zoo("sendmail", "pop-only")``; it needs the part
``real_servers``. ``Zoo("courier")`` is ``Zoo("courier", "default")``.

To every server the client is a stranger without a host name, also from
127.0.0.1. Whoever wants two clients binds one of them to another address,
such as 127.0.0.8. No server finds a DNS server, and none sends anything anywhere.

POP before SMTP (Sendmail's ``default``, ``default-procmail-lda``,
``pop-only``, ``legacy-2003``, ``greet-pause``; Postfix's ``popb4``) is real:
a log-in by POP3 or IMAP opens the relay for the client's address at once
with Sendmail, after up to two seconds with Postfix. It stays open.
"""

from tests.world.zoo.registry import KINDS
from tests.world.zoo.world import Zoo

__all__ = ["KINDS", "Zoo"]
