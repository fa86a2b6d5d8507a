"""Information asked for, and whether it came."""

from projections.information_requests import information_requests
from tests.support.stories import (
    consent_decided,
    event_corrected,
    given,
    id_of,
    incident_reported,
    information_received,
    information_requested,
    information_shared,
    the,
)

ASKED = information_requested("2024-03-04", ref="asked", due="2024-03-11")


def test_a_request_says_what_is_due_from_whom() -> None:
    given(ASKED.but(party_role="Desk", items=("One.", "Two."))).then(information_requests).at(
        "Q1"
    ).has(
        direction="outbound",
        party="police",
        party_role="Desk",
        items=("One.", "Two."),
        item_count=2,
        legal_basis="safeguarding-condition",
        requested_at="2024-03-04",
        known_at="2024-03-04",
        due="2024-03-11",
        answered_at=None,
        answered_by=None,
        answers=(),
        days_to_answer=None,
        days_late=None,
    )


def test_it_is_answered_when_the_landlord_is_told_whenever_that_happened() -> None:
    told = information_received("2023-11-01", known="2024-03-13", ref="told", request_id="Q1")
    given(ASKED, told).then(information_requests).at("Q1").has(
        answered_at="2024-03-13", answered_by=id_of("told"), days_to_answer=9, days_late=2
    )


def test_the_first_of_several_answers_counts_whichever_was_recorded_first() -> None:
    later = information_received("2024-03-09", ref="later", request_id="Q1")
    earlier = information_received("2024-03-06", ref="earlier", request_id="Q1")
    given(ASKED, later, earlier).then(information_requests).at("Q1").has(
        answered_by=id_of("earlier"),
        days_late=-5,
        answers=(
            {"event_id": id_of("earlier"), "at": "2024-03-06"},
            {"event_id": id_of("later"), "at": "2024-03-09"},
        ),
    )


def test_what_the_landlord_is_asked_it_answers_by_sharing() -> None:
    asked = ASKED.but(direction="inbound", legal_basis=None)
    story = (asked, consent_decided(ref="consent"))
    shared = information_shared("2024-03-08", ref="shared", request_id="Q1")
    given(*story, shared).then(information_requests).at("Q1").has(
        direction="inbound", legal_basis=None, answered_by=id_of("shared"), answered_at="2024-03-08"
    )
    received = information_received("2024-03-08", request_id="Q1")
    given(*story, received).then(information_requests).at("Q1").has(answered_by=None)


def test_what_answers_another_request_or_none_is_no_answer() -> None:
    given(ASKED, information_received(request_id="Q2"), information_received(request_id=None)).then(
        information_requests
    ).at("Q1").has(answered_at=None)


def test_an_answer_is_not_known_before_it_came_and_needs_its_request_in_view() -> None:
    story = given(
        incident_reported("2024-03-01"),
        ASKED.but(),
        information_received("2024-02-01", known="2024-03-13", request_id="Q1"),
    )
    seen = story.when_seen(known_on="2024-03-12").then(information_requests)
    seen.at("Q1").has(answered_at=None)
    given(information_received(request_id="Q1")).then(information_requests).has_rows()


def test_a_corrected_due_day_holds() -> None:
    fixed = event_corrected(target=the("asked"), field="due", was="2024-03-11", now="2024-03-14")
    given(ASKED, fixed).then(information_requests).at("Q1").has(due="2024-03-14")
