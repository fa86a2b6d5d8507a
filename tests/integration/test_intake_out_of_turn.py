"""What arrives out of turn, beside other processes or in numbers, still ends as it should."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.event_store.application import Cases
from adapters.event_store.bearing import Batch, Bearing
from domain.case import CaseState, evolving
from domain.events.envelope import CaseEvent
from domain.outcomes import Outcome, Reason
from services.intake import Writer, decision
from tests.support.intakes import Feeding, feeding
from tests.support.messages import message
from tests.support.stories import (
    action_agreed,
    action_completed,
    case_closed,
    case_reopened,
    concern_raised,
    event_corrected,
    incident_reported,
    person_involved,
    reclassified,
    the,
)


@pytest.fixture
def intake(database_url: str) -> Iterator[Feeding]:
    with feeding(database_url) as fed:
        yield fed
        fed.assert_sound()


def test_a_reclassification_that_only_came_before_its_turn_is_admitted_in_its_turn(
    intake: Feeding,
) -> None:
    concern = concern_raised("2024-03-07", strands=("adult",))
    opened = intake.takes_one(message(concern, "concern"))
    early = intake.takes_one(message(reclassified("2024-03-08"), "first"))
    earlier_still = intake.takes_one(
        message(reclassified("2024-03-10", from_="adult", to="domestic-abuse"), "second")
    )
    assert (opened.outcome, early.reason) == (Outcome.ACCEPTED, Reason.CONTRADICTION)
    assert earlier_still.outcome is Outcome.ACCEPTED

    other = "asb:2024-0118"
    intake.takes_one(message(concern, "other-concern", case_ref=other))
    too_early = intake.takes_one(message(reclassified("2024-03-08"), "other", case_ref=other))
    assert too_early.outcome is Outcome.QUARANTINED
    intake.takes_one(
        message(incident_reported("2024-03-02", category="asb"), "incident", case_ref=other)
    )
    assert intake.told(other) == ["other-concern", "incident", "other"]
    assert intake.ledger()["other"].outcome is Outcome.ACCEPTED


def test_reclassifications_in_reverse_end_in_their_order(intake: Feeding) -> None:
    intake.takes_one(message(incident_reported("2024-03-01", category="asb"), "incident"))
    for ref, day, was, now in (
        ("third", "2024-03-30", "child", "hoarding"),
        ("second", "2024-03-20", "adult", "child"),
        ("first", "2024-03-10", "asb", "adult"),
    ):
        intake.takes_one(message(reclassified(day, from_=was, to=now), ref))
    assert intake.told() == ["incident", "first", "second", "third"]


def test_an_old_contradiction_is_not_revived_by_what_happened_after_it(intake: Feeding) -> None:
    intake.takes_one(message(incident_reported("2024-03-01", category="asb"), "incident"))
    wrong = message(reclassified("2024-03-05", from_="adult", to="child"), "wrong")
    assert intake.takes_one(wrong).reason is Reason.CONTRADICTION
    intake.takes_one(message(reclassified("2024-06-01", from_="asb", to="adult"), "june"))
    assert intake.told() == ["incident", "june"]
    assert intake.ledger()["wrong"].outcome is Outcome.QUARANTINED


def test_a_reclassification_that_waited_and_came_before_its_turn_is_admitted_too(
    intake: Feeding,
) -> None:
    """It waits for the case to open; then a concern opens it as something else."""
    intake.takes(
        message(reclassified("2024-03-08"), "first"),
        message(concern_raised("2024-03-07", strands=("adult",)), "concern"),
        message(incident_reported("2024-03-02", category="asb"), "incident"),
    )
    assert intake.told() == ["concern", "incident", "first"]


def test_a_second_closing_waits_for_the_reopening_before_it(intake: Feeding) -> None:
    intake.takes_one(message(incident_reported("2024-03-01"), "incident"))
    intake.takes_one(message(case_closed("2024-03-05"), "closed"))
    assert intake.takes_one(message(case_closed("2024-03-20"), "again")).outcome is Outcome.WAITING
    intake.takes_one(message(case_reopened("2024-03-10"), "reopened"))
    assert intake.told() == ["incident", "closed", "reopened", "again"]


def test_what_waits_is_released_when_a_process_died_before_it_looked(
    intake: Feeding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The predecessor was committed beside what waits for it, and comes again from the broker."""
    intake.takes_one(message(incident_reported("2024-03-01"), "incident"))
    agreed = message(action_agreed("2024-03-02"), "agreed")
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_overlooked", lambda *_: [])
        bearing_on = Cases.bearing_on
        patch.setattr(Cases, "bearing_on", lambda *asked: replace(bearing_on(*asked), waiting=[]))
        done = message(action_completed("2024-03-03"), "done")
        assert intake.takes_one(done).outcome is Outcome.WAITING
        assert intake.takes_one(agreed).outcome is Outcome.ACCEPTED
    assert intake.told() == ["incident", "agreed"]
    assert intake.takes_one(agreed).outcome is Outcome.ACCEPTED
    assert intake.told() == ["incident", "agreed", "done"]


