"""The demo, as a newcomer runs it: embedded servers, no settings, twice."""

import json
from pathlib import Path

import pytest

from adapters.embedded import EmbeddedNats
from services.simulation import Simulation
from tests.stories.catalogue import STORIES
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
    simulated = Simulation(CASES)
    lines = list(simulated.lines())
    stories = [path.read_bytes() for path in EXAMPLES if path.stem != "cromwood"]
    told_lines = sum(story.count(b"\n") for story in stories)
    first = run(["demo", "--once", "--cases", f"{CASES}"], settings, seconds=90)
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
        f"{CASES} simulated cases, seed 1",
        f"Taken in: {simulated.tally.events.total() + told_lines:,} accepted",
        "Register the first 12 cases",
        "sim-asb:1-0",
    ):
        assert told in shown, told
    assert all(len(line) <= 100 for line in first.stdout.splitlines())

    log = tmp_path / "second.log"
    with running(["demo", "--cases", f"{CASES}"], settings, log) as second:
        eventually(lambda: "Still running" in log.read_text(), timeout=90, what="the end")
        # Other commands share the servers meanwhile.
        listed = run(["register", "--limit", "1000", "--json"], settings)
        cases = [row["case_ref"] for row in json.loads(listed.stdout)["rows"]]
        assert {story.case_ref for story in STORIES} <= set(cases)
        assert sum(case.startswith("sim-") for case in cases) == CASES
        assert second.stop() == 0
    again = log.read_text()
    assert "62 lines the broker had already, by message id" in again
    assert f"the broker had {len(lines):,} lines already" in " ".join(again.split())
    assert "Nothing is new: what was known was recognised, nothing is doubled" in again
    assert _case(again) == _case(first.stdout)

    reconciled = run(["intake", "reconcile", "--json"], settings)
    found = json.loads(reconciled.stdout)
    assert found["ok"]
    assert sum(each["received"] for each in found["sources"]) == 61 + told_lines + len(set(lines))
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
    assert shown.returncode == 0, shown.stderr
    assert "Taken in: 61 accepted" in shown.stdout
    assert "More cases" not in shown.stdout
    assert not (tmp_path / "data").exists()


def _case(text: str) -> str:
    """What the demo shows of the case, from its timeline on."""
    return text[text.index("Timeline") :].partition("\nMore cases")[0].rstrip()
