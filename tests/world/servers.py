# SPDX-License-Identifier: MPL-2.0
"""Real Postfix and Dovecot on loopback, in namespaces of their own."""

import email
import email.message
import email.policy
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Self

from tests.running.places import ROOT
from tests.world import dovecot, loopback, maillog, names, options, postfix
from tests.world.authority import Authority
from tests.world.waiting import until

_HERE = Path(__file__).parent
_START_SECONDS = 20.0


class MailWorld:
    """Postfix (25, 587, 465) and Dovecot (143, 993, 110, 995) with accounts in them.

    A context manager. The servers see this machine's files with the unpacked
    packages and their settings on top; whatever they write stays in memory
    and is gone at the end, except logs and mail, which lie in a temporary
    folder until then. Needs root. Ending the process :attr:`pid` (or this
    one) ends them all.

    They listen on the well-known ports of :attr:`address`, a loopback address
    of their own. Their names are ``imap.``, ``pop3.`` and ``smtp.example.test``;
    the certificate is for these and for the address. A name server on port 53
    of the same address (UDP) knows them and the domain's SRV records.
    """

    def __init__(self, wanted: options.Options | None = None) -> None:
        self.options = wanted or options.Options()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.address = stack.enter_context(loopback.claimed())
            zone = names.zone(self.address, services=self.options.services_in_dns)
            stack.enter_context(names.answering(self.address, zone))
            self._folder = stack.enter_context(_folder())
            self._write_files()
            self._process = stack.enter_context(self._running())
            self._wait_until_it_listens()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def pid(self) -> int:
        """The process that all the others hang on."""
        return self._process.pid

    @property
    def ca_file(self) -> Path:
        """The authority's certificate, PEM; readable by everybody."""
        return self._folder / "ca.pem"

    @property
    def hosts(self) -> str:
        """An ``/etc/hosts`` that knows the servers' names."""
        return f"127.0.0.1 localhost\n{self.address} {' '.join(options.HOSTS)}\n"

    @property
    def postfix_log(self) -> str:
        """All that Postfix has logged."""
        return _text(self._folder / "log" / "postfix.log")

    @property
    def dovecot_log(self) -> str:
        """All that Dovecot has logged."""
        return _text(self._folder / "log" / "dovecot.log")

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

    def _write_files(self) -> None:
        authority = Authority()
        life = timedelta(days=-1 if self.options.certificate_expired else 7)
        issued = authority.issue([*self.options.certificate_names, self.address], life)
        self.ca_file.write_bytes(authority.certificate)
        for name in ("files", "log", "mail", "top"):
            (self._folder / name).mkdir()
        for name, content in {
            "etc/hosts": self.hosts,
            # Nobody outside is ever asked.
            "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
            "etc/postfix/main.cf": postfix.main_cf(self.options),
            "etc/postfix/master.cf": postfix.master_cf(self.options, self.address),
            "etc/dovecot/dovecot.conf": dovecot.dovecot_conf(self.options, self.address),
            "etc/world/users": dovecot.users(self.options),
            "etc/world/server.pem": issued.certificate.decode(),
            "etc/world/server.key": issued.key.decode(),
            "etc/world/start.sh": (_HERE / "start.sh").read_text(),
        }.items():
            file = self._folder / "files" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
            # Postfix waits until nobody can be editing its settings any more.
            os.utime(file, (0, 0))

    @contextmanager
    def _running(self) -> Iterator[subprocess.Popen[bytes]]:
        alone = ("unshare", "--mount", "--propagation=private", "--uts", "--pid", "--fork")
        first = ("/bin/sh", _HERE / "inside.sh", self._folder, ROOT)
        with (self._folder / "log" / "start.log").open("wb") as log:
            process = subprocess.Popen(
                [*alone, "--kill-child", "--", *first],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"},
            )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def _wait_until_it_listens(self) -> None:
        until(self._listens_or_ended, _START_SECONDS, self._why_not)
        if self._process.poll() is not None:
            raise RuntimeError(self._why_not())

    def _listens_or_ended(self) -> bool:
        return (
            loopback.listening(self.address) >= loopback.MAIL_PORTS
            or self._process.poll() is not None
        )

    def _why_not(self) -> str:
        start = _text(self._folder / "log" / "start.log")
        return f"the servers did not start:\n{start}\n{self.postfix_log}\n{self.dovecot_log}"


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="clientcfg-world-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _text(file: Path) -> str:
    return file.read_text(errors="replace") if file.exists() else ""
