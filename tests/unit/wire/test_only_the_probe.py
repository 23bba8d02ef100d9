# SPDX-License-Identifier: MPL-2.0
"""A trusted channel comes from the probe alone: in the source, and when the program runs."""

import ast
import copy
import pickle

import pytest

from clientcfg.model import channel as room
from clientcfg.model.channel import Proof, Seal, TrustedChannel, Why, take_seal
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.probe.seal import SEAL
from tests.running.places import CHECKOUT
from tests.support.scripted import ScriptedWire, trusted

SOURCE = CHECKOUT / "clientcfg"
MAKERS = {"Proof", "TrustedChannel", "Seal", "take_seal", "SEAL", "_SEAL"}
# Reading the types is everybody's; these may do more.
MAY_MAKE = {"model/channel.py", "probe/driver.py", "probe/seal.py"}
# Ways around a constructor.
WAYS_AROUND = {"__new__", "__reduce__", "__reduce_ex__", "__setattr__"}


def uses(source: str) -> set[str]:
    """The makers that *source* does anything with but name as a type."""
    tree = ast.parse(source)
    if not any(word in source for word in ("channel", "seal")):
        return set()  # the words may mean something else there
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in MAKERS:
                found.add(name)
            case ast.Call(func=ast.Attribute(attr=way), args=arguments) if way in WAYS_AROUND:
                mentioned = {
                    n.id for a in arguments for n in ast.walk(a) if isinstance(n, ast.Name)
                }
                found |= mentioned & MAKERS
            case ast.ClassDef(bases=bases):
                found |= {b.id for b in bases if isinstance(b, ast.Name)} & MAKERS
            case ast.alias(name=name, asname=other) if name in MAKERS:
                if other is not None or name not in {"Proof", "TrustedChannel"}:
                    found.add(name)
            case ast.Attribute(attr=name) if name in {"_SEAL", "SEAL", "take_seal"}:
                found.add(name)
            case ast.Assign(value=ast.Name(id=name)) if name in MAKERS:
                found.add(name)
            case _:
                pass
    return found


def test_no_other_room_makes_one() -> None:
    files = {str(path.relative_to(SOURCE)): path for path in sorted(SOURCE.rglob("*.py"))}
    assert files.keys() >= MAY_MAKE
    makers = {name for name, path in files.items() if uses(path.read_text())}
    assert makers == MAY_MAKE


@pytest.mark.parametrize(
    "source",
    [
        "TrustedChannel(w, r, p)",
        "channel.TrustedChannel(w, r, p)",
        "x = Proof('verified-tls', w, s)",
        "object.__new__(TrustedChannel)",
        "class Mine(Proof): ...",
        "from clientcfg.model.channel import TrustedChannel as T",
        "from clientcfg.model.channel import take_seal",
        "from clientcfg.probe.seal import SEAL",
        "import clientcfg.probe.seal as s\ns.SEAL",
        "T = TrustedChannel",
    ],
)
def test_the_search_finds_what_it_should(source: str) -> None:
    assert uses("import clientcfg.model.channel\n" + source)


@pytest.mark.parametrize(
    "source",
    [
        "from clientcfg.model.channel import TrustedChannel\ndef f(c: TrustedChannel) -> None: ...",
        "type(channel) is not TrustedChannel",
    ],
)
def test_the_search_lets_types_be_named(source: str) -> None:
    assert not uses("import clientcfg.model.channel\n" + source)


def test_the_seal_is_given_out_once() -> None:
    with pytest.raises(TypeError):
        take_seal()
    with pytest.raises(TypeError):
        Seal(None)  # type: ignore[arg-type]
    for take in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            take(SEAL)


@pytest.mark.parametrize("seal", [None, object(), "seal", object.__new__(Seal)])
def test_no_proof_without_the_seal(seal: object) -> None:
    with pytest.raises(TypeError):
        Proof("verified-tls", ScriptedWire([]), seal)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Seal", "Proof", "TrustedChannel"])
def test_there_are_no_other_kinds(name: str) -> None:
    with pytest.raises(TypeError):
        type("Mine", (getattr(room, name),), {})


def test_a_channel_cannot_be_changed_or_copied() -> None:
    channel, _login = trusted(ScriptedWire([]), Protocol.SMTP, PLAIN)
    for thing, name in ((channel, "wire"), (channel, "report"), (channel.proof, "wire")):
        with pytest.raises(AttributeError):
            setattr(thing, name, ScriptedWire([]))
        with pytest.raises(AttributeError):
            delattr(thing, name)
    for take in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            take(channel)
        with pytest.raises(TypeError):
            take(channel.proof)


def test_a_proof_is_for_one_wire() -> None:
    channel, _login = trusted(ScriptedWire([]), Protocol.SMTP, PLAIN)
    with pytest.raises(TypeError):
        TrustedChannel(ScriptedWire([]), channel.report, channel.proof)


def report(security: Security, host: str, *, verified: bool | None) -> EndpointReport:
    tls = None if verified is None else Tls("1.3", "cipher", verified, None)
    endpoint = Endpoint(Protocol.SMTP, host, 587, security)
    return EndpointReport(endpoint, "127.0.0.1", reachable=True, tls=tls)


@pytest.mark.parametrize(
    ("why", "security", "host", "verified", "holds"),
    [
        ("verified-tls", Security.TLS, "mail.example.org", True, True),
        ("pinned-certificate", Security.STARTTLS, "mail.example.org", True, True),
        ("named-loopback", Security.PLAIN, "127.0.0.1", None, True),
        ("named-loopback", Security.PLAIN, "::1", None, True),
        ("verified-tls", Security.TLS, "mail.example.org", False, False),
        ("verified-tls", Security.STARTTLS, "mail.example.org", None, False),
        ("pinned-certificate", Security.TLS, "mail.example.org", False, False),
        ("verified-tls", Security.PLAIN, "127.0.0.1", None, False),
        ("named-loopback", Security.PLAIN, "localhost", None, False),
        ("named-loopback", Security.PLAIN, "192.0.2.1", None, False),
        ("named-loopback", Security.STARTTLS, "127.0.0.1", None, False),
    ],
)
def test_a_proof_has_to_agree_with_what_was_seen(
    why: Why, security: Security, host: str, verified: bool | None, holds: bool
) -> None:
    wire, seen = ScriptedWire([]), report(security, host, verified=verified)
    proof = Proof(why, wire, SEAL)
    if holds:
        assert TrustedChannel(wire, seen, proof).report is seen
    else:
        with pytest.raises(TypeError):
            TrustedChannel(wire, seen, proof)
