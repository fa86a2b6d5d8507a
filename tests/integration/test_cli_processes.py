"""Processes run until they are told to stop, and read models are looked at and rebuilt."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from adapters.broker import BrokerLayout
from adapters.embedded import EmbeddedNats
from services.bootstrap import prepare_database
from services.cli.answers import ProjectionsStatus, RebuiltModels
from services.clock import system_clock
from tests.support.command_line import CommandLine
from tests.support.load import case_messages, case_ref
from tests.support.processes import Process, running
from tests.support.relays import gone_out
from tests.support.waiting import eventually


@pytest.fixture
def cli(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> CommandLine:
    prepare_database(database_url)
    cli = CommandLine(monkeypatch, capsys, {"database_url": database_url})
    (tmp_path / "cases.ndjson").write_bytes(b"\n".join([*case_messages(1), *case_messages(2)]))
    return cli


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedNats]:
    with EmbeddedNats(tmp_path / "nats") as server:
        yield server


def relayed(nats_url: str) -> int:
    """How many messages have gone out."""
    return len(asyncio.run(gone_out(nats_url, BrokerLayout())))


def status(cli: CommandLine) -> ProjectionsStatus:
    return ProjectionsStatus.model_validate_json(cli.ok("projections", "status", "--json").out)


def test_read_models_catch_up_once(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("import", str(tmp_path / "cases.ndjson"))
    before = status(cli)
    assert {each.behind for each in before.read_models} == {before.head}
    assert all(each.waiting_since for each in before.read_models)
    assert "seconds ago" in " ".join(cli.ok("projections", "status").out.split())
    cli.ok("project", "--once")
    after = status(cli)
    assert {each.name for each in after.read_models} >= {"case_state", "timeline"}
    assert {(each.behind, each.waiting_since) for each in after.read_models} == {(0, None)}


def test_status_fails_where_a_read_model_is_too_far_behind(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ok("import", str(tmp_path / "cases.ndjson"))
    cli.ok("projections", "status", "--most-behind", "3600")
    later = system_clock() + timedelta(hours=2)
    monkeypatch.setattr("services.cli.work.projections.system_clock", lambda: later)
    answered = cli("projections", "status", "--most-behind", "3600")
    assert answered.code == 1
    assert "timeline" in answered.sentence
    cli.ok("project", "--once")
    cli.ok("projections", "status", "--most-behind", "3600")


def test_a_rebuild_tells_whether_rows_were_what_events_say(
    cli: CommandLine, database_url: str, tmp_path: Path
) -> None:
    cli.ok("import", str(tmp_path / "cases.ndjson"))
    cli.ok("project", "--once")
    all_of_them = RebuiltModels.model_validate_json(
        cli.ok("projections", "rebuild", "--all", "--json").out
    )
    assert all(each.same for each in all_of_them.rebuilt)
    assert sum(each.live.rows > 0 for each in all_of_them.rebuilt) > 10
    with psycopg.connect(database_url) as connection:
        (table,) = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'case_state%'"
        ).fetchone() or ("",)
        connection.execute(f"UPDATE read_models.{table} SET lead = 'nobody'".encode())
    answered = cli("projections", "rebuild", "case_state", "--json")
    assert (answered.code, answered.sentence) == (1, "Rows differed, and are replaced: case_state.")
    (found,) = RebuiltModels.model_validate_json(answered.out).rebuilt
    assert (found.same, found.differing_rows) == (False, 2)
    assert found.live.fingerprint != found.rebuilt.fingerprint
    again = cli.ok("projections", "rebuild", "case_state")
    assert "the same" in again.out


def test_all_takes_in_folds_and_publishes_until_it_is_told_to_stop(
    cli: CommandLine, broker: EmbeddedNats, database_url: str, tmp_path: Path
) -> None:
    settings = {
        "CASE_TIMELINE_DATABASE_URL": database_url,
        "CASE_TIMELINE_NATS_URL": broker.start(),
        "CASE_TIMELINE_BROKER_MONITOR_URL": broker.monitor_url,
    }
    cli.set({name.removeprefix("CASE_TIMELINE_"): value for name, value in settings.items()})
    cli.ok("broker", "provision")
    with running(["all"], settings, tmp_path / "all.log") as process:
        cli.ok("publish", str(tmp_path / "cases.ndjson"))

        def folded() -> bool:
            shown = cli("case", case_ref(2), "--view", "timeline", "--json")
            return shown.code == 0 and len(shown.json["rows"]) == 20

        eventually(folded, timeout=30, what="the timeline")
        eventually(lambda: relayed(broker.start()) == 40, timeout=30, what="the events going out")
        assert process.stop() == 0
    lines = process.log.read_text().splitlines()
    note = "Taking events in, keeping the read models up to date, publishing; Ctrl-C stops."
    assert note in lines
    assert "Not serving HTTP: no identity provider is named in CASE_TIMELINE_ISSUERS." in lines
    assert "Stopping; a second Ctrl-C stops at once." in lines
    logged = [json.loads(line)["event"] for line in lines if line.startswith("{")]
    assert sorted(logged) == [
        "ingest_started",
        "ingest_stopped",
        "projector_started",
        "projector_stopped",
        "relay_active",
        "relay_started",
        "relay_stopped",
    ]
    assert cli.ok("intake", "reconcile", "--json").json["broker"]["not_yet_consumed"] == 0


def children_of(pid: int) -> list[int]:
    """The processes that help this one, but for the one that tidies up after Python."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")  # each thread lists what it started
    found = [int(each) for thread in threads for each in thread.read_text().split()]
    told = {each: Path(f"/proc/{each}/cmdline").read_bytes() for each in found}
    return [each for each, command in told.items() if b"spawn_main" in command]


def is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def projector(database_url: str, tmp_path: Path) -> Iterator[Process]:
    settings = {"CASE_TIMELINE_DATABASE_URL": database_url}
    with running(["project"], settings, tmp_path / "project.log") as process:
        eventually(lambda: children_of(process.pid), timeout=30, what="the helper starting")
        yield process


def test_a_projector_whose_helper_was_killed_ends_and_says_so(projector: Process) -> None:
    (helper,) = children_of(projector.pid)
    os.kill(helper, signal.SIGKILL)
    eventually(lambda: not projector.is_running(), timeout=30, what="the projector ending")
    sentence = "The projector's process for whole streams ended; start again."
    assert sentence in projector.log.read_text()


def test_the_helper_of_a_killed_projector_ends(projector: Process) -> None:
    (helper,) = children_of(projector.pid)
    projector.kill()
    eventually(lambda: not is_alive(helper), timeout=30, what="the helper ending")
