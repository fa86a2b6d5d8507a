"""Support offered and answered, measures, and what housing brought to a plan."""

from datetime import date
from itertools import permutations

import pytest

from projections.support import support
from tests.support.stories import (
    TENANT,
    event_corrected,
    given,
    housing_offer_made,
    id_of,
    support_measure_provided,
    support_offered,
    support_responded,
    the,
)

OFFERED = support_offered("2024-03-01")
DECLINED = support_responded("2024-03-05", response="declined", reason="He wants no one in.")
ACCEPTED = support_responded("2024-03-20", response="accepted")
ORDERED = support_measure_provided("2024-03-02", urgent=True)
DONE = support_measure_provided(
    "2024-03-06", urgent=True, completed_on="2024-03-05", ends_on="2024-06-30", offer_id="S1"
)


def test_an_offer_is_listed_until_anything_is_said_of_it() -> None:
    given(OFFERED).then(support).at("offer:S1").has(
        kind="offer",
        person=TENANT,
        offer_id="S1",
        support_kind="tenancy-support",
        first_told_at="2024-03-01",
        response=None,
        declined_times=0,
        measure=None,
        adopted=None,
    )


def test_the_latest_response_holds_and_every_refusal_is_counted_in_any_order() -> None:
    again = support_responded("2024-03-10", response="declined")
    silent = support_responded("2024-03-12", response="no-reply")
    for story in permutations([DECLINED, again, silent, ACCEPTED]):
        given(OFFERED, *story).then(support).has(
            response="accepted",
            responded_at="2024-03-20",
            response_reason=None,
            declined_times=2,
            responses=(
                {"response": "declined", "reason": "He wants no one in."},
                {"response": "declined"},
                {"response": "no-reply"},
                {"response": "accepted"},
            ),
        )


def test_as_known_on_a_day() -> None:
    given(OFFERED, DECLINED, ACCEPTED).when_seen(known_on="2024-03-19").then(support).has(
        response="declined", responded_at="2024-03-05", response_reason="He wants no one in."
    )


def test_nothing_is_told_of_an_offer_that_is_not_in_view() -> None:
    given(DECLINED).then(support).has_rows()


def test_a_measure_reads_as_last_told_in_any_order() -> None:
    case = given(ORDERED, DONE)
    case.when_seen(known_on="2024-03-05").then(support).has(completed_on=None, ends_on=None)
    for story in permutations([ORDERED, DONE]):
        given(*story).then(support).at("measure:L1").has(
            kind="measure",
            person=TENANT,
            measure_id="L1",
            measure="locks",
            offer_id="S1",
            urgent=True,
            ordered_on="2024-03-02",
            completed_on="2024-03-05",
            days_to_complete=3,
            ends_on="2024-06-30",
            first_told_at="2024-03-02",
            last_told_at="2024-03-06",
        )


@pytest.mark.parametrize(
    ("day", "there"),
    [("2024-03-04", False), ("2024-03-05", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_a_measure_is_in_place_from_its_completion_to_its_last_day(day: str, there: bool) -> None:
    assert given(DONE).then(support).row.is_in_place(date.fromisoformat(day)) == there


def test_a_measure_that_is_only_ordered_is_not_in_place() -> None:
    assert not given(ORDERED).then(support).row.is_in_place(date(2024, 6, 1))


def test_what_housing_offered_and_whether_the_plan_took_it_up_in_any_order() -> None:
    told = [
        housing_offer_made("2024-03-20", housing_offer_id="H1", meeting_id="M1"),
        housing_offer_made("2024-04-01", housing_offer_id="H1", meeting_id="M1", adopted="yes"),
        housing_offer_made("2024-05-01", housing_offer_id="H1", meeting_id="M1"),
    ]
    for story in permutations(told):
        given(*story).then(support).at("housing-offer:H1").has(
            kind="housing-offer",
            housing_offer="transfer",
            to_forum="strategy",
            meeting_id="M1",
            adopted="yes",
            adopted_said_at="2024-04-01",
            first_told_at="2024-03-20",
            last_told_at="2024-05-01",
        )


def test_a_housing_offer_without_a_reference_stands_by_itself() -> None:
    given(housing_offer_made(ref="offer")).then(support).at(f"housing-offer:{id_of('offer')}").has(
        adopted="unknown", adopted_said_at=None
    )


def test_a_corrected_response_reads_as_corrected() -> None:
    given(
        OFFERED,
        support_responded("2024-03-05", ref="answer", response="declined"),
        event_corrected(target=the("answer"), field="response", was="declined", now="accepted"),
    ).then(support).has(response="accepted", declined_times=0)
