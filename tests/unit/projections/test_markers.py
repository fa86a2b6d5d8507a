"""Warning markers: what visitors are told, until when, and what reviews made of them."""

from datetime import date
from itertools import permutations

import pytest

from projections.markers import markers
from tests.support.stories import (
    TENANT,
    Told,
    event_corrected,
    given,
    id_of,
    incident_reported,
    marker_placed,
    marker_removed,
    marker_reviewed,
    the,
)

INCIDENT = incident_reported("2024-03-01", ref="threat")
PLACED = marker_placed("2024-03-02", incident=the("threat"), review_due="2024-09-01", ref="marker")
RENEWED = marker_reviewed(
    "2024-08-20",
    outcome="renew",
    reason="He threatened the plumber.",
    next_review="2025-02-01",
    instruction="Two people on every visit.",
)
ENDED = marker_reviewed("2025-01-20", outcome="end", reason="He moved away.")
REMOVED = marker_removed("2025-01-21", reason="It was reviewed and ended.")


def marker(*story: Told) -> tuple[bool, str]:
    """Whether it stands, and until when it may be sent."""
    row = given(INCIDENT, PLACED, *story).then(markers).at("W1").row
    return row.in_force, str(row.expires_on)


def test_is_placed_on_an_incident_with_an_instruction() -> None:
    given(INCIDENT, PLACED.but(property_ref="uprn:1", disclosed_how="letter")).then(markers).has(
        marker_id="W1",
        subject="person",
        person=TENANT,
        home="uprn:1",
        marker_type="risk-to-staff",
        instruction="Ring before you come.",
        incident=id_of("threat"),
        approved_by="staff:1",
        placed_at="2024-03-02",
        in_force=True,
        expires_on="2024-09-01",
        disclosed=True,
        disclosed_how="letter",
        non_disclosure_reason=None,
        reviews=(),
    )


def test_says_why_it_was_not_disclosed() -> None:
    told = PLACED.but(disclosed=False, non_disclosure_reason="He would take it out on her.")
    given(INCIDENT, told).then(markers).has(
        disclosed=False, non_disclosure_reason="He would take it out on her."
    )


def test_may_be_on_the_file_of_a_property_before_any_case() -> None:
    told = PLACED.but(subject="property", person=None, property_ref="uprn:1")
    given(INCIDENT, told, stream="property:1").then(markers).at("W1").has(
        subject="property", person=None, home="uprn:1", case_ref="property:1"
    )


@pytest.mark.parametrize(
    ("day", "sent", "expired"),
    [("2024-09-01", True, False), ("2024-09-02", False, True)],
)
def test_that_was_not_reviewed_in_time_is_not_sent(day: str, sent: bool, expired: bool) -> None:
    row = given(INCIDENT, PLACED).then(markers).row
    assert row.may_be_sent(date.fromisoformat(day)) == sent
    assert row.has_expired(date.fromisoformat(day)) == expired


def test_that_was_removed_is_neither_sent_nor_expired() -> None:
    row = given(INCIDENT, PLACED, REMOVED).then(markers).row
    assert not row.may_be_sent(date(2024, 8, 1))
    assert not row.has_expired(date(2025, 3, 1))


def test_a_review_that_renews_it_sets_the_next_and_may_amend_it() -> None:
    case = given(INCIDENT, PLACED, RENEWED)
    case.then(markers).has(
        in_force=True,
        expires_on="2025-02-01",
        instruction="Two people on every visit.",
        first_instruction="Ring before you come.",
        review_outcome="renew",
        reviewed_at="2024-08-20",
        reviews=({"reason": "He threatened the plumber.", "next_review": "2025-02-01"},),
    )
    case.when_seen(known_on="2024-08-19").then(markers).has(
        expires_on="2024-09-01", instruction="Ring before you come.", reviewed_at=None
    )


def test_a_review_without_a_next_one_leaves_the_day_as_it_was() -> None:
    amended = marker_reviewed("2024-08-25", outcome="amend", instruction="Ring first.")
    for story in permutations([RENEWED, amended]):
        assert marker(*story) == (True, "2025-02-01")
        given(INCIDENT, PLACED, *story).then(markers).has(instruction="Ring first.")


def test_a_review_that_ends_it_stops_it_before_it_is_removed_in_any_order() -> None:
    for story in permutations([RENEWED, ENDED]):
        assert marker(*story) == (False, "2025-02-01")


def test_a_review_told_late_does_not_bring_back_what_was_removed() -> None:
    late = marker_reviewed("2025-01-25", outcome="renew", next_review="2025-06-01")
    for story in permutations([REMOVED, late]):
        assert marker(*story)[0] is False
    given(INCIDENT, PLACED, REMOVED).then(markers).has(
        removed_at="2025-01-21", removed_reason="It was reviewed and ended."
    )


def test_that_was_removed_twice_was_removed_the_first_time() -> None:
    again = marker_removed("2025-02-01", reason="Once more.")
    for story in permutations([REMOVED, again]):
        given(INCIDENT, PLACED, *story).then(markers).has(
            removed_at="2025-01-21", removed_reason="It was reviewed and ended."
        )


@pytest.mark.parametrize("told", [RENEWED, REMOVED])
def test_nothing_is_told_of_one_that_is_not_in_view(told: Told) -> None:
    given(told).then(markers).has_rows()


def test_a_corrected_review_day_reads_as_corrected() -> None:
    given(
        INCIDENT,
        PLACED,
        event_corrected(
            target=the("marker"), field="review_due", was="2024-09-01", now="2024-06-01"
        ),
    ).then(markers).has(expires_on="2024-06-01")
