# SPDX-License-Identifier: MPL-2.0
"""What all tests share: the real programs as fixtures, and what to do where one is missing."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from tests.running.places import in_ci
from tests.world import parts
from tests.world.display import Display
from tests.world.options import Options
from tests.world.person import Person
from tests.world.servers import MailWorld
from tests.world.thunderbird import Thunderbird
from tests.world.wine import Prefix, template
from tests.world.zoo import Zoo

# What tests expect is English, whatever the person who runs them speaks.
os.environ["LANGUAGE"] = "en"

settings.register_profile("default", max_examples=60, deadline=None)
settings.register_profile("full", max_examples=1000, deadline=None)
# A change is judged by the same examples as the one before it; elsewhere they are new each time.
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True)
settings.load_profile(os.environ.get("CLIENTCFG_TEST_EXAMPLES", "ci" if in_ci() else "default"))

_left_out: Counter[str] = Counter()


@pytest.fixture(scope="session")
def mail_world() -> Iterator[MailWorld]:
    """Real Postfix and Dovecot as a careful administrator runs them; shared by a test run."""
    with MailWorld() as world:
        yield world


@pytest.fixture(scope="session")
def mail_world_legacy() -> Iterator[MailWorld]:
    """The same with ``broken_sasl_auth_clients``: Postfix says ``AUTH=…``, too."""
    with MailWorld(Options(legacy_auth_line=True)) as world:
        yield world


@pytest.fixture
def new_mail_world() -> Iterator[Callable[[Options], MailWorld]]:
    """Servers of a test's own, with any options; up in a tenth of a second."""
    with ExitStack() as stack:
        yield lambda options: stack.enter_context(MailWorld(options))


@pytest.fixture
def new_zoo() -> Iterator[Callable[[str, str], Zoo]]:
    """Any server of the zoo by name and variant, a test's own; most are up in 0.2 s."""
    with ExitStack() as stack:
        yield lambda name, variant: stack.enter_context(Zoo(name, variant))


@pytest.fixture
def new_thunderbird() -> Iterator[Callable[[MailWorld], Thunderbird]]:
    """A Thunderbird that never ran, for a new person who knows the servers of a world."""
    with ExitStack() as stack:

        def new(world: MailWorld) -> Thunderbird:
            person = stack.enter_context(Person(world.hosts, world.address))
            return Thunderbird(person, stack.enter_context(Display(person)))

        yield new


@pytest.fixture
def thunderbird(
    new_thunderbird: Callable[[MailWorld], Thunderbird], mail_world: MailWorld
) -> Thunderbird:
    """The same for the shared servers."""
    return new_thunderbird(mail_world)


@pytest.fixture
def wine_prefix() -> Iterator[Prefix]:
    """A Windows registry as Wine has it, with nothing of ours in it."""
    with Person() as person:
        yield Prefix(person, template())


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of reference data (``CLIENTCFG_TEST_DATA``)."""
    return Path(os.environ[parts.DATA])


def _missing(item: pytest.Item) -> list[str]:
    markers = {marker.name for marker in item.iter_markers()}
    fixtures = set(getattr(item, "fixturenames", ()))
    found = ((part, parts.why_not(part)) for part in sorted(parts.needed(markers, fixtures)))
    return [f"{part}: {why}" for part, why in found if why]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine can't do, and count it; CI runs (and fails) it."""
    if in_ci():
        return
    without = {item: missing for item in items if (missing := _missing(item))}
    _left_out.update(missing[0] for missing in without.values())
    if without:
        config.hook.pytest_deselected(items=list(without))
        items[:] = [item for item in items if item not in without]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """With ``CI=true`` a missing part is a failure."""
    if in_ci() and (missing := _missing(item)):
        pytest.fail("; ".join(missing), pytrace=False)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """A worker of pytest-xdist is done: what it left out (all workers leave out the same)."""
    _left_out.update(
        {
            why: count
            for why, count in getattr(node, "workeroutput", {}).get("left_out", {}).items()
            if why not in _left_out
        }
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a worker: tell the main process what was left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(_left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in words which tests were not run."""
    for why, count in sorted(_left_out.items()):
        terminalreporter.write_line(f"left out: {count} tests of {why}")
