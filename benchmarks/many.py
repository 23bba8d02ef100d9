# SPDX-License-Identifier: MPL-2.0
"""Many STARTTLS probes in this one process and on one core; what they cost, as JSON.

Started by :mod:`benchmarks.throughput`; by hand for a profile::

    python -m benchmarks.many PORT CA.pem --count 2000 --profile
"""

import argparse
import asyncio
import cProfile
import gc
import importlib
import json
import pstats
import resource
import sys
from pathlib import Path

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport
from clientcfg.probe.driver import Trust, probe_endpoint

_WARM_UP = 50
_TIMEOUT = 30.0
_FIRST_TIMEOUT = 5.0


async def _here(_host: str) -> tuple[str, ...]:
    return ("127.0.0.1",)


class Many:
    """Probes of one server under as many names as there are probes."""

    def __init__(self, port: int, ca: str, at_once: int) -> None:
        self._port = port
        self._trust = Trust(ca_files=(ca,))
        self._at_once = at_once
        self.complete = 0
        self.trouble = ""

    def endpoint(self, number: int) -> Endpoint:
        """One of them, under a name of its own."""
        return Endpoint(Protocol.SMTP, f"m{number}.bench.test", self._port, Security.STARTTLS)

    def count(self, report: EndpointReport) -> None:
        """Only a probe that saw everything counts."""
        if report.trusted and report.auth and not report.problems:
            self.complete += 1
        else:
            self.trouble = " ".join(problem.text for problem in report.problems)

    async def run(self, count: int, timeout: float = _TIMEOUT) -> None:
        """So many in all, ``at_once`` of them in flight."""
        numbers = iter(range(count))

        async def worker() -> None:
            for number in numbers:
                self.count(
                    await probe_endpoint(
                        self.endpoint(number), trust=self._trust, timeout=timeout, resolve=_here
                    )
                )

        await asyncio.gather(*(worker() for _ in range(min(self._at_once, count))))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("ca")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--uvloop", action="store_true", help="the loop is uvloop's")
    parser.add_argument("--cold", action="store_true", help="no probes before those that count")
    parser.add_argument("--profile", action="store_true", help="where the time goes, per function")
    return parser.parse_args()


def _runner(*, uvloop: bool) -> asyncio.Runner:
    if not uvloop:
        return asyncio.Runner()
    return asyncio.Runner(loop_factory=importlib.import_module("uvloop").new_event_loop)


def _raise_limit() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _most_memory() -> int:
    """KiB. Not ``ru_maxrss``, which begins with that of whoever started this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Probe, and print the cost without imports and set-up."""
    options = _options()
    _raise_limit()
    many = Many(options.port, options.ca, options.at_once)
    profile = cProfile.Profile()
    with _runner(uvloop=options.uvloop) as runner:
        if not options.cold:
            runner.run(many.run(1, _FIRST_TIMEOUT))
            if not many.complete:
                sys.exit(f"A probe does not get through. {many.trouble}")
            runner.run(many.run(_WARM_UP))
        many.complete = 0
        gc.collect()
        before = resource.getrusage(resource.RUSAGE_SELF)
        if options.profile:
            profile.enable()
        runner.run(many.run(options.count))
        profile.disable()
        after = resource.getrusage(resource.RUSAGE_SELF)
    if options.profile:
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    found = {"probes": many.complete, "cpu": cpu, "rss_kib": _most_memory()}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
