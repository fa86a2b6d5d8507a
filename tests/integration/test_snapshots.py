"""A writer new to a long case goes on from a snapshot, and decides as if there were none."""

from collections.abc import Iterator

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from adapters.event_store import snapshots
from domain.identity import case_id_of
from domain.outcomes import Outcome
from services.intake import Intake, writer
from tests.support.decoding import noting_decoded
from tests.support.intakes import Feeding, feeding
from tests.support.messages import Message, message, submission
from tests.support.stories import (
    CASE_REF,
    action_agreed,
    action_completed,
    concern_raised,
    event_corrected,
    person_involved,
    the,
)

CASE = case_id_of(CASE_REF)
EVERY = 10


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_SNAPSHOT_EVERY", EVERY)


@pytest.fixture
def fed(database_url: str) -> Iterator[Feeding]:
    with feeding(database_url) as fed:
        yield fed
        fed.assert_sound()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[StoredEvent]:
    return noting_decoded(monkeypatch)


def versions(stored: list[StoredEvent]) -> list[int]:
    """The places of events in their case."""
    return [each.originator_version for each in stored]


def long_case(events: int) -> list[Message]:
    """As many events of one case: its opening, and actions that are agreed."""
    agreed = (
        message(action_agreed(action_id=f"A{number}"), f"agreed-{number}")
        for number in range(1, events)
    )
    return [message(concern_raised("2024-03-01"), "opening"), *agreed]


def kept(fed: Feeding) -> list[int]:
    """The versions of which there are snapshots."""
    with psycopg.connect(fed.url) as connection:
        rows = connection.execute("SELECT version FROM case_timeline.case_snapshot").fetchall()
    return [version for (version,) in rows]


def taken_in(fed: Feeding, *messages: Message) -> None:
    """Have the writer take these in, and do what it does when nobody waits."""
    assert all(receipt.outcome is Outcome.ACCEPTED for receipt in fed.takes(*messages))
    if fed.writer.owes_snapshots:
        fed.writer.take_snapshots()


def another(fed: Feeding) -> Feeding:
    """A writer that remembers nothing, on the same store."""
    return Feeding(fed.url, fed.cases)


def test_a_short_case_has_none(fed: Feeding) -> None:
    taken_in(fed, *long_case(EVERY - 1))
    assert not fed.writer.owes_snapshots
    assert kept(fed) == []


def test_a_writer_new_to_a_long_case_reads_what_came_since(
    fed: Feeding, decoded: list[StoredEvent]
) -> None:
    story = long_case(EVERY + 3)
    taken_in(fed, *story[:EVERY])
    taken_in(fed, *story[EVERY:])
    assert kept(fed) == [EVERY]
    decoded.clear()
    receipt = another(fed).takes_one(message(action_completed(action_id="A2"), "done"))
    assert (receipt.outcome, receipt.version) == (Outcome.ACCEPTED, EVERY + 4)
    assert versions(decoded) == [EVERY + 1, EVERY + 2, EVERY + 3]


def test_what_it_knows_from_a_snapshot_it_holds_against_what_comes(fed: Feeding) -> None:
    taken_in(fed, *long_case(EVERY))
    again = message(action_agreed(action_id="A2"), "again")
    assert another(fed).takes_one(again).outcome is Outcome.QUARANTINED
    unknown = message(action_completed(action_id="none"), "unknown")
    assert another(fed).takes_one(unknown).outcome is Outcome.WAITING


def test_the_next_one_is_taken_after_as_many_events(fed: Feeding) -> None:
    story = long_case(3 * EVERY)
    taken_in(fed, *story[:EVERY])
    later = another(fed)
    for number, each in enumerate(story[EVERY:], 1):
        taken_in(later, each)
        assert kept(fed) == [EVERY * (1 + number // EVERY)]


def test_after_a_correction_the_whole_of_it_is_read(
    fed: Feeding, decoded: list[StoredEvent]
) -> None:
    taken_in(fed, *long_case(EVERY))
    correction = event_corrected(target=the("agreed-2"), field="action_id", was="A2", now="A-other")
    taken_in(fed, message(correction, "correction"))
    decoded.clear()
    done = message(action_completed(action_id="A-other"), "done")
    assert another(fed).takes_one(done).outcome is Outcome.ACCEPTED
    assert versions(decoded)[-EVERY - 1 :] == list(range(1, EVERY + 2))


def test_one_that_other_code_made_is_not_looked_at(
    fed: Feeding, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(snapshots, "made_by", lambda: "an earlier release")
        taken_in(fed, *long_case(EVERY))
    with psycopg.connect(fed.url) as connection:
        connection.execute("UPDATE case_timeline.case_snapshot SET state = 'no state'")
    later = another(fed)
    taken_in(later, message(person_involved(), "person"))
    assert kept(fed) == [EVERY + 1]  # its own, since it read so many events


async def test_the_intake_takes_them_once_it_has_answered(fed: Feeding) -> None:
    async with Intake(fed.writer) as intake:
        await intake.submit([submission(each) for each in long_case(EVERY)])
    assert kept(fed) == [EVERY]


async def test_one_that_cannot_be_kept_holds_nothing_up(fed: Feeding) -> None:
    with psycopg.connect(fed.url) as connection:
        connection.execute(
            "REVOKE INSERT ON case_timeline.case_snapshot FROM case_timeline_service"
        )
    async with Intake(fed.writer) as intake:
        await intake.submit([submission(each) for each in long_case(EVERY)])
        (receipt,) = await intake.submit([submission(message(person_involved(), "person"))])
    assert receipt.outcome is Outcome.ACCEPTED
    assert kept(fed) == []


def test_without_them_all_goes_on(fed: Feeding) -> None:
    taken_in(fed, *long_case(EVERY))
    with psycopg.connect(fed.url) as connection:
        connection.execute("DELETE FROM case_timeline.case_snapshot")
    receipt = another(fed).takes_one(message(person_involved(), "person"))
    assert (receipt.outcome, receipt.version) == (Outcome.ACCEPTED, EVERY + 1)
