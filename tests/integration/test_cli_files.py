"""Commands that take a file of events: straight in, or to the broker and in from there."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from adapters.embedded import EmbeddedNats
from domain.outcomes import Outcome
from services.bootstrap import prepare_database
from services.cli.answers import ImportedFile, Migrated, Provisioned, PublishedFile
from services.cli.work import taking
from services.cli.work.lines import KEPT_OF_LONGER, LONGEST_LINE
from tests.support.command_line import CommandLine
from tests.support.load import case_messages

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "cromwood.ndjson")


@pytest.fixture
def cli(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    prepare_database(database_url)
    return CommandLine(monkeypatch, capsys, {"database_url": database_url})


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedNats]:
    """A broker of its own: the stream has its production name here."""
    with EmbeddedNats(tmp_path_factory.mktemp("nats")) as server:
        yield server


@pytest.fixture
def with_broker(cli: CommandLine, broker: EmbeddedNats) -> CommandLine:
    cli.set({"nats_url": broker.start(), "broker_monitor_url": broker.monitor_url})
    return cli


def written(path: Path, *lines: bytes) -> str:
    path.write_bytes(b"\n".join(lines))
    return str(path)


def imported(cli: CommandLine, file: str, code: int = 0) -> ImportedFile:
    answered = cli("import", file, "--json")
    assert answered.code == code, answered.err
    return ImportedFile.model_validate_json(answered.out)


def test_importing_again_doubles_nothing(cli: CommandLine) -> None:
    first, again = imported(cli, EXAMPLE), imported(cli, EXAMPLE)
    expected = {"accepted": 61, "duplicate": 1, "waiting": 0, "quarantined": 0, "refused": 0}
    assert first.outcomes == again.outcomes == expected
    assert (first.lines, first.already_imported) == (62, 0)
    assert (again.lines, again.already_imported) == (62, 62)
    assert sum(each["received"] for each in cli.ok("intake", "reconcile", "--json").json["sources"])
    said = cli.ok("import", EXAMPLE).out
    assert "Already imported: all of them; nothing was doubled." in said


def test_what_waits_for_a_later_line_counts_as_it_ends(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_AT_ONCE", 1)
    *lines, last = case_messages(1)
    answer = imported(cli, written(tmp_path / "disorder.ndjson", last, *lines))
    assert answer.outcomes[Outcome.ACCEPTED] == 20
    assert not answer.problems
    # Without what it waits for, it is told.
    (problem,) = imported(cli, written(tmp_path / "alone.ndjson", case_messages(2)[-1])).problems
    assert (problem.line, problem.reason) == (1, "unknown-case")


def test_bad_lines_are_told_with_number_and_reason(cli: CommandLine, tmp_path: Path) -> None:
    good = case_messages(2)[0]
    file = written(tmp_path / "mixed.ndjson", b'{"id": 1', b"", good + b"\r", b"\xff", b"  ")
    answer = imported(cli, file, code=1)
    assert answer.lines == 3
    assert answer.outcomes[Outcome.ACCEPTED] == 1
    assert [(each.line, each.reason) for each in answer.problems] == [
        (1, "malformed-json"),
        (4, "not-utf-8"),
    ]
    said = cli("import", file)
    assert "malformed-json" in said.out
    assert said.sentence.startswith("2 lines quarantined; see `case-timeline intake list")
    sources = {each["source"] for each in cli.ok("intake", "list", "--json").json["entries"]}
    assert sources == {"file:mixed.ndjson", "urn:cromwood:asb"}


def test_standard_input_can_be_imported(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.BytesIO(b"\n".join(case_messages(3)))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=piped))
    assert imported(cli, "-").outcomes[Outcome.ACCEPTED] == 20


def test_a_line_of_any_length_is_quarantined_and_the_rest_goes_on(
    cli: CommandLine, tmp_path: Path
) -> None:
    first, second, *_ = case_messages(4)
    longest, longer = b"x" * LONGEST_LINE, b"x" * (3 * LONGEST_LINE)
    file = written(tmp_path / "long.ndjson", first, longer, second, longest)
    answer = imported(cli, file, code=1)
    assert answer.lines == 4
    assert answer.outcomes[Outcome.ACCEPTED] == 2
    assert [(each.line, each.reason) for each in answer.problems] == [
        (2, "too-large"),
        (4, "too-large"),
    ]
    entries = cli.ok("intake", "list", "--outcome", "quarantined", "--json").json["entries"]
    assert [each["payload_bytes"] for each in entries] == [LONGEST_LINE, KEPT_OF_LONGER]
    again = cli("import", file)
    assert "Line 2 is longer than 512 KiB: quarantined as too-large" in again.err
    assert "Already imported: all of them" in again.out


def test_problems_that_are_not_listed_are_counted(cli: CommandLine, tmp_path: Path) -> None:
    file = written(tmp_path / "pretty.json", b"[", *(b'  "nope",' for _ in range(24)), b"]")
    answer = imported(cli, file, code=1)
    assert (len(answer.problems), answer.problems_not_shown) == (20, 6)
    said = cli("import", file)
    told = "and 6 more: see `case-timeline intake list --outcome quarantined`"
    assert told in said.out
    assert "This looks like a JSON array; send one event a line." in said.err


def test_a_file_goes_over_the_broker_into_the_read_models(with_broker: CommandLine) -> None:
    cli = with_broker
    provisioned = Provisioned.model_validate_json(cli.ok("broker", "provision", "--json").out)
    assert provisioned.done == [
        "stream CASES created",
        "consumer intake created",
        "stream CASES_OUT created",
    ]
    assert "as needed already" in cli.ok("broker", "provision").out
    assert cli.ok("broker", "check", "--json").json["durability_checked"]
    first = PublishedFile.model_validate_json(cli.ok("publish", EXAMPLE, "--json").out)
    again = PublishedFile.model_validate_json(cli.ok("publish", EXAMPLE, "--json").out)
    # One of its lines is in it twice.
    assert (first.stored, first.known_before) == (62, 1)
    assert (again.stored, again.known_before) == (62, 62)
    assert "nothing was doubled" in cli.ok("publish", EXAMPLE).out


def test_a_line_too_long_for_the_broker_is_left_out(
    with_broker: CommandLine, tmp_path: Path
) -> None:
    cli = with_broker
    cli.ok("broker", "provision")
    first, second, *_ = case_messages(5)
    file = written(tmp_path / "long.ndjson", first, b"[" * (LONGEST_LINE + 1), second)
    answered = cli("publish", file, "--json")
    assert answered.code == 1
    answer = PublishedFile.model_validate_json(answered.out)
    assert (answer.stored, answer.too_long) == (2, 1)
    assert answered.sentence == "Line 2 is longer than 512 KiB: not published."
    assert "JSON array" not in answered.err
    array = written(tmp_path / "array.json", b"", b"[]")
    assert "This looks like a JSON array" in cli.ok("publish", array).err


def test_migrating_is_told(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The services' own address is not used where there is one for the owner of the schema.
    settings = {"migration_database_url": empty_database_url, "database_url": "postgresql://nobody"}
    cli = CommandLine(monkeypatch, capsys, settings)
    first = cli.ok("migrate", "--json")
    assert Migrated.model_validate_json(first.out).applied
    assert "CASE_TIMELINE_MIGRATION_DATABASE_URL" in first.err
    assert json.loads(cli.ok("migrate", "--json").out) == {"applied": []}
    assert "already" in cli.ok("migrate").out
    cli.set({"database_url": empty_database_url})
    assert cli.ok("register", "--json").json == {"rows": [], "more": False}
