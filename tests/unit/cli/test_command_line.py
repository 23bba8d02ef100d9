# SPDX-License-Identifier: MPL-2.0
"""The command line as scripts see it: documents, exit statuses, sentences, nothing else."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clientcfg.cli.main import COMMANDS, HELP

Done = subprocess.CompletedProcess[str]


def clientcfg(*arguments: str, home: Path | None = None, stdin: str = "") -> Done:
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home or "/nonexistent"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "CLIENTCFG_STATE_DIR": str((home or Path("/nonexistent")) / "state"),
    }
    return subprocess.run(
        [sys.executable, "-m", "clientcfg", *arguments],
        input=stdin, capture_output=True, text=True, env=environment, timeout=60, check=False,
    )  # fmt: skip


def document(done: Done) -> dict[str, object]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_there(command: str) -> None:
    done = clientcfg(*command.split(), "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage: clientcfg" in done.stdout
    assert done.stderr == ""


def test_every_command_has_a_line_of_help() -> None:
    assert COMMANDS.keys() == HELP.keys()


def test_help_and_version_pay_for_click_alone() -> None:
    code = (
        "import sys\nfrom clientcfg.cli.main import main\n"
        "try:\n    main([sys.argv[1]])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'rich', 'asyncio', 'dns', 'ssl', 'PySide6', 'keyring', 'cryptography', "
        "'httpx'} & set(sys.modules)), file=sys.stderr)\n"
    )
    for word in ("--version", "--help"):
        done = subprocess.run(
            [sys.executable, "-c", code, word],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.stderr.strip() == "[]", (word, done.stderr)


USAGE = {
    "no such command": (("fnid",), "find"),
    "no target": (("probe",), "address"),
    "not an address": (("apply", "ada", "--client", "thunderbird"), "e-mail address"),
    "not a server": (("probe", "--smtp", "h:x"), "does not name a server"),
    "not a port": (("probe", "--smtp", "h:70000"), "not a port"),
    "not a resolver": (("find", "a@example.test", "--dns", "dns.example"), "DNS server"),
    "not a host": (("probe", "a_b!"), "host or domain name"),
    "not a fingerprint": (("probe", "--smtp", "h", "--trust-cert", "x"), "certificate"),
    "unknown client": (("check", "--client", "thunderbrid", "--smtp", "h"), "thunderbird"),
    "unknown option": (("find", "a@example.test", "--nope"), "--nope"),
    "empty password": (
        ("verify", "a@example.test", "--smtp", "h", "--password-stdin"), "standard input",
    ),
    "no such change": (("undo", "20200101-1"), "20200101-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_a_sentence_and_a_document(name: str, tmp_path: Path) -> None:
    arguments, words = USAGE[name]
    done = clientcfg(*arguments, home=tmp_path)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    told = clientcfg(*arguments, "--json", home=tmp_path)
    assert told.returncode == 2
    found = document(told)
    assert found["schema"] == "clientcfg/error/1"
    assert found["code"]
    assert found["text"]
    assert isinstance(found["advice"], list)


def test_nobody_there_is_not_found_out(tmp_path: Path) -> None:
    began = time.monotonic()
    done = clientcfg(
        "find", "ada@example.test", "--dns", "127.0.0.1:9", "--timeout", "1", "--json",
        home=tmp_path,
    )  # fmt: skip
    assert time.monotonic() - began < 5
    assert done.returncode == 3
    sources = document(done)["sources"]
    assert isinstance(sources, list)
    told = {s["name"]: s["outcome"] for s in sources}
    assert told.pop("providers") == "no"
    assert set(told.values()) == {"unknown"}


def test_probe_of_a_closed_port_is_3_and_says_why() -> None:
    done = clientcfg("probe", "--smtp", "127.0.0.1:9/tls", "--json")
    assert done.returncode == 3
    endpoints = document(done)["endpoints"]
    assert isinstance(endpoints, list)
    (endpoint,) = endpoints
    assert endpoint["reachable"] is False
    assert endpoint["tls"] is None
    assert endpoint["auth"] is None
    assert [p["code"] for p in endpoint["problems"]] == ["refused"]


def test_clients_all_names_every_profile(tmp_path: Path) -> None:
    done = clientcfg("clients", "--all", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    clients = document(done)["clients"]
    assert isinstance(clients, list)
    assert {"thunderbird", "netscape", "outlook-express", "mutt", "msmtp"} <= {
        c["id"] for c in clients
    }
    for client in clients:
        assert set(client["supports"]) == {
            "smtp_auth", "starttls", "implicit_tls", "custom_port", "separate_smtp_user", "sni",
            "pop_before_smtp", "max_tls", "oauth2", "mechanisms",
        }  # fmt: skip
        for ability in ("smtp_auth", "implicit_tls"):
            assert client["supports"][ability]["value"] in {"yes", "no", "unknown"}


def test_a_profile_file_of_one_s_own_is_checked(tmp_path: Path) -> None:
    good = tmp_path / "my-mailer.toml"
    good.write_text(
        'name = "My Mailer"\nvendor = "me"\nplatforms = ["linux"]\n'
        '[sources]\nmine = "my own notes"\n'
        '[[versions]]\nfrom = "1.0"\nsmtp_auth = "yes"\nsource = ["mine"]\n'
        'confidence = "recollection"\nmaintained = "yes"\n'
    )
    done = clientcfg("clients", "--validate", str(good), "--json")
    assert done.returncode == 0, done.stderr
    found = document(done)["clients"]
    assert isinstance(found, list)
    (client,) = found
    assert (client["id"], client["version"], client["local"]) == ("my-mailer", "1.0", True)
    good.write_text(good.read_text().replace("smtp_auth", "smtp_aut"))
    bad = clientcfg("clients", "--validate", str(good))
    assert bad.returncode == 2
    assert "my-mailer.toml:8" in bad.stderr
    assert "smtp_aut" in bad.stderr


def test_history_of_a_fresh_machine_is_empty_and_leaves_no_trace(tmp_path: Path) -> None:
    done = clientcfg("history", "--json", home=tmp_path)
    assert (done.returncode, document(done)["entries"]) == (0, [])
    assert list(tmp_path.iterdir()) == []
    assert clientcfg("undo", home=tmp_path).returncode == 1


def test_a_password_on_the_command_line_is_not_taken() -> None:
    done = clientcfg("verify", "a@example.test", "--password", "canary")
    assert done.returncode == 2
    assert "canary" not in done.stdout


def test_a_terminal_without_unicode_gets_escapes_and_valid_json(tmp_path: Path) -> None:
    for arguments in (("clients", "--all"), ("clients", "--all", "--json")):
        done = subprocess.run(
            [sys.executable, "-m", "clientcfg", *arguments],
            capture_output=True, timeout=60, check=False,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
                "PYTHONIOENCODING": "ascii",
                "HOME": str(tmp_path),
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stdout.isascii()
    assert json.loads(done.stdout)["clients"]


def test_a_closed_pipe_is_no_defect() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m clientcfg clients --all --json | head -c 1"],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "defect" not in done.stderr


def test_a_defect_is_a_sentence_and_a_report_without_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from clientcfg.cli import main as entrance  # noqa: PLC0415

    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("canary-value")

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(entrance.clientcfg, "main", broken)
    with pytest.raises(SystemExit) as ended:
        entrance.main(["find"])
    assert ended.value.code == 70
    said = capsys.readouterr().err
    (report,) = tmp_path.iterdir()
    assert str(report) in said
    assert "canary-value" not in said + report.read_text()
    assert "test_command_line.py" in report.read_text()


def test_demo_shows_the_whole_job() -> None:
    done = clientcfg("demo", "--headless", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    steps = document(done)["steps"]
    assert isinstance(steps, list)
    assert [s["step"] for s in steps] == [
        "find", "probe", "clients", "check", "apply", "verify", "undo",
    ]  # fmt: skip
    assert all(s["ok"] for s in steps)
    spoken = clientcfg("demo", "--headless")
    assert spoken.returncode == 0
    assert "Netscape" in spoken.stdout
    assert "smtpserver.smtp1" in spoken.stdout
