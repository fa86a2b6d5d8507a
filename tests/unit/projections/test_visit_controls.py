"""Visit controls set and lifted, in whatever order: in doubt they stay in force."""

from itertools import permutations

import pytest

from projections.case_state import case_state
from projections.risk import risk
from tests.support.stories import (
    Told,
    given,
    incident_reported,
    visit_control_lifted,
    visit_control_set,
)

OPENED = incident_reported("2024-02-01")
SET, LIFTED = visit_control_set("2024-03-01"), visit_control_lifted("2024-03-15")
AGAIN = visit_control_set("2024-04-01", until="2024-06-01")
LIFTED_AGAIN = visit_control_lifted("2024-04-15", reason="They moved away.")


def in_force(*story: Told) -> list[str | None]:
    """Until when a control is in force, by the case's state; the risk view must agree."""
    case = given(OPENED, *story)
    held = [held.until for held in case.then(case_state).row.visit_controls]
    assert held == [row.until for row in case.then(risk).rows.values() if row.in_force]
    return [str(until) if until else None for until in held]


def admissible(*story: Told) -> list[tuple[Told, ...]]:
    """The orders of a story in which it begins with a setting: a lift by itself waits."""
    return [order for order in permutations(story) if order[0] in (SET, AGAIN)]


def test_one_that_was_set_again_since_stays_in_force() -> None:
    for story in admissible(SET, LIFTED, AGAIN):
        assert in_force(*story) == ["2024-06-01"]


def test_one_that_was_lifted_since_does_not() -> None:
    for story in admissible(SET, AGAIN, LIFTED, LIFTED_AGAIN):
        assert in_force(*story) == []
        given(OPENED, *story).then(risk).has(
            set_at="2024-04-01", lifted_at="2024-04-15", lifted_reason="They moved away."
        )


def test_the_latest_setting_holds() -> None:
    for story in permutations([SET, AGAIN]):
        assert in_force(*story) == ["2024-06-01"]


@pytest.mark.parametrize("until", [None, "2024-07-01"])
def test_of_two_set_at_once_the_one_that_holds_longer(until: str | None) -> None:
    for story in permutations([AGAIN, AGAIN.but(until=until)]):
        assert in_force(*story) == [until]


@pytest.mark.parametrize(
    ("lifted", "left"), [("2024-04-01 08:59", ["2024-06-01"]), ("2024-04-01 09:00", [])]
)
def test_is_ended_by_a_lift_no_earlier_than_it(lifted: str, left: list[str]) -> None:
    assert in_force(AGAIN, visit_control_lifted(lifted)) == left


def test_stays_in_force_where_a_lift_of_that_day_has_no_time() -> None:
    lifted = visit_control_lifted("2024-04-01 00:00", occurred_precision="day")
    assert in_force(AGAIN, lifted) == ["2024-06-01"]


def test_a_lift_of_another_control_or_scope_ends_nothing() -> None:
    others = (LIFTED_AGAIN.but(control="police"), LIFTED_AGAIN.but(scope="person"))
    assert in_force(AGAIN, *others) == ["2024-06-01"]
