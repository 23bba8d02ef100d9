# SPDX-License-Identifier: MPL-2.0
"""The words and shapes of the window: verdicts, encryption, what servers are for. No Qt."""

import re

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.trouble import NotFoundOut, Trouble
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _

# Verdict → the name of its shape (icons/verdict-*.svg) and of its colour token.
SHAPES = {
    VerdictKind.READY: "ready",
    VerdictKind.NEEDS_STEP: "step",
    VerdictKind.UPGRADE: "update",
    VerdictKind.BRIDGE: "bridge",
    VerdictKind.IMPOSSIBLE: "no",
    VerdictKind.UNKNOWN: "unknown",
}

# Advice that speaks of the terminal: an option, or a command to type.
# Only true commands: in a German sentence any word may stand behind the name.
_TERMINAL = re.compile(
    r"(?:^|\s)--[a-z]|\bclientcfg "
    r"(?:find|probe|clients|check|apply|undo|history|verify|guide|export|demo)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def encryption(security: Security) -> str:
    """How a connection is encrypted."""
    return {
        Security.TLS: _("encrypted from the start"),
        Security.STARTTLS: _("encrypts after a hello"),
        Security.PLAIN: _("not encrypted"),
    }[security]


def port_line(endpoint: Endpoint) -> str:
    """Port and encryption in one line."""
    return _("Port {port}, {security}").format(
        port=endpoint.port, security=encryption(endpoint.security)
    )


def purpose(protocol: Protocol) -> str:
    """What a server is for."""
    return _("Sending") if protocol is Protocol.SMTP else _("Receiving")


def advice_here(trouble: Trouble) -> tuple[str, ...]:
    """What to do, without what can only be done in a terminal."""
    kept = (without_terminal(line) for line in trouble.advice)
    return tuple(line for line in kept if line)


def without_terminal(text: str) -> str:
    """The sentences of *text* that say nothing of commands."""
    sentences = _SENTENCE.split(text)
    return " ".join(s for s in sentences if not _TERMINAL.search(s))


def trouble_shape(trouble: Trouble) -> str:
    """Not found out is a diamond, never a cross."""
    return "unknown" if isinstance(trouble, NotFoundOut) else "no"
