# SPDX-License-Identifier: MPL-2.0
"""Options with one meaning everywhere, and the question they make."""

import re
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

F = TypeVar("F", bound=Callable[..., Any])


def _stack(*options: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


output_options: Callable[[Any], Any] = _stack(
    click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output."),
    click.option("--quiet", is_flag=True, help="No progress."),
    click.option("--verbose", is_flag=True, help="Progress line by line, and what servers said."),
    click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR)."),
)

server_options: Callable[[Any], Any] = _stack(
    click.option(
        "--smtp",
        multiple=True,
        metavar="HOST[:PORT][/SECURITY]",
        help="Use this server for sending; SECURITY is tls, starttls or plain.",
    ),
    click.option("--imap", multiple=True, metavar="HOST…", help="Use this IMAP server."),
    click.option("--pop3", multiple=True, metavar="HOST…", help="Use this POP3 server."),
    click.option("--ca", multiple=True, metavar="FILE", help="Trust these authorities too (PEM)."),
    click.option(
        "--trust-cert",
        multiple=True,
        metavar="sha256:HEX@HOST:PORT",
        help="Trust exactly this certificate there.",
    ),
    click.option("--dns", metavar="HOST[:PORT]", help="Ask this DNS server."),
    click.option("--offline", is_flag=True, help="Use bundled facts only."),
    click.option(
        "--send-address",
        is_flag=True,
        help="Sources that need the whole address (Autodiscover) may have it.",
    ),
    click.option(
        "--allow-http",
        is_flag=True,
        help="Ask web servers without encryption, too; what they say must be agreed to.",
    ),
    click.option(
        "--ispdb",
        is_flag=True,
        help="Ask Thunderbird’s live list of providers, too; it learns the domain.",
    ),
    click.option(
        "--guess",
        is_flag=True,
        help="Try usual names of servers, too, where a better source could not be asked.",
    ),
    click.option(
        "--timeout", type=click.FloatRange(0.5, 600), metavar="SECONDS", help="For the whole job."
    ),
)

account_options: Callable[[Any], Any] = _stack(
    click.option("--user", metavar="NAME", help="User name, if it is not the address."),
    click.option("--smtp-user", metavar="NAME", help="User name for sending, if it differs."),
    click.option("--name", "real_name", metavar="NAME", help="Your name, as others shall see it."),
    click.option(
        "--accept-host",
        multiple=True,
        metavar="HOST",
        help="This server may get the password though nobody trustworthy named it.",
    ),
    click.option(
        "--accept-weaker",
        multiple=True,
        metavar="HOST",
        help="This server may protect the password less than it did before.",
    ),
    click.option(
        "--password-stdin", is_flag=True, help="Read the password from standard input (one line)."
    ),
)


def question_from(
    target: str | None,
    *,
    smtp: tuple[str, ...] = (),
    imap: tuple[str, ...] = (),
    pop3: tuple[str, ...] = (),
    ca: tuple[str, ...] = (),
    trust_cert: tuple[str, ...] = (),
    dns: str | None = None,
    offline: bool = False,
    send_address: bool = False,
    allow_http: bool = False,
    ispdb: bool = False,
    guess: bool = False,
    timeout: float | None = None,
    user: str | None = None,
    smtp_user: str | None = None,
    real_name: str | None = None,
    accept_host: tuple[str, ...] = (),
    accept_weaker: tuple[str, ...] = (),
    host: bool = False,
    probe: bool = True,
    all_tls_versions: bool = False,
    control: str | None = None,
) -> Any:
    """The question that these options ask. Raises :class:`WrongUsage`."""
    from clientcfg.discover.dns import Nameserver  # noqa: PLC0415 - keeps --help light
    from clientcfg.flows.question import PROBE_TIMEOUT, Question  # noqa: PLC0415
    from clientcfg.model.address import host_name  # noqa: PLC0415

    named = ((Protocol.SMTP, smtp), (Protocol.IMAP, imap), (Protocol.POP3, pop3))
    servers = tuple(Endpoint.parse(protocol, text) for protocol, texts in named for text in texts)
    address = Address.parse(target) if target is not None and "@" in target else None
    name = target if address is None else None
    if address is None and name is None and not servers:
        raise WrongUsage(
            "no-target",
            _("What should be asked? Give an address, a domain or a server."),
            _("For example: clientcfg probe example.org"),
        )
    return Question(
        address=address,
        name=_literal_or_name(name) if name is not None else None,
        host=host or (name is not None and _is_literal(name)),
        servers=servers,
        username=user,
        smtp_username=smtp_user,
        real_name=real_name,
        nameserver=Nameserver.parse(dns) if dns else None,
        ca_files=ca,
        pins=tuple(_pin(text) for text in trust_cert),
        accepted_hosts=frozenset(host_name(h) for h in accept_host),
        accepted_weaker=frozenset(_literal_or_name(h) for h in accept_weaker),
        offline=offline,
        send_address=send_address,
        allow_http=allow_http,
        ispdb=ispdb,
        guess=guess,
        probe=probe,
        all_tls_versions=all_tls_versions,
        control=_literal_or_name(control) if control is not None else None,
        timeout=timeout or PROBE_TIMEOUT,
    )


def password_from_stdin() -> Secret:
    """One line of standard input. Raises :class:`WrongUsage` where there is none."""
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        # That error would carry the line itself.
        raise _not_text() from None
    if line.endswith("\n"):
        line = line[:-1]
    line = line.removesuffix("\r")
    if not line:
        raise WrongUsage(
            "no-password-on-stdin",
            _("--password-stdin was given, but standard input was empty."),
            _("Pipe the password in, one line: clientcfg … --password-stdin < FILE"),
        )
    return as_secret(line)


def as_secret(text: str) -> Secret:
    """*text* as a password. Raises :class:`WrongUsage` for bytes that are no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _not_text() from None
    return Secret(text)


def _not_text() -> WrongUsage:
    return WrongUsage(
        "password-not-text",
        _("The password has bytes that are no text in UTF-8."),
        _("Give it in UTF-8, one line."),
    )


def _pin(text: str) -> Any:
    """Read ``sha256:HEX@HOST:PORT``."""
    from clientcfg.probe.trust import Pin  # noqa: PLC0415

    match = re.fullmatch(r"sha256:([0-9A-Fa-f:]{64,95})@([^/]+:\d{1,5})", text.strip())
    digits = match[1].replace(":", "").lower() if match else ""
    if match is None or len(digits) != 64:
        raise WrongUsage(
            "not-a-fingerprint",
            _("“{text}” does not name a certificate.").format(text=text),
            _("Write sha256:HEX@HOST:PORT, as “clientcfg probe” shows it."),
        )
    # Read as servers are, so that it is for the one that is meant.
    place = Endpoint.parse(Protocol.SMTP, match[2])
    return Pin(place.host, place.port, digits)


def _is_literal(text: str) -> bool:
    import ipaddress  # noqa: PLC0415

    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def _literal_or_name(text: str) -> str:
    from clientcfg.model.address import host_name  # noqa: PLC0415

    return text.strip("[]") if _is_literal(text) else host_name(text)
