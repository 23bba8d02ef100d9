# SPDX-License-Identifier: MPL-2.0
"""Step 1 without Qt: what was typed, read as an address."""

from dataclasses import dataclass

from clientcfg.flows.slip import meant_address
from clientcfg.gui.words import advice_here
from clientcfg.model.address import Address
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Typed:
    """``address`` is None as long as ``problem`` says what is wrong with it."""

    name: str
    address: Address | None
    problem: str = ""


def read(name: str, text: str) -> Typed:
    """Both fields, read."""
    name, text = " ".join(name.split()), text.strip()
    if not text:
        return Typed(name, None, _("Your address is missing. It looks like name@example.org."))
    local, at, domain = text.rpartition("@")
    if not at or not domain:
        sentence = _("The part after @ is missing. An address looks like name@example.org.")
        return Typed(name, None, sentence)
    if not local:
        sentence = _("The part before @ is missing. An address looks like name@example.org.")
        return Typed(name, None, sentence)
    try:
        return Typed(name, Address.parse(text))
    except WrongUsage as e:
        return Typed(name, None, " ".join((e.text, *advice_here(e))))


def suggestion(text: str) -> Address | None:
    """The address that may be meant instead: one letter differs from a common domain."""
    typed = read("", text)
    return None if typed.address is None else meant_address(typed.address)


def domain_so_far(text: str) -> str:
    """The domain while it is being typed; empty as long as there is none to speak of."""
    typed = read("", text)
    return typed.address.domain if typed.address is not None and "." in typed.address.domain else ""
