# SPDX-License-Identifier: MPL-2.0
"""Any bytes in any pieces to the protocol machines: no exception, no hang, all limits held.

``python -m tests.fuzz.conversations [SECONDS]`` mutates the seeds itself, with
a printed seed. Where atheris (coverage-guided, from PyPI) is installed,
``python -m tests.fuzz.conversations --atheris CORPUS…`` hands the target to it.
"""

import random
import sys
import time
from collections.abc import Iterator

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.relay import RelayQuestion
from clientcfg.model.report import EndpointReport
from clientcfg.probe.actions import Done, Send, StartTls
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.imap import ImapConversation
from clientcfg.probe.pop3 import Pop3Conversation
from clientcfg.probe.smtp import SmtpConversation
from clientcfg.probe.transcript import TRANSCRIPT_LIMIT
from tests.support.fakes.talk import TRUSTED

SEEDS: tuple[bytes, ...] = (
    b"\x00\x01220 hi\r\n250-hi\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n220 go\r\n"
    b"250-hi\r\n250-AUTH=LOGIN\r\n250 SIZE 1\r\n",
    b"\x00\x02220-a\r\n220 b\r\n502 no\r\n250 hi\r\n",
    b"\x03\x07220 hi\r\n250-hi\r\n250 PIPELINING\r\n250 ok\r\n554 5.7.1 no\r\n",
    b"\x01\x01* OK hi\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\nc1 OK\r\nc2 OK\r\n"
    b"* CAPABILITY AUTH=PLAIN\r\nc3 OK\r\n",
    b"\x01\x03* PREAUTH hi\r\n* BYE\r\n",
    b"\x02\x01+OK <1.2@x>\r\n+OK\r\nSTLS\r\n.\r\n+OK\r\n+OK\r\nUSER\r\n..x\r\nSASL PLAIN\r\n.\r\n",
    b"\x02\x05+OK\r\n-ERR\r\n-ERR\r\n",
)
_PARTS = (
    *(part for seed in SEEDS for part in seed[2:].split(b"\r\n")),
    b"\r\n", b"\n", b"\0", b"\xff\xfe", b"x" * 9000, b"250-" * 300, b" ", b"-", b"=",
)  # fmt: skip


def one_input(data: bytes) -> EndpointReport:
    """The target. The first byte chooses the machine, the second how the rest is cut."""
    machine, cut, rest = data[:1] or b"\0", data[1:2] or b"\1", data[2:]
    talk = _machine(machine[0])
    asked = 0
    actions = talk.connected()
    for piece in _pieces(rest, 1 + cut[0] % 64):
        asked += sum(isinstance(action, Send) for action in actions)
        if actions and isinstance(actions[-1], StartTls) and not talk.finished:
            actions = talk.secured(TRUSTED)
        if talk.finished:
            break
        actions = talk.received(piece)
    if not talk.finished:
        actions = talk.eof()
    assert talk.finished
    assert not actions or isinstance(actions[-1], Done)
    assert asked < 20
    report = talk.report("192.0.2.1")
    assert len(report.transcript) <= TRANSCRIPT_LIMIT + 1
    for line in report.transcript:
        assert line.text.isprintable()
    for problem in report.problems:
        assert problem.text.isprintable()
    return report


def _machine(choice: int) -> Conversation:
    security = tuple(Security)[choice // 4 % 3]
    protocol = (Protocol.SMTP, Protocol.IMAP, Protocol.POP3, Protocol.SMTP)[choice % 4]
    endpoint = Endpoint(protocol, "mail.fake.test", 25, security)
    if protocol is Protocol.IMAP:
        return ImapConversation(endpoint, _noon)
    if protocol is Protocol.POP3:
        return Pop3Conversation(endpoint, _noon)
    relay = RelayQuestion("a@b.test", "c@d.test") if choice % 4 == 3 else None
    return SmtpConversation(endpoint, _noon, relay=relay)


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def _noon() -> float:
    return 0.0


def mutated(chance: random.Random) -> bytes:
    """A seed, changed in a few places."""
    data = bytearray(chance.choice(SEEDS))
    data[0], data[1] = chance.randrange(12), chance.randrange(256)
    for _change in range(chance.randrange(8)):
        place = chance.randrange(2, len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place:place] = chance.choice(_PARTS)
            case 1:
                del data[place : place + chance.randrange(1, 9)]
            case 2:
                data[place:place] = chance.randbytes(chance.randrange(1, 5))
            case _:
                data += chance.choice(_PARTS) + b"\r\n"
    return bytes(data)


def run(seconds: float, seed: int) -> int:
    """Mutants of the seeds for so many seconds; how many there were."""
    chance, end, count = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = mutated(chance)
        try:
            one_input(data)
        except Exception:
            print(f"seed {seed}, input {count}: {data!r}", flush=True)
            raise
        count += 1
    return count


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--atheris"]:
        import atheris  # type: ignore  # noqa: PLC0415 - from PyPI, by hand

        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *arguments[1:]], lambda data: one_input(data) and None)
        atheris.Fuzz()
        return
    seconds = float(arguments[0]) if arguments else 30.0
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}: {run(seconds, seed)} inputs, no fault")


if __name__ == "__main__":
    main(sys.argv[1:])
