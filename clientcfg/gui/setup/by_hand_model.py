# SPDX-License-Identifier: MPL-2.0
"""Step 2 without Qt: servers as a person names them, field by field."""

from dataclasses import dataclass, replace

from clientcfg.flows.question import Question
from clientcfg.flows.settings_file import FoundInFile
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class NamedServer:
    """One server as typed; ``port`` may be empty, then the usual one is meant."""

    protocol: Protocol
    host: str
    port: str
    security: Security


@dataclass(frozen=True, slots=True)
class NamedServers:
    """The whole form. An empty host for receiving means that only sending is wanted."""

    sending: NamedServer
    receiving: NamedServer
    username: str = ""


def question_by_hand(question: Question, named: NamedServers) -> Question:
    """*question* with these servers. Raises :class:`WrongUsage` with a sentence."""
    if not named.sending.host.strip():
        raise WrongUsage("no-smtp-server", _("The server for sending is missing."))
    servers = [endpoint(named.sending)]
    if named.receiving.host.strip():
        servers.append(endpoint(named.receiving))
    return replace(question, servers=tuple(servers), username=named.username.strip() or None)


def endpoint(named: NamedServer) -> Endpoint:
    """One server, read. Raises :class:`WrongUsage`."""
    host, port = named.host.strip(), named.port.strip()
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    if port and not port.isdigit():
        raise WrongUsage(
            "not-a-port", _("{port} is not a port; they go from 1 to 65535.").format(port=port)
        )
    text = f"{host}:{port}" if port else host
    return Endpoint.parse(named.protocol, f"{text}/{named.security}")


def usual_port(protocol: Protocol, security: Security) -> str:
    """The port that goes with it."""
    return str(Endpoint.parse(protocol, f"localhost/{security}").port)


def named_in(found: FoundInFile) -> NamedServers:
    """The form filled in from a file."""
    receiving = found.receiving
    return NamedServers(
        as_typed(Protocol.SMTP, found.sending),
        as_typed(receiving.protocol if receiving else Protocol.IMAP, receiving),
        found.username or "",
    )


def security_words() -> dict[Security, str]:
    """As a person reads it, with the name that help pages give it."""
    return {
        Security.TLS: _("From the start (SSL/TLS)"),
        Security.STARTTLS: _("After a hello (STARTTLS)"),
        Security.PLAIN: _("None"),
    }


def as_typed(protocol: Protocol, known: Endpoint | None) -> NamedServer:
    """What a form begins with: the server that is known, or the safest usual one."""
    if known is not None:
        return NamedServer(known.protocol, known.host, str(known.port), known.security)
    return NamedServer(protocol, "", usual_port(protocol, Security.TLS), Security.TLS)
