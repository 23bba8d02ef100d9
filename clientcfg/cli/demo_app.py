# SPDX-License-Identifier: MPL-2.0
"""The demo's servers behind the app."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from clientcfg.demo.machine import make_machine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.preset import Preset
from clientcfg.model.trouble import NotFoundOut
from clientcfg.words import _

# How long the servers may take to start and to end (seconds).
DEMO_TIMEOUT = 30.0


@contextmanager
def demo_world() -> Iterator[World]:
    """The demo's servers, in a thread of their own so that the window's is free."""
    ready: list[World] = []
    started, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with World() as world:
            ready.append(world)
            started.set()
            await over.wait()

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(serve())
        finally:
            started.set()

    thread = threading.Thread(target=work, name="demo", daemon=True)
    thread.start()
    started.wait(DEMO_TIMEOUT)
    if not ready:
        raise NotFoundOut("demo-not-started", _("The demo’s servers could not be started."))
    try:
        yield ready[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(DEMO_TIMEOUT)


def preset_of(world: World) -> Preset:
    """What the app begins with on the demo's servers."""
    machine = make_machine(world.home)
    return Preset(
        question=Question(
            address=world.address,
            real_name="Ada Lovelace",
            nameserver=Nameserver(*world.dns),
            ca_files=(str(world.ca_file),),
        ),
        here=lambda: Here(
            home=machine.home, root=machine.root, state=world.home / "state", environ={}
        ),
        password=world.password,
        note=_(
            "This is a demo: address, servers and programs are made up, and gone when you close it."
        ),
    )
