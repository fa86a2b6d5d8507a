"""`case-timeline simulate`: the same lines to a file, to standard output and to the broker."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from adapters.embedded import EmbeddedNats
from services.simulation import Simulation
from tests.support.command_line import CommandLine
from tests.support.processes import run


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: Mapping[str, str],
) -> CommandLine:
    return CommandLine(monkeypatch, capsys, settings)


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"data_dir": str(tmp_path / "data")}


def content(simulation: Simulation) -> str:
    return b"".join(line + b"\n" for line in simulation.lines()).decode()


def test_a_file_holds_the_lines_and_the_answer_says_how_many(
    command: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "cases.ndjson"
    asked = ("simulate", "--cases", "5", "--seed", "7", "--out", str(file))
    answer = command.ok(*asked, "--json").json
    simulation = Simulation(5, seed=7)
    assert file.read_text(encoding="utf-8") == content(simulation)
    assert answer == {
        "cases": 5,
        "seed": 7,
        "until": "2026-10-31",
        "events": simulation.tally.events.total(),
        "sent_again": simulation.tally.sent_again,
        "damaged": 0,
        "file": str(file),
        "stored": None,
        "known_before": None,
    }
    told = command.ok(*asked).out
    assert told.startswith("5 simulated cases, seed 7, up to 2026-10-31: ")
    assert f"written to {file}" in told


def test_standard_output_gets_the_lines_and_nothing_else(tmp_path: Path) -> None:
    settings = {"CASE_TIMELINE_DATA_DIR": str(tmp_path)}
    options = ["--cases", "3", "--until", "2025-06-30", "--years", "1", "--damage", "0.1"]
    printed = run(["simulate", *options], settings)
    assert printed.returncode == 0
    assert printed.stdout == content(Simulation(3, 1, date(2025, 6, 30), 1, 0.1))
    assert "3 simulated cases" in printed.stderr
    assert "damaged line" in printed.stderr


def test_published_twice_nothing_is_doubled(command: CommandLine, tmp_path: Path) -> None:
    with EmbeddedNats(tmp_path / "nats") as nats:
        command.set({"nats_url": nats.start()})
        command.ok("broker", "provision")
        lines = list(Simulation(3).lines())
        asked = ("simulate", "--cases", "3", "--publish")
        first = command.ok(*asked, "--json").json
        assert first["stored"] == len(lines)
        assert first["known_before"] == len(lines) - len(set(lines))
        again = command.ok(*asked)
        assert f"the broker had {len(lines):,} lines already" in " ".join(again.out.split())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--publish", "--out", "x.ndjson"), "Either --out or --publish, not both."),
        (("--json",), "--json needs --out FILE or --publish."),
        (("--publish", "--until", "2190-01-01"), "--until 2190-01-01 lies in the future."),
        (("--out", f"missing{os.sep}x.ndjson"), "cannot be written: no such file or directory."),
    ],
)
def test_what_cannot_be_is_refused(
    command: CommandLine, options: tuple[str, ...], sentence: str
) -> None:
    refused = command("simulate", "--cases", "1", *options)
    assert refused.code == 2
    assert refused.sentence.endswith(sentence)
    assert not refused.out


def test_the_file_can_be_imported(command: CommandLine, tmp_path: Path, database_url: str) -> None:
    command.set({"database_url": database_url})
    file = tmp_path / "cases.ndjson"
    made = command.ok("simulate", "--cases", "8", "--out", str(file), "--json").json
    taken = json.loads(command.ok("import", str(file), "--json").out)
    assert taken["outcomes"]["accepted"] == made["events"]
    assert taken["outcomes"]["duplicate"] == made["sent_again"]
    assert taken["lines"] == made["events"] + made["sent_again"]
