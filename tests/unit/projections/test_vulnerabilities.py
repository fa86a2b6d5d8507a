"""What puts people at risk, from when to when."""

from datetime import date
from itertools import permutations

import pytest

from projections.people import people
from tests.support.stories import (
    TENANT,
    event_corrected,
    given,
    the,
    vulnerability_ended,
    vulnerability_recorded,
)

BEGUN = vulnerability_recorded("2024-03-05", since="2020-01-01")
ENDED = vulnerability_ended("2024-04-02", until="2024-03-31", reason="He is well again.")
AGAIN = vulnerability_recorded("2024-06-10", since="2024-06-01", amplifiers=("isolation",))

FIRST = {"since": "2020-01-01", "until": "2024-03-31", "end_reason": "He is well again."}
SECOND = {"since": "2024-06-01", "until": None, "amplifiers": ("isolation",)}


def test_one_that_ended_is_told_with_its_end() -> None:
    case = given(BEGUN, ENDED)
    case.then(people).has(vulnerabilities=(FIRST,))
    case.when_seen(known_on="2024-04-01").then(people).has(
        vulnerabilities=({"since": "2020-01-01", "until": None, "end_reason": None},)
    )


def test_one_that_came_back_is_told_twice_in_any_order() -> None:
    for story in permutations([BEGUN, ENDED, AGAIN]):
        given(*story).then(people).has(vulnerabilities=(FIRST, SECOND))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2019-12-31", 0),
        ("2020-01-01", 1),
        ("2024-03-31", 1),
        ("2024-04-01", 0),
        ("2024-05-31", 0),
        ("2024-06-01", 1),
        ("2026-01-01", 1),
    ],
)
def test_as_at_a_day(day: str, held: int) -> None:
    row = given(BEGUN, ENDED, AGAIN).then(people).row
    assert len(row.vulnerable_on(date.fromisoformat(day))) == held


def test_an_end_without_a_beginning_is_told_as_such() -> None:
    row = given(ENDED).then(people).has(vulnerabilities=({"since": None, "until": "2024-03-31"},))
    assert row.row.vulnerable_on(date(2024, 3, 1))
    assert not row.row.vulnerable_on(date(2024, 4, 1))


def test_an_end_does_not_end_what_began_on_a_later_day() -> None:
    given(AGAIN, ENDED).then(people).has(
        vulnerabilities=({"since": None, "until": "2024-03-31"}, SECOND)
    )


def test_the_latest_record_of_a_beginning_or_end_holds_in_any_order() -> None:
    earlier = vulnerability_recorded("2024-03-01", since="2021-01-01")
    later_end = vulnerability_ended("2024-04-20", until="2024-04-10", reason=None)
    for story in permutations([earlier, BEGUN, ENDED, later_end]):
        given(*story).then(people).has(
            vulnerabilities=({"since": "2020-01-01", "until": "2024-04-10", "end_reason": None},)
        )


def test_types_are_told_apart() -> None:
    carer = vulnerability_recorded(vulnerability_type="unpaid-carer", since="2022-01-01")
    given(carer, BEGUN, ENDED).then(people).at(TENANT).has(
        vulnerabilities=(FIRST, {"vulnerability_type": "unpaid-carer", "until": None})
    )


def test_what_it_comes_from_and_why_they_cannot_get_away() -> None:
    given(
        BEGUN.but(
            causes=("illness",),
            escape_barriers=("adapted-home",),
            primary_support_reason="mental-health",
            minimal_instruction="Ring before you come.",
        )
    ).then(people).has(
        vulnerabilities=(
            {
                "causes": ("illness",),
                "escape_barriers": ("adapted-home",),
                "primary_support_reason": "mental-health",
                "minimal_instruction": "Ring before you come.",
                "information_source": "Community mental health team",
                "noted_at": "2024-03-05",
            },
        )
    )


def test_a_corrected_end_reads_as_corrected_from_when_that_was_known() -> None:
    case = given(
        BEGUN,
        vulnerability_ended("2024-04-02", ref="end", until="2024-03-31"),
        event_corrected(
            "2024-05-01", target=the("end"), field="until", was="2024-03-31", now="2024-04-30"
        ),
    )
    case.when_seen(known_on="2024-04-10").then(people).has(
        vulnerabilities=(FIRST | {"end_reason": None},)
    )
    case.then(people).has(vulnerabilities=({"since": "2020-01-01", "until": "2024-04-30"},))
