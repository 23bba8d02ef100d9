# SPDX-License-Identifier: MPL-2.0
"""A program in between that logs in where this one cannot."""

from collections.abc import Callable, Iterable
from typing import Final

from clientcfg.advise.condition import label
from clientcfg.advise.steps import cost
from clientcfg.advise.ways import Way
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Security
from clientcfg.model.phrases import encryption
from clientcfg.model.policy import Policy, Rules, Topic
from clientcfg.model.verdict import Advice, Reason
from clientcfg.words import _

# A bridge that wants the program to log in to it, and passes that on as a sign-in.
_WANTS_LOG_IN: Final = "wants-log-in"


def bridged(
    client: ClientVersion,
    bridges: Iterable[ClientVersion],
    way_of: Callable[[ClientVersion], Way | None],
) -> tuple[Advice, ...]:
    """Every bridge with a way in, the cheapest first, then what that one needs besides."""
    can_log_in = client.abilities.smtp_auth.value is Answer.YES
    found = [
        (way, bridge)
        for bridge in bridges
        if (can_log_in or _WANTS_LOG_IN not in bridge.abilities.quirks)
        and (way := way_of(bridge)) is not None
    ]
    found.sort(key=lambda pair: cost(pair[0].steps))
    told = tuple(_through(client, bridge, way) for way, bridge in found)
    return (*told, *found[0][0].steps) if found else ()


def _through(client: ClientVersion, bridge: ClientVersion, way: Way) -> Advice:
    text = _(
        "Let {bridge} log in at {host} in place of {client}: it runs on this computer, or on"
        " another one in your own network, and {client} hands its mail to it."
    )
    return Advice(
        "bridge",
        text.format(bridge=_(bridge.name), host=way.endpoint.host, client=label(client)),
        client=bridge.id,
    )


def own_bridge(rules: Rules) -> tuple[Reason, Advice] | None:
    """Where the provider lets nobody in but through a program of its own."""
    policy = rules.of_address
    needed = None if policy is None else policy.in_force(Topic.BRIDGE, rules.day)
    if policy is None or needed is None:
        return None
    text = _("{provider} has no server for mail programs; they go through {bridge}.")
    names = {"provider": policy.name, "bridge": needed.word or _("its bridge")}
    reason = Reason("bridge-needed", text.format(**names), needed.evidence)
    todo = _(
        "Install {bridge}, and set the program up with the server, the port and the password that"
        " it shows: they are on this computer."
    )
    return reason, Advice("bridge", todo.format(**names), url=needed.url)


def ports_of(policies: Iterable[Policy]) -> tuple[Advice, ...]:
    """Where the providers say that they take mail, for one who found nobody there."""
    text = _("{provider} takes mail for sending on port {ports}.")
    return tuple(
        Advice(
            "check-port",
            text.format(provider=p.name, ports=_ports(p)),
        )
        for p in policies
        if p.ports()
    )


def _ports(policy: Policy) -> str:
    written = (fact.says.partition("/") for fact in policy.ports())
    return _(" or ").join(
        f"{port} ({encryption(Security(word))})" for port, _slash, word in written
    )