def test_much_that_waits_for_a_case_to_open_is_not_read_again_and_again(
    intake: Feeding, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.takes(*(message(person_involved(person=f"p:{n}"), f"p-{n}") for n in range(20)))
    found: list[Bearing] = []
    bearing_on = Cases.bearing_on

    def looking(cases: Cases, batch: Batch) -> Bearing:
        found.append(bearing_on(cases, batch))
        return found[-1]

    monkeypatch.setattr(Cases, "bearing_on", looking)
    intake.takes_one(message(person_involved(person="p:last"), "p-last"))
    assert [each.waiting for each in found] == [[]]


@pytest.mark.parametrize("field", ["occurred_at", "known_at"])
def test_a_correction_cannot_move_an_event_into_the_future(intake: Feeding, field: str) -> None:
    opened = intake.takes_one(message(incident_reported("2024-03-01"), "incident"))
    assert opened.version == 1
    (event,) = intake.events()
    was = event.model_dump(mode="json")[field]
    moved = event_corrected(
        target=the("incident"), field=field, was=was, now="2199-01-01T00:00:00Z"
    )
    receipt = intake.takes_one(message(moved, "moved"))
    assert receipt.reason is Reason.CONTRADICTION


def test_many_corrections_in_a_batch_read_the_case_anew_no_more_often_than_needed(
    intake: Feeding, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.takes_one(message(incident_reported("2024-03-01"), "incident"))
    folds: list[int] = []

    def counted(events: list[CaseEvent]) -> CaseState:
        folds.append(len(events))
        return evolving.fold(events)

    monkeypatch.setattr(decision, "fold", counted)
    corrections = [
        message(
            event_corrected(target=the("incident"), field="narrative", was=was, now=now), f"c-{now}"
        )
        for was, now in ((None, "one"), ("one", "two"), ("two", "three"))
    ]
    assert {receipt.outcome for receipt in intake.takes(*corrections)} == {Outcome.ACCEPTED}
    assert len(folds) <= len(corrections)


def test_a_correction_cannot_give_an_action_the_reference_of_another(intake: Feeding) -> None:
    intake.takes(
        message(incident_reported("2024-03-01"), "incident"),
        message(action_agreed("2024-03-02", action_id="A1"), "one"),
        message(action_agreed("2024-03-03", action_id="A2"), "two"),
    )
    renamed = event_corrected(target=the("two"), field="action_id", was="A2", now="A1")
    assert intake.takes_one(message(renamed, "renamed")).reason is Reason.CONTRADICTION
    renamed = event_corrected(target=the("two"), field="action_id", was="A2", now="A3")
    assert intake.takes_one(message(renamed, "again")).outcome is Outcome.ACCEPTED
