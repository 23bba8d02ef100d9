# SPDX-License-Identifier: MPL-2.0
"""A profile in words: what it does, what it does not, and what there is to know."""

from collections.abc import Iterable
from typing import Final

from clientcfg.formats.mobileconfig.authorities import Authority
from clientcfg.formats.mobileconfig.profile import incoming_of
from clientcfg.formats.mobileconfig.steps import (
    is_phone,
    maker_of_addresses,
    may_be_mac,
    steps_for,
)
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Security
from clientcfg.model.export import About, Wanted
from clientcfg.model.phrases import named
from clientcfg.words import _, quoted

_KNOWN_PORTS: Final = frozenset({25, 110, 143, 465, 587, 993, 995})


def about(name: str, account: Account, wanted: Wanted, authorities: tuple[Authority, ...]) -> About:
    """The profile *name* for the client and version that is wanted."""
    return About(
        name,
        _("The account for Mail, as a configuration profile"),
        tuple(_does(account, wanted, authorities)),
        tuple(_does_not(account, wanted, authorities)),
        steps_for(name, wanted, trusts_more=bool(authorities)),
    )


def notes(account: Account, wanted: Wanted) -> tuple[str, ...]:
    """What there is to know beside the file."""
    of_signature = wanted.signature.notes if wanted.signature is not None else ()
    text = _(
        "A profile cannot name the certificate of {host} that you agreed to: the device asks about "
        "it, or refuses. Let the server show one that the device trusts, or bring the authority "
        "along with --root-cert."
    )
    hosts = dict.fromkeys(pinned.endpoint.host for pinned in account.trusted_certificates)
    return (*of_signature, *(text.format(host=host) for host in hosts))


def _does(account: Account, wanted: Wanted, authorities: tuple[Authority, ...]) -> Iterable[str]:
    incoming, outgoing = incoming_of(account), account.outgoing
    yield _("Adds {address} to Mail. It reads from {server}.").format(
        address=account.address, server=named(incoming.endpoint)
    )
    yield _("It sends through {server}, logged in as {user}.").format(
        server=named(outgoing.endpoint), user=outgoing.username
    )
    if wanted.with_password:
        yield _("It holds the password, as you asked, so that nobody has to type it.")
    elif incoming.username == outgoing.username:
        yield _("The device asks for the password while it installs it, once for both servers.")
    else:
        yield _("The device asks for the password of each server while it installs it.")
    yield _("A later profile for the same address takes its place.")
    for authority in authorities:
        yield _(
            "Brings the certificate authority {name} along, SHA-256 {sha256}: what it issues can "
            "then be trusted on that device, other websites too."
        ).format(name=quoted(authority.name), sha256=authority.sha256)
    if wanted.signature is not None:
        yield _(
            "It is signed by {name}: devices show “Verified” where they trust {root}, and nobody "
            "can change it unnoticed."
        ).format(name=quoted(wanted.signature.name), root=quoted(wanted.signature.root))


def _does_not(
    account: Account, wanted: Wanted, authorities: tuple[Authority, ...]
) -> Iterable[str]:
    if wanted.with_password:
        yield _("It keeps no secret: whoever has the file has the password.")
    else:
        yield _("It holds no password.")
    if wanted.signature is None:
        yield _("It is not signed: the device says so in red, and installs it all the same.")
    yield _("It changes no account that was made by hand: take that one away first.")
    yield _("The servers cannot be changed in Mail while the profile is there.")
    yield _("Taking the profile away takes the account away, with the mail on that device.")
    for login in (incoming_of(account), account.outgoing):
        yield from _of_server(login)
    if is_phone(wanted.client):
        yield _(
            "Only one profile waits on a phone, the last one opened, and it is dropped after "
            "8 minutes."
        )
        yield _("Other browsers than Safari only save the file.")
        if authorities:
            yield _(
                "From iOS 10.3 on it does not make the phone trust the authority: a person has to "
                "switch that on."
            )
    if may_be_mac(wanted.client):
        yield _("It cannot be installed by a command: since macOS 11 a person has to agree.")
    if maker_of_addresses(wanted.client):
        yield _(
            "Mail in OS X 10.8 does not take the address from it, but makes one of user name and "
            "server: look at it afterwards."
        )


def _of_server(login: ServerLogin) -> Iterable[str]:
    endpoint = login.endpoint
    if endpoint.security is Security.STARTTLS:
        yield _(
            "It cannot say that {host}, port {port}, must be encrypted with STARTTLS: it says “use "
            "SSL”, which Mail takes for that there. Port 465 or 993 would leave no doubt."
        ).format(host=endpoint.host, port=endpoint.port)
    if endpoint.port not in _KNOWN_PORTS:
        yield _(
            "It cannot say how port {port} of {host} is encrypted, and how Mail finds out at an "
            "unusual port is documented nowhere."
        ).format(host=endpoint.host, port=endpoint.port)
