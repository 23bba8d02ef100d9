# SPDX-License-Identifier: MPL-2.0
"""Real Postfix and Dovecot on loopback, in namespaces of their own."""

import email
import email.message
import email.policy
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

from tests.running import packages
from tests.world import dovecot, loopback, maillog, names, options, postfix
from tests.world.namespaces import CERTIFICATE, KEY, World
from tests.world.waiting import until

_HERE = Path(__file__).parent


class MailWorld(World):
    """Postfix (25, 587, 465) and Dovecot (143, 993, 110, 995) with accounts in them.

    Their names are ``imap.``, ``pop3.`` and ``smtp.example.test``; the
    certificate is for these and for the address. A name server on port 53 of
    the same address (UDP) knows them and the domain's SRV records.
    """

    ports = loopback.MAIL_PORTS

    def __init__(self, wanted: options.Options | None = None) -> None:
        super().__init__()
        self.options = wanted or options.Options()

    @property
    def hosts(self) -> str:
        """An ``/etc/hosts`` that knows the servers' names."""
        return f"127.0.0.1 localhost\n{self.address} {' '.join(options.HOSTS)}\n"

    @property
    def postfix_log(self) -> str:
        """All that Postfix has logged."""
        return self.logged("postfix.log")

    @property
    def dovecot_log(self) -> str:
        """All that Dovecot has logged."""
        return self.logged("dovecot.log")

    def submissions(self) -> list[maillog.Submission]:
        """Messages that Postfix took, oldest first, and how it took them."""
        return maillog.submissions(self.postfix_log)

    def logins(self) -> list[maillog.Login]:
        """Log-ins that Dovecot let pass over IMAP and POP3, oldest first."""
        return maillog.logins(self.dovecot_log)

    def imap_commands(self, address: str = options.ALICE) -> str:
        """What clients said to this account's IMAP server after they logged in."""
        files = sorted((self._folder / "log" / "imap" / address).glob("*.in"))
        return "".join(file.read_text(errors="replace") for file in files)

    def mails(self, address: str = options.ALICE) -> list[email.message.EmailMessage]:
        """The messages in the account's inbox."""
        box = self._folder / "mail" / address / "Maildir"
        files = sorted([*box.glob("new/*"), *box.glob("cur/*")], key=lambda file: file.name)
        return [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in files
        ]

    def mail_arrives(
        self, subject: str, address: str = options.ALICE, seconds: float = 10
    ) -> email.message.EmailMessage:
        """The message with this subject, once it is in the inbox.

        Raises :class:`TimeoutError` with the end of Postfix's log.
        """
        return until(
            lambda: next((m for m in self.mails(address) if m["Subject"] == subject), None),
            seconds,
            lambda: f"no mail {subject!r} for {address}; Postfix:\n{self.postfix_log[-3000:]}",
        )

    def _surroundings(self) -> AbstractContextManager[None]:
        zone = names.zone(self.address, services=self.options.services_in_dns)
        return names.answering(self.address, zone)

    def _packages(self) -> Path:
        return packages.root("")

    def _host(self) -> str:
        return options.HOSTS[0]

    def _files(self) -> Mapping[str, str]:
        life = timedelta(days=-1 if self.options.certificate_expired else 7)
        issued = self._authority.issue([*self.options.certificate_names, self.address], life)
        return {
            "etc/hosts": self.hosts,
            "etc/postfix/main.cf": postfix.main_cf(self.options),
            "etc/postfix/master.cf": postfix.master_cf(self.options, self.address),
            "etc/dovecot/dovecot.conf": dovecot.dovecot_conf(self.options, self.address),
            "etc/world/users": dovecot.users(self.options),
            CERTIFICATE: issued.certificate.decode(),
            KEY: issued.key.decode(),
            "etc/world/start.sh": (_HERE / "start.sh").read_text(),
        }
