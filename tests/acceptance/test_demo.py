"""The demo, as a newcomer runs it: embedded servers, no settings, twice."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from adapters.embedded import EmbeddedNats
from domain.events.envelope import OWN_SOURCE
from domain.times import in_london
from services.cli.rendering.times import day
from services.clock import system_clock
from services.simulation import Simulation
from tests.stories.catalogue import STORIES
from tests.stories.cromwood import CROMWOOD
from tests.support.processes import run, running
from tests.support.waiting import eventually

CASES = 40
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.ndjson"))


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"CASE_TIMELINE_DATA_DIR": str(tmp_path / "data"), "COLUMNS": "100"}


def test_the_demo_shows_the_case_and_a_second_run_doubles_nothing(
    settings: dict[str, str], tmp_path: Path
) -> None:
    simulated = Simulation(CASES, until=_yesterday())
    lines = list(simulated.lines())
    stories = [path.read_bytes() for path in EXAMPLES if path.stem != "cromwood"]
    told_lines = sum(story.count(b"\n") for story in stories)
    first = run(["demo", "--once", "--cases", f"{CASES}"], settings, seconds=180)
    assert first.returncode == 0, first.stderr
    assert f"PostgreSQL: embedded in {tmp_path / 'data' / 'postgres'}" in first.stderr
    assert f"NATS: embedded in {tmp_path / 'data' / 'nats'}" in first.stderr
    shown = " ".join(first.stdout.split())
    for told in (
        "62 lines of cromwood.ndjson published over NATS",
        "Taken in: 61 accepted",
        "about 1 March 2024",
        "34 days later",
        "Adult safeguarding since 8 March 2024",
        "overdue",
        "asked again twice",
        "As known on 5 March 2024",
        "Treated as Antisocial behaviour Adult safeguarding",
        "Hindsight",
        "7 more of the stories in examples/",
        "as if the service had been running then",
        f"{CASES} simulated cases, seed 1, up to {day(simulated.until)}",
        f"Taken in: {simulated.tally.events.total() + told_lines:,} accepted",
        "Register the first 12 cases",
        "sim-asb:1-0",
    ):
        assert told in shown, told
    assert all(len(line) <= 100 for line in first.stdout.splitlines())

    _is_on_record_as_the_story_has_it(settings)
    assert max(_days_recorded(settings, "sim-asb:1-00011").values()) <= simulated.until

    log = tmp_path / "second.log"
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        running(["demo", "--cases", f"{CASES}"], settings | _at(taken), log) as second,
    ):
        eventually(lambda: "Still running" in log.read_text(), timeout=90, what="the end")
        # Other commands share the servers meanwhile.
        listed = run(["register", "--limit", "1000", "--json"], settings)
        cases = [row["case_ref"] for row in json.loads(listed.stdout)["rows"]]
        assert {story.case_ref for story in STORIES} <= set(cases)
        assert sum(case.startswith("sim-") for case in cases) == CASES
        with _asked_over_http(log, settings) as stream:
            assert second.stop() == 0
            assert all(line.startswith(("data", "event", "id", ":")) for line in stream if line)
    again = log.read_text()
    assert "have their roles already; nothing is new" in " ".join(again.split())
    assert "62 lines the broker had already, by message id" in again
    assert f"{len(lines) + told_lines:,} lines known already" in " ".join(again.split())
    assert again.count("Nothing is new: what was known was recognised, nothing is doubled") == 2
    assert "was not set back" in again
    assert _case(again) == _case(first.stdout)

    reconciled = run(["intake", "reconcile", "--json"], settings)
    found = json.loads(reconciled.stdout)
    assert found["ok"]
    assert sum(each["received"] for each in found["sources"] if each["source"] != OWN_SOURCE) == (
        61 + told_lines + len(lines)
    )
    # Nothing that was started is left.
    assert not list((tmp_path / "data").rglob("postmaster.pid"))


def test_the_demo_prepares_servers_that_are_given(
    empty_database_url: str, settings: dict[str, str], tmp_path: Path
) -> None:
    with EmbeddedNats(tmp_path / "nats") as nats:
        settings["CASE_TIMELINE_DATABASE_URL"] = empty_database_url
        settings["CASE_TIMELINE_NATS_URL"] = nats.start()
        settings["CASE_TIMELINE_BROKER_MONITOR_URL"] = nats.monitor_url
        shown = run(["demo", "--once", "--cases", "0"], settings, seconds=60)
        on_record = _days_recorded(settings, CROMWOOD.case_ref)
    assert shown.returncode == 0, shown.stderr
    assert "Taken in: 61 accepted" in shown.stdout
    assert "More cases" not in shown.stdout
    assert not (tmp_path / "data").exists()
    # There may be real cases in it: nothing is put on record there as if it were another day.
    assert "was not set back" in shown.stdout
    assert min(on_record.values()) >= _yesterday()


def _at(taken: socket.socket) -> dict[str, str]:
    """The setting of a port that is in use: the demo is to take another."""
    return {"CASE_TIMELINE_HTTP_PORT": str(taken.getsockname()[1])}


@contextmanager
def _asked_over_http(log: Path, settings: dict[str, str]) -> Iterator[Iterator[str]]:
    """With the token of the demo's officer, a timeline is read where the demo says, and a live
    stream is opened: yields its lines."""
    found = eventually(lambda: re.search(r"http://\S+/v1/cases/\S+/timeline", log.read_text()))
    assert found
    token = run(["demo", "token", "officer"], settings).stdout.strip()
    headers = {"Authorization": f"Bearer {token}"}
    answered = httpx.get(found[0], headers=headers, timeout=30)
    assert answered.status_code == 200, answered.text
    assert answered.json()["case_ref"] == "asb:2024-0117"
    assert len(answered.json()["timeline"]) == 61
    assert httpx.get(found[0]).status_code == 401
    live = httpx.URL(found[0]).join("/v1/stream")
    with httpx.stream("GET", live, headers=headers, timeout=30) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry: ")
        yield lines


def _is_on_record_as_the_story_has_it(settings: dict[str, str]) -> None:
    """What waited came to be recorded with what it waited for, all else when it was published."""
    recorded = _days_recorded(settings, CROMWOOD.case_ref)
    published = {
        json.loads(line.body)["id"]: in_london(line.published).date()
        for line in reversed(list(CROMWOOD.lines()))  # the first counts of what was sent twice
    }
    assert recorded == published | {"hm-0014": date(2024, 4, 2)}


def _days_recorded(settings: dict[str, str], case_ref: str) -> dict[str, date]:
    """On which day each event of a case was recorded, by what its source calls it."""
    shown = run(["case", case_ref, "--view", "timeline", "--json"], settings)
    return {
        row["source_event_id"]: in_london(datetime.fromisoformat(row["recorded_at"])).date()
        for row in json.loads(shown.stdout)["rows"]
    }


def _yesterday() -> date:
    return in_london(system_clock()).date() - timedelta(days=1)


def _case(text: str) -> str:
    """What the demo shows of the case, from its timeline on."""
    return text[text.index("Timeline") :].partition("\nMore cases")[0].rstrip()
