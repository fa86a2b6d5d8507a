"""What goes wrong is told in one sentence, with a pinned exit code and without anybody's data."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.embedded import EmbeddedNats
from services.bootstrap import prepare_database
from services.cli.exits import CommandError, ExitCode
from services.cli.work import projections as work
from tests.support.command_line import Answered, CommandLine
from tests.support.processes import COMMAND, clean_environment

NOWHERE = "postgresql://someone:hunter2@127.0.0.1:1/cases"


@pytest.fixture
def cli(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> CommandLine:
    settings = {"database_url": database_url, "data_dir": str(tmp_path / "data")}
    return CommandLine(monkeypatch, capsys, settings)


def fails(answered: Answered, code: ExitCode, sentence: str) -> None:
    """The command failed with this code, said why in a sentence, and answered nothing."""
    assert (answered.code, answered.out) == (code, "")
    assert sentence in answered.sentence
    assert answered.sentence.endswith(".")
    assert "Traceback" not in answered.err
    assert "hunter2" not in answered.err
    told = [
        line
        for line in answered.err.splitlines()
        if not line.startswith(("PostgreSQL: ", "NATS: "))
    ]
    assert told == [answered.sentence]


@pytest.mark.parametrize(
    "command",
    ["register", "case asb:1", "intake list", "projections status", "import -", "migrate"],
)
def test_a_database_that_is_down(cli: CommandLine, command: str) -> None:
    cli.set({"database_url": NOWHERE})
    fails(cli(*command.split()), ExitCode.UNAVAILABLE, "PostgreSQL is not running")


def test_a_database_that_refuses_to_talk(cli: CommandLine, database_url: str) -> None:
    cli.set({"database_url": database_url.replace("/test_", "/no_such_test_")})
    fails(cli("register"), ExitCode.UNAVAILABLE, "has no such database, user or role")


def test_an_address_that_is_none(cli: CommandLine) -> None:
    cli.set({"database_url": "hunter2 is my password"})
    sentence = "CASE_TIMELINE_DATABASE_URL is not an address of PostgreSQL"
    fails(cli("register"), ExitCode.USAGE, sentence)


@pytest.mark.parametrize(
    "command",
    ["register", "case asb:1", "intake reconcile", "projections rebuild --all", "project"],
)
def test_a_database_that_is_not_migrated(
    cli: CommandLine, empty_database_url: str, command: str
) -> None:
    cli.set({"database_url": empty_database_url})
    fails(cli(*command.split()), ExitCode.NOT_READY, "`case-timeline migrate`")


@pytest.mark.parametrize("command", ["publish {file}", "broker check"])
def test_a_broker_that_is_down(cli: CommandLine, tmp_path: Path, command: str) -> None:
    (tmp_path / "lines").write_bytes(b"{}\n")
    cli.set({"nats_url": "nats://me:hunter2@127.0.0.1:1", "broker_durability_unchecked": "true"})
    answered = cli(*command.format(file=tmp_path / "lines").split())
    fails(answered, ExitCode.UNAVAILABLE, "The broker did not answer")
    assert "NATS: CASE_TIMELINE_NATS_URL, nats://127.0.0.1:1" in answered.err


def test_a_broker_that_is_not_ready(cli: CommandLine, tmp_path: Path) -> None:
    with EmbeddedNats(tmp_path / "nats") as server:
        cli.set({"nats_url": server.start()})
        unknown = "Nothing says whether the broker confirms only what is on disk"
        fails(cli("broker", "check"), ExitCode.NOT_READY, unknown)
        fails(cli("ingest"), ExitCode.NOT_READY, unknown)
        cli.set({"broker_monitor_url": server.monitor_url})
        missing = "The broker has no stream CASES; run `case-timeline broker provision`"
        fails(cli("broker", "check"), ExitCode.NOT_READY, missing)
        fails(cli("all"), ExitCode.NOT_READY, missing)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("case", "Missing argument 'REF'"),
        ("case asb:1 --known-on 2024-02-30", "is not a day written like 2024-03-05"),
        ("case asb:1 --recorded-by 2024-03-05T12:00", "is neither a moment like"),
        ("case asb:1 --recorded-by yesterday", "is neither a moment like"),
        ("case asb:1 --view nothing", "there is no view 'nothing'; there are state, timeline"),
        ("import /no/such/file", "there is no file '/no/such/file'"),
        ("publish /no/such/file", "there is no file '/no/such/file'"),
        ("intake show one", "Invalid value for 'ID'"),
        ("intake list --outcome lost", "'lost' is not one of 'accepted'"),
        ("register --limit 0", "Invalid value for '--limit'"),
        ("projections rebuild", "Name a read model, or give --all"),
        ("projections rebuild nothing", "There is no read model nothing; there are case_state"),
        ("projections rebuild timeline --all", "Name a read model, or give --all"),
        ("intake", "Missing command"),
        ("nothing", "No such command 'nothing'"),
        ("register --nothing", "No such option"),
    ],
)
def test_what_cannot_be_asked_like_that(cli: CommandLine, command: str, sentence: str) -> None:
    fails(cli(*command.split()), ExitCode.USAGE, sentence)


def test_a_file_that_may_not_be_read(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "lines").write_bytes(b"{}\n")
    cli.set({"nats_url": "nats://127.0.0.1:1"})
    monkeypatch.setattr(Path, "open", refuse)
    answered = cli("publish", str(tmp_path / "lines"))
    fails(answered, ExitCode.USAGE, "cannot be read: permission denied")


def test_a_setting_that_is_not_usable(cli: CommandLine) -> None:
    cli.set({"broker_replicas": "hunter2"})
    sentence = "The setting CASE_TIMELINE_BROKER_REPLICAS is not usable: input should be"
    fails(cli("register"), ExitCode.USAGE, sentence)


def _cause(error: Exception) -> Callable[..., None]:
    def show(*_: object, **__: object) -> None:
        try:
            raise error
        except type(error) as cause:
            raise RuntimeError("row of hunter2") from cause

    return show


def test_a_defect_leaves_its_path_and_not_its_words(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(work, "show_status", _cause(ValueError("address of hunter2")))
    answered = cli("projections", "status")
    fails(answered, ExitCode.UNEXPECTED, "This is a defect: RuntimeError at ")
    assert "tests/integration/test_cli_failures.py:" in answered.sentence
    log = (tmp_path / "data" / "last-error.log").read_text()
    assert str(tmp_path / "data" / "last-error.log") in answered.sentence
    assert "RuntimeError" in log
    assert "ValueError" in log
    assert "services/cli/entry.py:" in log
    assert "hunter2" not in log


def test_an_interruption_is_no_defect(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "show_status", interrupted)
    fails(cli("projections", "status"), ExitCode.INTERRUPTED, "Interrupted.")


def test_a_command_that_finds_a_problem_says_which(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(*_: object, **__: object) -> None:
        raise CommandError("There is a problem.")

    monkeypatch.setattr(work, "show_status", found)
    fails(cli("projections", "status"), ExitCode.PROBLEM, "There is a problem.")


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_has_seen_enough_is_no_problem(database_url: str, form: list[str]) -> None:
    prepare_database(database_url)
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "w") as unread:
        ended = subprocess.run(
            [COMMAND, "projections", "status", *form],
            env=clean_environment({"CASE_TIMELINE_DATABASE_URL": database_url}),
            stdout=unread,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == ExitCode.OK
    assert ended.stderr == "PostgreSQL: CASE_TIMELINE_DATABASE_URL, postgresql://...\n"
