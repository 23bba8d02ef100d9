# SPDX-License-Identifier: MPL-2.0
"""Windows for tests: dressed, on a made-up machine, and closed behind each test."""

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientcfg.cli.demo_app import demo_world
from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.theme import Theme, wear
from clientcfg.gui.window import Window
from clientcfg.words import speak
from tests.catalogs.catalogs import catalogs
from tests.gui.shown import place, shown

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Whoever runs the tests has passwords of their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

# One test in so many looks through the old objects, too.
OLD = 25


@pytest.fixture(scope="package", autouse=True)
def generations() -> Iterator[Iterator[int]]:
    """What to collect after each test: the young objects, now and then all."""
    yield itertools.cycle((*[1] * (OLD - 1), 2))
    gc.enable()


@pytest.fixture(autouse=True)
def garbage(generations: Iterator[int]) -> Iterator[None]:
    """Collected when a test's windows are gone, and at no other time nor in another thread.

    As in the app, and for the same reason: :mod:`clientcfg.gui.garbage`.
    """
    gc.disable()
    yield
    gc.collect(next(generations))


@pytest.fixture(params=["en", *catalogs()])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every language that there is, one after the other."""
    speak([request.param])
    yield request.param
    speak(["en"])


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """The demo's servers, shared by a test run."""
    with demo_world() as servers:
        yield servers


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


@pytest.fixture
def here(machine: DemoMachine, tmp_path: Path) -> Here:
    return place(machine.home, machine.root, tmp_path / "state")


@pytest.fixture(scope="session")
def shared_here(tmp_path_factory: pytest.TempPathFactory) -> Here:
    """A machine for windows on which nothing is changed."""
    folder = tmp_path_factory.mktemp("shared")
    shared = make_machine(folder)
    return place(shared.home, shared.root, folder / "state")


@pytest.fixture
def question(world: World) -> Question:
    return Question(
        address=world.address,
        real_name="Ada Lovelace",
        nameserver=Nameserver(*world.dns),
        ca_files=(str(world.ca_file),),
    )


@pytest.fixture
def theme(qtbot: QtBot) -> Iterator[Theme]:
    """What the application wears; afterwards it is light again, in the font from before."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    worn = wear(app)
    font = QFont(app.font())
    yield worn
    app.setFont(font)
    worn.wear(dark=False)


@pytest.fixture
def open_window(qtbot: QtBot, here: Here) -> Iterator[Callable[..., Window]]:
    """Opens a window on a question; it is gone after the test."""
    with ExitStack() as stack:

        def make(question: Question, machine: Here | None = None) -> Window:
            return stack.enter_context(shown(machine or here, question))

        yield make
