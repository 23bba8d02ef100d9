# SPDX-License-Identifier: MPL-2.0
"""What *find* says to a person who reads it for the first time."""

import pytest

from clientcfg.cli.screen import Manner, Screen
from clientcfg.cli.show_found import show_found
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Found, Offer, Outcome, SourceAnswer, Trust

AT = Endpoint(Protocol.SMTP, "smtp.provider.test", 465, Security.TLS)


def lines(capsys: pytest.CaptureFixture[str], found: Found) -> list[str]:
    show_found(Screen(Manner(no_color=True)), found)
    return capsys.readouterr().out.splitlines()


def source(name: str, outcome: Outcome, *offers: Offer, ms: float = 7.4) -> SourceAnswer:
    return SourceAnswer(name, None, outcome, f"what {name} says", ms, offers)


def test_who_found_something_stands_first_then_who_could_not_be_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    offer = Offer(AT, "mx", Trust.A6, confirm=True)
    answers = (
        source("pacc", Outcome.NO), source("autoconfig", Outcome.UNKNOWN),
        source("mx", Outcome.FOUND, offer), source("special", Outcome.NO, ms=0),
    )  # fmt: skip
    said = lines(capsys, Found("ada@example.test", (offer,), answers, ("A note.",)))
    assert said[0] == "Servers of ada@example.test"
    assert [line.split()[0] for line in said if line.startswith("  ")] == ["✓", "?", "✗", "✗"]
    assert "  ? The domain’s own configuration: what autoconfig says  7 ms" in said
    assert "  ✗ The name itself: what special says" in said
    assert said[-3:] == [
        "A note.", "",
        "How to agree before a password goes there: --accept-host smtp.provider.test",
    ]  # fmt: skip


def test_what_to_do_where_nothing_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    asked = (source("srv", Outcome.NO),)
    said = lines(capsys, Found("ada@example.test", (), asked))
    assert any("--probe" in line for line in said)
    said = lines(capsys, Found("ada@example.test", (), (*asked, source("guess", Outcome.NO))))
    assert not any("--probe" in line for line in said)
    assert "--smtp HOST and --imap HOST" in said[-1]


def test_a_name_in_other_letters_is_shown_as_it_is_written_and_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = lines(capsys, Found("ada@xn--bcher-kva.example", (), ()))
    assert "ada@bücher.example (ada@xn--bcher-kva.example)" in said[0]
    assert "xn--a" in lines(capsys, Found("xn--a", (), ()))[0]


def test_what_only_the_certificate_can_tell(capsys: pytest.CaptureFixture[str]) -> None:
    offer = Offer(AT, "srv", None, needs_probe=True)
    said = lines(capsys, Found("ada@example.test", (offer,), (source("srv", Outcome.FOUND),)))
    assert "the certificate will tell" in said[2]
    assert "add --probe" in said[-1]
