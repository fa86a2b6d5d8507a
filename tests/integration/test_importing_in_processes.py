"""A long file is shared out by case among several processes; nothing else about it changes."""

import json
import re
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from adapters.event_store.application import Cases, StoreUnavailable
from domain.identity import case_id_of
from domain.outcomes import Outcome
from services.bootstrap import prepare_database
from services.cli.answers import ImportedFile
from services.cli.exits import CommandError
from services.cli.work import importing, taking
from services.cli.work.lines import Line
from services.cli.work.taking import Processes, case_named_in
from tests.support.command_line import CommandLine
from tests.support.load import case_ref, messages
from tests.support.messages import body, message
from tests.support.stories import enforcement_reviewed, the

CASES = 12


@pytest.fixture
def cli(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    prepare_database(database_url)
    monkeypatch.setattr(taking, "_AT_ONCE", 10)
    monkeypatch.setattr(importing, "processors", lambda: 3)
    return CommandLine(monkeypatch, capsys, {"database_url": database_url})


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines each batch had that a process took."""
    sizes: list[int] = []
    take = Processes.take

    def noting(self: Processes, lines: object) -> object:
        for taken in take(self, lines):  # type: ignore[arg-type]
            sizes.append(taken.lines)
            yield taken

    monkeypatch.setattr(Processes, "take", noting)
    return sizes


def imported(cli: CommandLine, path: Path, lines: list[bytes], code: int = 0) -> ImportedFile:
    path.write_bytes(b"\n".join(lines))
    answered = cli("import", str(path), "--json")
    assert answered.code == code, answered.err
    return ImportedFile.model_validate_json(answered.out)


def told(database_url: str) -> dict[str, list[str]]:
    """What the source of each case calls its events, in the order in which they were admitted."""
    refs = [case_ref(number) for number in range(CASES)]
    with closing(Cases(database_url)) as cases:
        streams = cases.streams([case_id_of(ref) for ref in refs])
    return {
        events[0].case_ref: [event.source_event_id for event in events]
        for events in streams.values()
    }


def test_every_case_is_in_the_order_of_the_file(
    cli: CommandLine, database_url: str, tmp_path: Path, shared_out: list[int]
) -> None:
    lines = list(messages(CASES, seed=3, disorder=0))
    sent = defaultdict(list)
    for line in map(json.loads, lines):
        sent[line["subject"]].append(line["id"])
    file = tmp_path / "long.ndjson"
    answer = imported(cli, file, lines)
    assert answer.outcomes == dict.fromkeys(Outcome, 0) | {Outcome.ACCEPTED: 20 * CASES}
    assert sum(shared_out) == answer.lines == 20 * CASES
    assert told(database_url) == sent
    again = imported(cli, file, lines)
    assert again.outcomes == answer.outcomes
    assert again.already_imported == 20 * CASES
    assert told(database_url) == sent


def test_disorder_repeats_and_damage_come_to_the_same_sums(
    cli: CommandLine, database_url: str, tmp_path: Path, shared_out: list[int]
) -> None:
    lines = list(messages(CASES, seed=4, disorder=5))
    lines[30:30] = [lines[3], lines[4], b"{", b"\xff", b"[1]"]
    answer = imported(cli, tmp_path / "mixed.ndjson", lines, code=1)
    assert sum(shared_out) == len(lines)
    counts = Counter({Outcome.ACCEPTED: 20 * CASES, Outcome.DUPLICATE: 2, Outcome.QUARANTINED: 3})
    assert answer.outcomes == {outcome: counts[outcome] for outcome in Outcome}
    assert [(each.line, each.reason) for each in answer.problems] == [
        (33, "malformed-json"),
        (34, "not-utf-8"),
        (35, "not-an-object"),
    ]
    assert {len(events) for events in told(database_url).values()} == {20}


@pytest.mark.parametrize("few", [1_000, 4], ids=["here", "shared out"])
@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_a_reference_to_another_case_is_found_out_wherever_that_is_taken_in(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, place: int
) -> None:
    monkeypatch.setattr(importing, "_FEW", few)
    lines = list(messages(CASES, seed=5, disorder=0))
    crossing = []
    for number in range(1, 6):
        reviewed = enforcement_reviewed(action=the(f"{case_ref(0)}/warning"))
        case = case_ref(number)
        crossing.append(body(message(reviewed, f"{case}/crossing", case_ref=case)))
    of_the_other = [line for line in lines if case_named_in(line) == case_ref(0).encode()]
    sent = [line for line in lines if line not in of_the_other]
    # Nothing comes after them in their own cases that would have them looked at again.
    sent += crossing + of_the_other if place == 0 else of_the_other + crossing
    answer = imported(cli, tmp_path / "crossing.ndjson", sent, code=1)
    assert answer.outcomes[Outcome.QUARANTINED] == 5
    assert {each.reason for each in answer.problems} == {"cross-case"}
    assert answer.outcomes[Outcome.ACCEPTED] == 20 * CASES


def test_a_process_that_is_killed_is_told_and_nothing_is_lost(
    cli: CommandLine, database_url: str, tmp_path: Path
) -> None:
    lines = list(messages(CASES, seed=6, disorder=0))
    numbered = [Line(number, each) for number, each in enumerate(lines, 1)]

    def take_and_kill() -> None:
        with Processes(2, database_url, "file:killed") as processes:
            for _ in processes.take(numbered):
                for server in psutil.Process().children():
                    if "multiprocessing.forkserver" in "".join(server.cmdline()):
                        for each in server.children():
                            each.kill()

    with pytest.raises(CommandError, match="nothing will be doubled"):
        take_and_kill()
    answer = imported(cli, tmp_path / "killed.ndjson", lines)
    assert answer.outcomes[Outcome.ACCEPTED] == 20 * CASES
    assert 0 < answer.already_imported < 20 * CASES


def test_few_lines_start_no_process(
    cli: CommandLine, tmp_path: Path, shared_out: list[int]
) -> None:
    lines = list(messages(1, seed=7))
    assert imported(cli, tmp_path / "few.ndjson", lines).outcomes[Outcome.ACCEPTED] == 20
    assert shared_out == []


def test_a_store_that_is_away_is_told_as_such(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = re.sub(r"/test_\w+", "/nowhere", database_url)
    with Processes(2, away, "file:x") as processes, pytest.raises(StoreUnavailable):
        list(processes.take([Line(1, b"{}")]))
