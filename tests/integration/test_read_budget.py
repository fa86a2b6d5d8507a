"""Who may open one case must not open all: so many within an hour, and no more."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from adapters.embedded import EmbeddedPostgres
from domain.access import Action
from domain.identity import case_id_of
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose
from services.access import Gate, NotThere, ReadBudgetSpent
from tests.integration.test_statement_counts import _STATEMENT
from tests.support.access import Guarded, guarded
from tests.support.api import served
from tests.support.messages import RECEIVED
from tests.support.stories import case_allocated, glass_broken, incident_reported

BUDGET = 3
REFS = [f"asb:2024-{number:04}" for number in range(6)]


@pytest.fixture
def door(database_url: str) -> Iterator[Guarded]:
    """A gate that lets people read three cases an hour, before cases of one officer."""
    with guarded(database_url) as found:
        found.gate = gate_like(found)
        found.grants("staff:12", "officer")
        for ref in REFS:
            found.tells(incident_reported(), case_allocated(lead="staff:12"), case_ref=ref)
        yield found


def gate_like(door: Guarded) -> Gate:
    """Another process's gate on the same record."""
    return Gate(door.access, door.feed.cases, door.feed.clock, read_budget=BUDGET)


def reads(door: Guarded, *refs: str, action: Action = Action.READ) -> None:
    for ref in refs:
        door.opens("staff:12", action, ref)


def assert_spent(door: Guarded, ref: str, seconds: int, action: Action = Action.READ) -> None:
    with pytest.raises(ReadBudgetSpent) as spent:
        door.opens("staff:12", action, ref)
    assert spent.value.seconds == seconds


def test_one_case_too_many_is_refused_and_on_record(door: Guarded) -> None:
    reads(door, *REFS[:BUDGET])

    assert_spent(door, REFS[BUDGET], 3600)

    record = door.records()[-1]
    assert (record["permitted"], record["rules"], record["shown"]) == (False, ["read-budget"], [])
    assert record["case_ref"] == REFS[BUDGET]


def test_those_already_read_stay_open_however_often_and_in_whichever_way(door: Guarded) -> None:
    for _ in range(3):
        reads(door, *REFS[:BUDGET])
        reads(door, *REFS[:BUDGET], action=Action.TIME_TRAVEL)
    door.opens(
        "staff:12",
        Action.REVEAL,
        REFS[0],
        field=PersonalClass.LOCATION,
        purpose=AccessPurpose.CASE_WORK,
    )


@pytest.mark.parametrize("action", [Action.READ, Action.TIME_TRAVEL])
def test_every_way_to_see_content_counts(door: Guarded, action: Action) -> None:
    reads(door, *REFS[:BUDGET], action=Action.TIME_TRAVEL)

    assert_spent(door, REFS[BUDGET], 3600, action)


def test_what_was_refused_does_not_count(door: Guarded) -> None:
    reads(door, *REFS[: BUDGET - 1])
    for ref in ("asb:none-1", "asb:none-2", "asb:none-3"):
        with pytest.raises(NotThere):
            door.opens("staff:12", case_ref=ref)

    reads(door, REFS[BUDGET])


def test_an_hour_after_the_oldest_was_last_read_there_is_room_again(door: Guarded) -> None:
    reads(door, REFS[0])
    door.feed.clock.goes(minutes=20)
    reads(door, REFS[1], REFS[2])
    assert_spent(door, REFS[3], 2400)

    door.feed.clock.goes(minutes=40)

    reads(door, REFS[3])
    assert_spent(door, REFS[0], 1200)


def test_what_was_read_through_another_process_counts(door: Guarded) -> None:
    reads(door, *REFS[:BUDGET])

    door.gate = gate_like(door)

    assert_spent(door, REFS[BUDGET], 3600)
    reads(door, REFS[0])


def test_to_record_something_is_no_reading(door: Guarded) -> None:
    reads(door, *REFS[:BUDGET])

    door.opens("staff:12", Action.WRITE, REFS[BUDGET])


def test_an_emergency_does_not_wait(door: Guarded) -> None:
    reads(door, *REFS[:BUDGET])
    until = (RECEIVED + timedelta(hours=1)).isoformat()
    actor = {"id": "staff:12", "role": "Housing officer", "organisation": "Cromwood Homes"}
    door.own(glass_broken(until=until, actor=actor), REFS[BUDGET])

    reads(door, REFS[BUDGET])


def test_reading_on_asks_no_more_of_the_database_and_a_new_case_asks_once(
    door: Guarded, postgres: EmbeddedPostgres
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(door.feed.url)["dbname"]

    def statements(work: Callable[[], object]) -> int:
        before = postgres.log.stat().st_size
        work()
        with postgres.log.open("rb") as log:
            log.seek(before)
            return len(_STATEMENT.findall(log.read().decode()))

    with psycopg.connect(door.feed.url, autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {name} SET log_statement = 'all'".encode())
    reads(door, REFS[0])  # on a connection that tells
    unbound = Gate(door.access, door.feed.cases, door.feed.clock)
    bound, door.gate = door.gate, unbound
    reads(door, REFS[0], REFS[1])
    without = statements(lambda: reads(door, REFS[0]))
    door.gate = bound

    assert without > 0
    assert statements(lambda: reads(door, REFS[0])) == without
    assert statements(lambda: reads(door, REFS[1])) == without + 1
    assert statements(lambda: reads(door, REFS[1])) == without


def test_what_was_read_is_found_by_an_index(door: Guarded) -> None:
    with psycopg.connect(door.feed.url, autocommit=True) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute(
            "EXPLAIN SELECT case_id, max(at) FROM case_timeline.access_record"
            " WHERE principal = 'p' AND at > now()"
            " AND permitted AND action IN ('read', 'time-travel', 'reveal', 'export')"
            " GROUP BY case_id"
        ).fetchall()
    assert "access_record_read_idx" in str(plan)


def test_over_http_it_is_answered_with_when_to_come_back(database_url: str, tmp_path: Path) -> None:
    with served(database_url, tmp_path, read_budget=2) as api:
        api.has("officer")
        for ref in REFS[:3]:
            told = incident_reported(), case_allocated(lead="staff:officer")
            api.guarded.tells(*told, case_ref=ref)
        api.catch_up()
        first, second, third = (f"/v1/cases/{case_id_of(ref)}" for ref in REFS[:3])
        for path in (first, second, f"{first}/timeline", f"{second}?known_on=2026-01-01"):
            assert api.get("officer", path).status_code == 200

        refused = api.get("officer", third)

        assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")
        assert refused.json()["type"] == "/problems/read-budget-spent"
        assert "asb" not in refused.text
        counted = 'case_timeline_http_problems_total{problem="read-budget-spent"} 1.0'
        assert counted in api.client.get("/metrics").text
        listed = api.get("officer", "/v1/cases").json()
        assert "asb:2024-0002" in str(listed)
