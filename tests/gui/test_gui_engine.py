# SPDX-License-Identifier: MPL-2.0
"""The engine: events cross in order and in batches, questions come back, nothing outlives it."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clientcfg.flows.question import Answerer, ClientRuns, PasswordWanted
from clientcfg.gui.engine import Asked, Defect, Engine, Job, trouble_of
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Trouble
from tests.gui import scripted

pytestmark = pytest.mark.gui
WAIT = 5_000

CHILD = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Sender(QObject):
    sent = Signal(object)

app = QCoreApplication([])
sender, heard = Sender(), []
sender.sent.connect(heard.append)
for number in range(5000):
    sender.sent.emit((number, True))
assert len(heard) == 5000
heard.clear()
assert bool(1) is True
print("alive")
"""


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()
    assert not made.is_running()


def heard_by(job: Job) -> tuple[list[object], list[Trouble], list[str]]:
    events: list[object] = []
    troubles: list[Trouble] = []
    ends: list[str] = []
    job.heard.connect(events.append)
    job.failed.connect(troubles.append)
    job.ended.connect(lambda: ends.append("end"))
    return events, troubles, ends


def test_qt_survives_five_thousand_signals() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def test_events_come_in_order_and_in_few_visits(qtbot: QtBot, engine: Engine) -> None:
    async def flow(_answerer: Answerer) -> AsyncIterator[int]:
        for number in range(300):
            yield number
            await asyncio.sleep(0.001)

    visits: list[None] = []
    engine._arrived.connect(lambda: visits.append(None))
    began = time.monotonic()
    events, troubles, ends = heard_by(engine.start(flow))
    qtbot.waitUntil(lambda: bool(ends), timeout=WAIT)
    assert events == list(range(300))
    assert troubles == []
    # 30 a second, and one more for the end.
    assert len(visits) <= 30 * (time.monotonic() - began) + 2


def test_a_trouble_crosses_and_a_defect_is_told_as_one(qtbot: QtBot, engine: Engine) -> None:
    async def refuses(_answerer: Answerer) -> AsyncIterator[int]:
        yield 1
        raise No("no-way", "There is no way.")

    async def breaks(_answerer: Answerer) -> AsyncIterator[int]:
        yield 1
        raise KeyError("secret detail")

    first, second = engine.start(refuses), engine.start(breaks)
    _events, troubles, _ends = heard_by(first)
    _more, defects, _none = heard_by(second)
    qtbot.waitUntil(lambda: bool(troubles and defects), timeout=WAIT)
    assert troubles[0].code == "no-way"
    assert isinstance(defects[0], Defect)
    assert "secret detail" not in defects[0].text


def test_a_cancelled_flow_says_nothing_more_and_cleans_up(qtbot: QtBot, engine: Engine) -> None:
    left: list[str] = []

    async def flow(_answerer: Answerer) -> AsyncIterator[int]:
        try:
            while True:
                yield 1
                await asyncio.sleep(0.01)
        finally:
            left.append("cleaned up")

    job = engine.start(flow)
    events, troubles, ends = heard_by(job)
    qtbot.waitUntil(lambda: bool(events), timeout=WAIT)
    job.cancel()
    count = len(events)
    qtbot.waitUntil(lambda: bool(left), timeout=WAIT)
    qtbot.wait(100)
    assert (len(events), troubles, ends) == (count, [], [])


def test_questions_cross_and_answers_come_back(qtbot: QtBot, engine: Engine) -> None:
    async def flow(answerer: Answerer) -> AsyncIterator[object]:
        yield await answerer.password(PasswordWanted("ada", ("mail",), "why"))
        yield await answerer.go_on("a review")

    def answer(asked: Asked) -> None:
        wanted = asked.wanted
        asked.answer(Secret("pw") if isinstance(wanted, PasswordWanted) else True)
        asked.answer(None)

    job = engine.start(flow)
    job.asked.connect(answer)
    events, _troubles, ends = heard_by(job)
    qtbot.waitUntil(lambda: bool(ends), timeout=WAIT)
    secret, yes = events
    assert isinstance(secret, Secret)
    assert secret.reveal() == "pw"
    assert yes is True


def test_waiting_for_a_program_looks_again_until_it_is_told_to_stop(
    qtbot: QtBot, engine: Engine
) -> None:
    runs = ClientRuns(scripted.installation("thunderbird", "Thunderbird", "153"))

    async def flow(answerer: Answerer) -> AsyncIterator[object]:
        while await answerer.wait_for_client(runs):
            yield "looked again"
        yield "gave up"

    job = engine.start(flow)
    asked: list[Asked] = []
    job.asked.connect(asked.append)
    events, _troubles, ends = heard_by(job)
    qtbot.waitUntil(lambda: len(events) >= 2, timeout=WAIT)
    assert len(asked) == 1
    asked[0].answer(False)
    qtbot.waitUntil(lambda: bool(ends), timeout=WAIT)
    assert events[-1] == "gave up"


def test_closing_ends_a_flow_that_waits(qtbot: QtBot) -> None:
    engine = Engine()

    async def flow(answerer: Answerer) -> AsyncIterator[object]:
        yield 1
        yield await answerer.go_on("never answered")

    events, _troubles, _ends = heard_by(engine.start(flow))
    qtbot.waitUntil(lambda: bool(events), timeout=WAIT)
    engine.close()
    assert not engine.is_running()


def test_a_group_of_errors_is_told_by_the_trouble_in_it() -> None:
    group = ExceptionGroup("several", [ValueError("x"), No("no-way", "There is no way.")])
    assert trouble_of(group).code == "no-way"


FORBIDDEN = ("ssl", "socket", "subprocess", "dns", "httpx", "smtplib", "imaplib")


def test_the_window_imports_nothing_that_speaks_to_servers() -> None:
    room = Path(__file__).parents[2] / "clientcfg" / "gui"
    files = list(room.rglob("*.py"))
    assert len(files) > 20
    for file in files:
        for line in file.read_text().splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].split(".")[0] not in FORBIDDEN, f"{file.name}: {line}"


def test_models_know_nothing_of_qt() -> None:
    room = Path(__file__).parents[2] / "clientcfg" / "gui"
    models = [*room.rglob("*_model.py"), room / "words.py", room / "setup" / "look.py"]
    assert len(models) >= 9
    names = ["clientcfg.gui." + ".".join(m.relative_to(room).with_suffix("").parts) for m in models]
    code = f"import sys, {', '.join(names)}; print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False\n"


def test_it_knows_whether_others_are_on_their_way(engine: Engine, qtbot: QtBot) -> None:
    seen: list[bool] = []
    waits = asyncio.Event()

    async def other(_answerer: Answerer) -> AsyncIterator[object]:
        yield "begun"
        await waits.wait()

    async def asking(_answerer: Answerer) -> AsyncIterator[object]:
        seen.append(engine.is_busy())
        yield "asked"

    begun: list[object] = []
    first = engine.start(other)
    first.heard.connect(begun.append)
    qtbot.waitUntil(lambda: begun == ["begun"])
    engine.start(asking)
    qtbot.waitUntil(lambda: seen == [True])
    engine.call(waits.set)
    qtbot.waitUntil(lambda: first.task is not None and first.task.done())
    engine.start(asking)
    qtbot.waitUntil(lambda: seen == [True, False])
