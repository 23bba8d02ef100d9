# SPDX-License-Identifier: MPL-2.0
"""What a person typed as the thing to ask: an address, a domain, a host, a host with a port."""

import ipaddress
from dataclasses import replace

from clientcfg.flows.question import Question
from clientcfg.model.address import Address, host_name
from clientcfg.model.endpoint import STANDARD_PORTS, Endpoint, Protocol
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

_PROTOCOLS = {port: protocol for protocol, port, _security in STANDARD_PORTS}


def question_about(typed: str, base: Question) -> Question:
    """*base* with what was *typed* as its target. Raises :class:`WrongUsage` with a sentence."""
    text = typed.strip()
    blank = replace(base, address=None, name=None, host=False, servers=())
    if not text:
        raise WrongUsage("no-target", _("Type a domain, a mail server or an e-mail address."))
    if "@" in text:
        return replace(blank, address=Address.parse(text))
    if _is_literal(text.strip("[]")):
        return replace(blank, name=text.strip("[]"), host=True)
    if ":" in text:
        endpoint = Endpoint.parse(Protocol.SMTP, text)
        protocol = _PROTOCOLS.get(endpoint.port, Protocol.SMTP)
        return replace(blank, servers=(Endpoint.parse(protocol, text),))
    return replace(blank, name=host_name(text))


def _is_literal(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
