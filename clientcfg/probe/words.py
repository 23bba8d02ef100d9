# SPDX-License-Identifier: MPL-2.0
"""Every problem a probe can name: its stable code, and its sentence for people."""

from enum import StrEnum

from clientcfg.model.report import Problem
from clientcfg.words import _


class Step(StrEnum):
    """Where a conversation stands. The commands of the protocols are their own names."""

    LOOK_UP = "look-up"
    TURN = "turn"
    CONNECT = "connect"
    TLS = "tls"
    GREETING = "greeting"
    EHLO = "EHLO"
    HELO = "HELO"
    STARTTLS = "STARTTLS"
    CAPABILITY = "CAPABILITY"
    CAPA = "CAPA"
    STLS = "STLS"
    MAIL = "MAIL"
    RCPT = "RCPT"


def step_words(step: Step) -> str:
    """*step* as it stands in a sentence."""
    words = {
        Step.LOOK_UP: _("looking up the name"),
        Step.TURN: _("waiting for its turn"),
        Step.CONNECT: _("connecting"),
        Step.TLS: _("TLS handshake"),
        Step.GREETING: _("greeting"),
    }
    return words.get(step, step.value)


def problem(code: str, **values: object) -> Problem:
    """The problem *code* with its sentence filled in. What servers say must come escaped."""
    return Problem(code, sentences()[code].format(**values))


def sentences() -> dict[str, str]:
    """The sentences by code, in the language that is chosen now."""
    return {**_reaching(), **_talking(), **_securing(), **_certificates()}


def _reaching() -> dict[str, str]:
    return {
        "no-such-host": _("There is no host named {host}."),
        "no-dns-answer": _("The name {host} could not be looked up: {reason}."),
        "refused": _("Nothing listens on port {port} of {host}: the connection was refused."),
        "no-route": _("From here there is no way to {host}, port {port}: {reason}."),
        "no-connection": _("No connection to {host}, port {port}: {reason}."),
        "no-answer": _("No answer from {host}, port {port}, in {seconds} s; step: {step}."),
        "not-asked": _("{host}, port {port}, was not asked: the time was up before its turn."),
        "time-up-in-log-in": _("The time was up in the conversation with {host}, port {port}."),
        "address-without-answer": _("{address} had not answered on port {port} when {other} did."),
        "families-differ": _(
            "{six} and {four} give different answers on port {port}; which one a program gets"
            " is chance."
        ),
        "port-25-silent": _(
            "Nothing answers on port 25 from here, while the same host answers on other ports."
            " Many networks block port 25; programs send over 465 or 587."
        ),
        "port-25-blocked-here": _(
            "Port 25 is blocked on the way from here: {control} does not answer there either,"
            " though it must for mail to reach it. Programs send over 465 or 587."
        ),
        "port-25-closed-there": _(
            "This server does not answer on port 25, though the way there is open: {control}"
            " answers on it."
        ),
    }


def _talking() -> dict[str, str]:
    return {
        "hung-up": _("The server hung up; step: {step}."),
        "not-a-mail-server": _("What answers there does not speak {protocol}: “{said}”."),
        "garbled-answer": _("The server’s answer to {step} cannot be read: “{said}”."),
        "refused-us": _("The server refused to talk to us: “{said}”."),
        "line-too-long": _("The server sent a line of more than 8 kB; step: {step}."),
        "answer-too-long": _(
            "The server’s answer is longer than 64 kB or 1,000 lines; step: {step}."
        ),
        "mixed-codes": _("The lines of one answer have different codes; the last one counts."),
        "ehlo-refused": _("The server refused EHLO and HELO: “{said}”."),
        "ehlo-literal-refused": _(
            "The server refused an address literal in EHLO (“{said}”) and was told this"
            " machine’s name instead."
        ),
        "auth-empty": _("The server says AUTH but names no mechanism."),
        "no-ehlo": _("The server knows HELO only, so it can offer neither TLS nor AUTH."),
        "capability-refused": _("The server does not say what it can do: “{said}”."),
        "no-capa": _("The server does not list what it can do (CAPA is unknown to it)."),
        "preauth": _("The server takes us for logged in already (PREAUTH)."),
    }


def _securing() -> dict[str, str]:
    return {
        "starttls-not-offered": _("The server does not offer {step}."),
        "starttls-masked": _(
            "Something between here and the server has overwritten a keyword (“{said}”);"
            " that is how STARTTLS is hidden."
        ),
        "starttls-refused": _("The server offers {step} but refuses it: “{said}”."),
        "plaintext-after-starttls": _(
            "Unencrypted text came after the answer to {step}. Somebody may be putting words"
            " into the server’s mouth; no password may go there."
        ),
        "not-tls": _("The server speaks without TLS on a port for TLS: “{said}”."),
        "starttls-broken": _("The server offers STARTTLS, but no TLS comes about: {reason}."),
        "tls-failed": _("The TLS handshake fails: {reason}."),
        "tls-broken": _("The TLS connection broke: {reason}."),
        "tls-too-old": _(
            "The server speaks TLS {version} only; today’s clients want 1.2 or newer."
        ),
        "tls-only-weak": _(
            "TLS comes about only with weakened settings. With sound ones: {reason}."
        ),
        "password-in-the-clear": _("A password for {host} would go over the net unencrypted."),
    }


def _certificates() -> dict[str, str]:
    return {
        "certificate-expired": _("The certificate expired on {date}."),
        "certificate-not-yet-valid": _("The certificate is not valid before {date}."),
        "issuer-expired": _("A certificate that vouches for the server’s has expired."),
        "self-signed": _("The certificate is signed by itself; nobody vouches for it."),
        "unknown-issuer": _("The certificate was issued by “{issuer}”, which is not trusted here."),
        "chain-incomplete": _(
            "The server sends its own certificate alone; if “{issuer}” is an intermediate"
            " authority, the certificate of that is missing."
        ),
        "weak-key": _("A key in the certificates is too weak for today’s clients: {key}."),
        "weak-signature": _(
            "A certificate is signed with {algorithm}, which today’s clients refuse."
        ),
        "name-mismatch": _("The certificate is not for {host} but for {names}."),
        "certificate-without-names": _("The certificate names no server."),
        "certificate-unreadable": _("The server’s certificate cannot be read."),
        "certificate-not-trusted": _("The certificate did not verify: {reason}."),
        "pin-mismatch": _("The certificate is not the one that was agreed to for {host}."),
    }
