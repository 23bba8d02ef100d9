# SPDX-License-Identifier: MPL-2.0
"""What Microsoft's programs can be told of a server: all of them log in with LOGIN."""

from typing import Final

from clientcfg.clients.versions import Version
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Security, is_literal_loopback
from clientcfg.model.export import Wanted
from clientcfg.model.mechanism import LOGIN, PLAIN, SIGN_INS, Mechanism
from clientcfg.model.trouble import No, Refused, WrongUsage
from clientcfg.words import _

_DIGEST_MD5: Final = Mechanism("DIGEST-MD5")
STARTTLS_PORT: Final = 25


def generation(client: ClientVersion) -> int:
    """The first number of its version, also where a product year was named; 0 if nobody knows."""
    text = client.first or client.version
    if text is None:
        return 0
    try:
        return Version.parse(text).numbers[0]
    except WrongUsage:
        return 0


def refuse_unsuitable(account: Account, wanted: Wanted, *, login_only: bool) -> tuple[str, ...]:
    """What to say of the log-in at the outgoing server; raises where there can be none.

    *login_only*: the program does LOGIN and nothing else. Raises :class:`No` for
    a server that wants something else, :class:`Refused` for one without TLS.
    """
    endpoint = account.outgoing.endpoint
    offered = wanted.mechanisms.get((endpoint.host, endpoint.port))
    return refuse_login(account, wanted.client.name, offered, login_only=login_only)


def refuse_login(
    account: Account, name: str, offered: tuple[str, ...] | None = None, *, login_only: bool = False
) -> tuple[str, ...]:
    """The same for the program *name*; *offered*: the server's mechanisms, where they are known."""
    server = account.outgoing
    endpoint = server.endpoint
    for login in (server, account.incoming):
        if login is not None:
            _refuse_in_the_clear(login)
    if server.mechanism in SIGN_INS:
        raise No(
            "oauth2-account",
            _(
                "{host} is logged in to by signing in (OAuth 2.0), which no file of {program} can "
                "set up."
            ).format(host=endpoint.host, program=name),
            _("Add the account in the program itself, where it knows this provider."),
        )
    if server.mechanism not in {LOGIN, PLAIN} or (
        offered is not None and LOGIN not in offered and (login_only or PLAIN not in offered)
    ):
        raise No(
            "no-login",
            _("{program} sends a password with LOGIN only, and {host} does not offer it.").format(
                program=name, host=endpoint.host
            ),
            _("Ask whoever runs the server for LOGIN inside TLS, or use another program."),
        )
    return tuple(_remarks(offered or (LOGIN,), name, endpoint.host))


def implicit_or_25(login: ServerLogin, program: str) -> bool:
    """Whether *login* is encrypted, for a program that does STARTTLS on port 25 only.

    On every other port it speaks TLS from the first byte. Raises :class:`No`
    for a server that it would speak to in the wrong way.
    """
    endpoint = login.endpoint
    starttls = endpoint.security is Security.STARTTLS
    if starttls == (endpoint.port == STARTTLS_PORT):
        return endpoint.security is not Security.PLAIN
    if endpoint.security is Security.PLAIN:
        return False
    raise No(
        "starttls-on-25-only",
        _(
            "{program} does STARTTLS on port 25 only and TLS from the start on any other, so it "
            "cannot speak to {server}."
        ).format(program=program, server=endpoint),
        _("Name a server with TLS from the start: port 465 for sending, 993 or 995 for reading."),
    )


def incoming_of(account: Account, program: str) -> ServerLogin:
    """The server to read from. Raises :class:`No` where there is none."""
    if account.incoming is None:
        raise No(
            "no-incoming-server",
            _("{program} has no account for sending only.").format(program=program),
            _("Name the server to read from with --imap or --pop3."),
        )
    return account.incoming


def refuse_less_encryption(account: Account, *, encrypted: bool) -> None:
    """Raise :class:`Refused` where sending is *encrypted* now and would not be any more."""
    endpoint = account.outgoing.endpoint
    if encrypted and endpoint.security is Security.PLAIN and not account.accept_weaker:
        raise Refused(
            "weaker-than-before",
            _("{address} sends with encryption now, and {host} would have none.").format(
                address=account.address, host=endpoint.host
            ),
            _("Leave the account as it is, or choose a server with TLS."),
            _("If it is meant, say so with --accept-weaker {host}").format(host=endpoint.host),
        )


def same_user(account: Account) -> bool:
    """Whether the outgoing server takes the user name of the incoming one."""
    return account.incoming is None or account.incoming.username == account.outgoing.username


def _refuse_in_the_clear(login: ServerLogin) -> None:
    endpoint = login.endpoint
    if endpoint.security is Security.PLAIN and not is_literal_loopback(endpoint.host):
        raise Refused(
            "in-the-clear",
            _("{server} has no encryption: the password would go in the clear.").format(
                server=endpoint
            ),
            _("Name a server with TLS."),
        )


def _remarks(offered: tuple[str, ...], program: str, host: str) -> list[str]:
    said = []
    if LOGIN not in offered:
        said.append(
            _("{host} offers PLAIN but not LOGIN; that {program} does PLAIN is only reported.")
        )
    if _DIGEST_MD5 in offered:
        said.append(
            _("{host} offers DIGEST-MD5, too; some versions of {program} try that first and fail.")
        )
    return [text.format(host=host, program=program) for text in said]
