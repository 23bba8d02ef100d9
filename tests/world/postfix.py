# SPDX-License-Identifier: MPL-2.0
"""Postfix's two files: ``main.cf`` and ``master.cf``."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.world.loopback import SMTP, SUBMISSION, SUBMISSIONS
from tests.world.options import DOMAIN, Options

_NONE: Mapping[str, str] = MappingProxyType({})


def main_cf(options: Options, changes: Mapping[str, str] = _NONE) -> str:
    """Settings all services share (postconf(5)); ``changes`` have the last word."""
    users = ", ".join(f"{{ {user} = x }}" for user in options.accounts)
    settings = {
        "compatibility_level": "3.6",
        "myhostname": f"mail.{DOMAIN}",
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "mynetworks": "",
        "mydestination": "",
        "alias_maps": "",
        "virtual_mailbox_domains": DOMAIN,
        "virtual_mailbox_maps": f"inline:{{ {users} }}",
        "virtual_transport": "lmtp:unix:private/dovecot-lmtp",
        # Mail for elsewhere is taken from those who logged in, and goes nowhere.
        "default_transport": "discard",
        "smtp_dns_support_level": "disabled",
        "smtpd_peername_lookup": "no",
        "smtpd_relay_restrictions": "permit_sasl_authenticated, reject_unauth_destination",
        "smtpd_error_sleep_time": "0",
        "smtpd_client_connection_count_limit": "0",
        "maillog_file": "/var/log/world/postfix.log",
        "smtpd_tls_security_level": "may",
        "smtpd_tls_auth_only": "no" if options.auth_in_clear else "yes",
        "smtpd_tls_chain_files": "/etc/world/server.key, /etc/world/server.pem",
        "smtpd_tls_loglevel": "1",
        "smtpd_tls_received_header": "yes",
        "smtpd_sasl_auth_enable": "yes" if options.smtp_auth else "no",
        "smtpd_sasl_type": "dovecot",
        "smtpd_sasl_path": "private/auth",
        "smtpd_sasl_security_options": "noanonymous",
        "broken_sasl_auth_clients": "yes" if options.legacy_auth_line else "no",
        **changes,
    }
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def master_cf(options: Options, address: str) -> str:
    """Services (master(5)): three doors, and what mail passes behind them."""
    insiders = "permit_sasl_authenticated,reject" if options.smtp_auth else "permit"
    submission = ("syslog_name=postfix/submission", f"smtpd_client_restrictions={insiders}")
    implicit = ("syslog_name=postfix/submissions", *submission[1:], "smtpd_tls_wrappermode=yes")
    rows = [
        _row(f"{address}:{SMTP}", "inet", "smtpd"),
        _row(f"{address}:{SUBMISSION}", "inet", "smtpd", submission),
        _row(f"{address}:{SUBMISSIONS}", "inet", "smtpd", implicit),
        _row("cleanup", "unix", "cleanup", private="n", most="0"),
        _row("qmgr", "unix", "qmgr", private="n", wake="300", most="1"),
        _row("tlsmgr", "unix", "tlsmgr", wake="1000?", most="1"),
        _row("rewrite", "unix", "trivial-rewrite"),
        *(_row(name, "unix", "bounce", most="0") for name in ("bounce", "defer", "trace")),
        _row("proxymap", "unix", "proxymap"),
        _row("anvil", "unix", "anvil", most="1"),
        *(_row(name, "unix", name) for name in ("lmtp", "error", "discard")),
        _row("retry", "unix", "error"),
        _row("postlog", "unix-dgram", "postlogd", private="n", most="1"),
    ]
    return "".join(rows)


def _row(  # one column of master.cf an argument
    name: str,
    kind: str,
    command: str,
    settings: tuple[str, ...] = (),
    *,
    private: str = "-",
    wake: str = "-",
    most: str = "-",
) -> str:
    private = "n" if kind == "inet" else private
    options = "".join(f"\n  -o {setting}" for setting in settings)
    return f"{name} {kind} {private} - n {wake} {most} {command}{options}\n"
