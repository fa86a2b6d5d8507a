"""A reclassification that arrives before what it builds on is no contradiction for long."""

from collections.abc import Iterator

import pytest

from domain.outcomes import Outcome, Reason
from tests.support.intakes import Feeding, feeding
from tests.support.messages import message
from tests.support.stories import concern_raised, incident_reported, reclassified


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
