"""Consent and its override: whose, and in whatever order they are recorded."""

from itertools import permutations

import pytest

from projections.case_state import case_state
from projections.people import people
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    consent_decided,
    consent_overridden,
    given,
    incident_reported,
)

OPENED = incident_reported("2024-03-01")
REFUSED = consent_decided("2024-03-08 13:00", state="refused")
OVERRIDDEN = consent_overridden("2024-03-08 14:00", person=TENANT)
EVERYONES_OVERRIDDEN = consent_overridden("2024-03-08 14:00")
NEIGHBOUR_BEFORE = consent_decided("2024-03-08 12:00", person=NEIGHBOUR)
NEIGHBOUR_SINCE = consent_decided("2024-03-08 15:00", person=NEIGHBOUR)

Standing = tuple[str | None, str | None, bool]

TENANTS: Standing = (TENANT, "refused", True)
NEIGHBOURS: Standing = (NEIGHBOUR, "given", False)


def standing(*story: Told) -> list[Standing]:
    """Whose consent stands how, and whether it was overridden."""
    consent = given(OPENED, *story).then(case_state).row.consent
    stands = ((held.person, held.state and held.state.value, held.overridden) for held in consent)
    return sorted(stands, key=str)


@pytest.mark.parametrize("neighbours", [NEIGHBOUR_BEFORE, NEIGHBOUR_SINCE])
@pytest.mark.parametrize("override", [OVERRIDDEN, EVERYONES_OVERRIDDEN])
def test_concerns_who_refused_and_not_who_consented_in_any_order(
    override: Told, neighbours: Told
) -> None:
    for story in permutations([REFUSED, override, neighbours]):
        assert standing(*story) == [NEIGHBOURS, TENANTS]


def test_of_one_person_leaves_another_refusal_alone() -> None:
    also = consent_decided("2024-03-08 12:00", person=NEIGHBOUR, state="refused")
    for story in permutations([REFUSED, OVERRIDDEN, also]):
        assert standing(*story) == [(NEIGHBOUR, "refused", False), TENANTS]


def test_of_everyone_concerns_every_refusal() -> None:
    also = consent_decided("2024-03-08 12:00", person=NEIGHBOUR, state="unable")
    for story in permutations([REFUSED, EVERYONES_OVERRIDDEN, also]):
        assert standing(*story) == [(NEIGHBOUR, "unable", True), TENANTS]


def test_consent_through_a_representative_is_consent() -> None:
    through = NEIGHBOUR_BEFORE.but(state="via-representative")
    assert (NEIGHBOUR, "via-representative", False) in standing(through, EVERYONES_OVERRIDDEN)


def test_of_a_person_who_consented_counts_where_it_names_them() -> None:
    given_before = consent_decided("2024-03-08 12:00", state="given")
    assert standing(given_before, OVERRIDDEN) == [(TENANT, "given", True)]


@pytest.mark.parametrize(
    ("override", "alone"),
    [(OVERRIDDEN, (TENANT, None, True)), (EVERYONES_OVERRIDDEN, (None, None, True))],
)
def test_is_shown_by_itself_until_someone_it_concerns_has_decided(
    override: Told, alone: Standing
) -> None:
    assert standing(override) == [alone]
    for story in permutations([override, NEIGHBOUR_BEFORE]):
        assert alone in standing(*story)
    assert standing(override, NEIGHBOUR_BEFORE, REFUSED) == [NEIGHBOURS, TENANTS]


def test_in_another_scope_concerns_nobody() -> None:
    elsewhere = OVERRIDDEN.but(scope="share")
    assert standing(REFUSED, elsewhere) == [(TENANT, "refused", False), (TENANT, None, True)]


@pytest.mark.parametrize("override", [OVERRIDDEN, EVERYONES_OVERRIDDEN])
def test_ends_with_the_persons_next_decision(override: Told) -> None:
    since = consent_decided("2024-03-09", state="refused")
    for story in permutations([REFUSED, override, since]):
        assert standing(*story) == [(TENANT, "refused", False)]


def test_dated_by_the_day_is_not_lost_against_a_refusal_of_that_day() -> None:
    by_day = consent_overridden("2024-03-08 00:00", person=TENANT, occurred_precision="day")
    for story in permutations([REFUSED, by_day]):
        assert standing(*story) == [TENANTS]


def test_of_several_the_latest_is_shown_and_all_are_kept() -> None:
    again = consent_overridden("2024-03-08 18:00")
    for story in permutations([REFUSED, OVERRIDDEN, again]):
        row = given(OPENED, *story).then(case_state)
        row.has(consent=({"overridden": True, "overridden_at": "2024-03-08 18:00"},))
        assert {held.person for held in row.row.consent_overrides} == {TENANT, None}


def test_whose_consent_is_overridden_is_part_of_the_case() -> None:
    given(OVERRIDDEN).then(people).has_rows(TENANT)
    given(EVERYONES_OVERRIDDEN).then(people).has_rows()
