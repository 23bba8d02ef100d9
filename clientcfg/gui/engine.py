# SPDX-License-Identifier: MPL-2.0
"""Where flows run: one asyncio loop in one worker thread, and the way over to the window."""

import asyncio
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clientcfg.flows.password_store import kept_password
from clientcfg.flows.question import Answerer, ClientRuns, HostToConfirm, PasswordWanted
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

# Seconds between two visits to the window: at most 30 a second.
PACE = 1 / 30
# How long one visit may keep the window from everything else (seconds).
VISIT = 0.008
# How often a flow that waits for a program to close looks again (seconds).
LOOK_AGAIN = 0.5
# How long the worker may take to end (seconds); every wait in it has a deadline of its own.
END = 10.0
# How long a busy worker may keep the interpreter from the window (seconds). Each widget
# asks for it a dozen times until it is painted, and with Python's own 5 ms that adds up.
TURN = 0.00005

Flow = Callable[[Answerer], AsyncIterator[object]]


class Defect(Trouble):
    """A fault of clientcfg itself."""


# Answers a wish for a password: look whether this system's store has it, else ask again.
FROM_STORE = object()


class Asked:
    """A question of a flow, on its way to the person. ``wanted`` says which."""

    def __init__(self, wanted: object, loop: asyncio.AbstractEventLoop) -> None:
        self.wanted = wanted
        self._loop = loop
        self.future: asyncio.Future[object] = loop.create_future()

    def answer(self, value: object) -> None:
        """Answer it, from the window's thread. A second answer is not heard."""

        def tell() -> None:
            if not self.future.done():
                self.future.set_result(value)

        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(tell)


class _Asker(Answerer):
    """Lives in the worker; puts questions to the window and waits for the answer."""

    def __init__(self, ask: Callable[[object], Asked]) -> None:
        self._ask = ask
        self._closing: Asked | None = None

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        answer = await self._ask(wanted).future
        if answer is FROM_STORE:
            kept = await kept_password(wanted.username)
            if kept.secret is not None:
                return kept.secret
            answer = await self._ask(replace(wanted, store=kept.said)).future
        return answer if isinstance(answer, Secret) else None

    async def accept_host(self, host: HostToConfirm) -> bool:
        return await self._ask(host).future is True

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        """Look again by itself until the program is closed; False as soon as a person says so."""
        if self._closing is None:
            self._closing = self._ask(runs)
        done, _waiting = await asyncio.wait({self._closing.future}, timeout=LOOK_AGAIN)
        return not done

    async def go_on(self, review: object) -> bool:
        return await self._ask(review).future is True


class Job(QObject):
    """One flow at work. Its signals come in the window's thread; after :meth:`cancel` none do."""

    heard = Signal(object)
    asked = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, engine: "Engine") -> None:
        super().__init__(engine)
        self._engine = engine
        self.task: asyncio.Task[None] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """Stop it; it says nothing any more."""
        self.cancelled = True
        self._engine.call(self._stop)

    def _stop(self) -> None:
        if self.task is not None:
            self.task.cancel()


class Engine(QObject):
    """Starts flows in the worker thread. Make it and close it in the window's thread."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mail: deque[tuple[Job, str, object]] = deque()
        self._loop = asyncio.new_event_loop()
        self._announced = False
        # How many flows are on their way, as the worker knows it.
        self._driven = 0
        self._last = 0.0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        sys.setswitchinterval(min(TURN, sys.getswitchinterval()))
        self._thread = threading.Thread(target=self._run, name="flows", daemon=True)
        self._thread.start()

    def start(self, flow: Flow) -> Job:
        """Begin *flow*; connect to the job's signals at once, they never come before you return."""
        job = Job(self)
        self.call(lambda: self._begin(job, flow))
        return job

    def call(self, what: Callable[[], None]) -> None:
        """Run *what* in the worker; nothing happens once the engine is closed."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(what)

    def close(self) -> None:
        """End every flow and the thread."""
        self.call(self._loop.stop)
        self._thread.join(END)
        self._mail.clear()

    def is_busy(self) -> bool:
        """Whether more than the one flow that asks is on its way."""
        return self._driven > 1

    def is_running(self) -> bool:
        """Whether the worker is still there."""
        return self._thread.is_alive()

    def _run(self) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
            tasks = asyncio.all_tasks(loop)
            for task in tasks:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    def _begin(self, job: Job, flow: Flow) -> None:
        if not job.cancelled:
            job.task = self._loop.create_task(self._drive(job, flow))

    async def _drive(self, job: Job, flow: Flow) -> None:
        def ask(wanted: object) -> Asked:
            asked = Asked(wanted, self._loop)
            self._post(job, "asked", asked)
            return asked

        self._driven += 1
        try:
            async for event in flow(_Asker(ask)):
                self._post(job, "heard", event)
        except Exception as e:
            self._post(job, "failed", trouble_of(e))
        else:
            self._post(job, "ended", None)
        finally:
            self._driven -= 1

    def _post(self, job: Job, kind: str, what: object) -> None:
        self._mail.append((job, kind, what))
        if not self._announced:
            self._announced = True
            wait = self._last + PACE - time.monotonic()
            self._loop.call_later(max(0.0, wait), self._announce)

    def _announce(self) -> None:
        self._announced = False
        self._last = time.monotonic()
        self._arrived.emit()

    def _deliver(self) -> None:
        over = time.monotonic() + VISIT
        while self._mail:
            if time.monotonic() > over:
                # What is left comes after keys, clicks and paint.
                QTimer.singleShot(0, self, self._deliver)
                return
            job, kind, what = self._mail.popleft()
            if job.cancelled:
                continue
            if kind == "ended":
                job.ended.emit()
            else:
                getattr(job, kind).emit(what)


def trouble_of(error: BaseException) -> Trouble:
    """What a person is told about *error*."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, BaseExceptionGroup):
        inside = (e for e in error.exceptions if isinstance(e, Trouble))
        found = next(inside, None)
        if found is not None:
            return found
    return Defect(
        "defect",
        _("clientcfg has a defect and stopped ({kind}).").format(kind=type(error).__name__),
        _("Nothing half-done stays: what was begun is taken back when clientcfg starts again."),
    )
