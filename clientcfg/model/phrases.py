# SPDX-License-Identifier: MPL-2.0
"""Model words as people read them, the same in every room."""

import re

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.offer import Trust
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _


def named(endpoint: Endpoint) -> str:
    """An endpoint in words: host, port, and how it is encrypted."""
    words = {
        Security.TLS: _("encrypted from the start"),
        Security.STARTTLS: _("encrypted with STARTTLS"),
        Security.PLAIN: _("not encrypted"),
    }
    return _("{host}, port {port}, {security}").format(
        host=endpoint.host, port=endpoint.port, security=words[endpoint.security]
    )


def encryption(value: Security) -> str:
    """The same as a table has room for."""
    return {
        Security.TLS: _("TLS"),
        Security.STARTTLS: _("STARTTLS"),
        Security.PLAIN: _("none"),
    }[value]


def verdict_word(kind: VerdictKind) -> str:
    """A verdict in one word."""
    return {
        VerdictKind.READY: _("Ready"),
        VerdictKind.NEEDS_STEP: _("One step"),
        VerdictKind.UPGRADE: _("Update"),
        VerdictKind.BRIDGE: _("Bridge"),
        VerdictKind.IMPOSSIBLE: _("No"),
        VerdictKind.UNKNOWN: _("Unknown"),
    }[kind]


def answer_word(value: str) -> str:
    """Whether a program can do something, as a table has room for; all else is said as it is."""
    return {
        "yes": _("yes"),
        "no": _("no"),
        "unknown": _("unknown"),
        "port25-only": _("on port 25 only"),
        "os": _("as the system has it"),
        "lib": _("as its library has it"),
    }.get(value, value)


def confidence_word(value: str) -> str:
    """How sure something is."""
    return {
        "documented": _("documented"),
        "derived": _("derived"),
        "recollection": _("recollection"),
        "reported": _("reported"),
    }.get(value, value)


def source_name(name: str) -> str:
    """Who named a server."""
    return {
        "autoconfig": _("The domain’s own configuration"),
        "autodiscover": _("Autodiscover"),
        "guess": _("Usual names"),
        "here": _("A file on this computer"),
        "ispdb": _("Thunderbird’s list as it is now"),
        "mailconf": _("DNS record (mailconf)"),
        "mx": _("Whoever takes its mail (MX)"),
        "named": _("You"),
        "ns": _("Whoever answers DNS for it (NS)"),
        "pacc": _("The domain’s configuration, vouched for in DNS (PACC)"),
        "providers": _("Lists of providers that came with this program"),
        "special": _("The name itself"),
        "srv": _("DNS records (SRV)"),
    }.get(name, name)


def trust_words(trust: Trust) -> str:
    """How hard it is for a stranger to have chosen a server."""
    return {
        Trust.A0: _("said by you"),
        Trust.A1: _("the domain’s own word, vouched for in DNS"),
        Trust.A2: _("the domain’s own word"),
        Trust.A3: _("known facts"),
        Trust.A4: _("named by DNS, and proved"),
        Trust.A5: _("proved to be of the domain"),
        Trust.A6: _("could be forged"),
        Trust.A7: _("could be forged by anybody on the line"),
    }[trust]


def one_decimal(number: float) -> str:
    """ "2.1", with the sign that the language puts before a decimal."""
    whole, _point, tenth = f"{number:.1f}".partition(".")
    return _("{whole}.{tenth}").format(whole=whole, tenth=tenth)


def authority_list(name: str) -> str:
    """A list of certificate authorities, and who goes by it."""
    return {"mozilla": _("Mozilla’s list, by which Thunderbird goes")}.get(name, name)


def common_name(name: str) -> str:
    """The CN of a distinguished name (RFC 4514), or all of it where there is none."""
    found = re.search(r"(?:^|,)CN=((?:[^,\\]|\\.)*)", name)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else name


def issuer_name(name: str) -> str:
    """An authority as people know it: its organisation, too, where its name does not say that."""
    own = common_name(name)
    found = re.search(r"(?:^|,)O=((?:[^,\\]|\\.)*)", name)
    house = re.sub(r"\\(.)", r"\1", found[1]) if found else ""
    return own if not house or house in own else f"{house} {own}"


def after_colon(fact: str) -> str:
    """A missing fact ("Whether …") where it is a part of a sentence."""
    return fact[:1].lower() + fact[1:]
