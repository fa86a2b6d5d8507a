"""What people are to each other, from when to when."""

from datetime import date
from itertools import permutations

import pytest

from projections.relationships import relationships
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    event_corrected,
    given,
    relationship_ended,
    relationship_recorded,
    the,
)

KEY = f"{NEIGHBOUR}|{TENANT}|partner"
PARTNERS = relationship_recorded("2024-03-05", relationship="partner", since="2020-01-01")
PARTED = relationship_ended("2024-04-02", relationship="partner", until="2024-03-31")
AGAIN = relationship_recorded("2024-07-01", relationship="partner", since="2024-06-01")
UNDATED = relationship_recorded("2024-03-05", relationship="partner", since=None)


def test_is_directed_and_told_by_who_to_whom_as_what() -> None:
    given(
        PARTNERS,
        relationship_recorded(a=TENANT, b=NEIGHBOUR, relationship="partner"),
        relationship_recorded(relationship="carer", informal_carer="yes"),
    ).then(relationships).has_rows(
        KEY, f"{TENANT}|{NEIGHBOUR}|partner", f"{NEIGHBOUR}|{TENANT}|carer"
    )


def test_goes_on_until_it_ends() -> None:
    case = given(PARTNERS, PARTED)
    case.when_seen(known_on="2024-04-01").then(relationships).at(KEY).has(
        a=NEIGHBOUR, b=TENANT, relationship="partner", since="2020-01-01", until=None, ended=False
    )
    case.then(relationships).at(KEY).has(since="2020-01-01", until="2024-03-31", ended=True)


def test_that_began_again_is_told_with_both_times_in_any_order() -> None:
    for story in permutations([PARTNERS, PARTED, AGAIN]):
        given(*story).then(relationships).has(
            since="2024-06-01",
            until=None,
            ended=False,
            periods=(
                {"since": "2020-01-01", "until": "2024-03-31", "ended": True},
                {"since": "2024-06-01", "until": None, "ended": False},
            ),
        )


def test_is_recorded_with_its_end_in_one() -> None:
    given(PARTNERS.but(until="2022-05-01")).then(relationships).has(
        since="2020-01-01", until="2022-05-01", ended=True
    )


def test_may_be_known_by_its_end_alone() -> None:
    given(PARTED).then(relationships).has(since=None, until="2024-03-31", ended=True)


def test_a_day_that_is_known_is_not_undone_by_one_that_is_not() -> None:
    ended = relationship_ended("2024-04-10", relationship="partner", until=None)
    for story in permutations([PARTNERS, UNDATED, PARTED, ended]):
        given(*story).then(relationships).has(
            since="2020-01-01", until="2024-03-31", periods=({"ended": True},)
        )


def test_of_unknown_beginning_is_ended_by_an_end_that_is_learned_of_later() -> None:
    parted = relationship_ended(
        "2024-02-01", known="2024-04-02", relationship="partner", until="2024-02-01"
    )
    for story in permutations([UNDATED, parted]):
        given(*story).then(relationships).has(since=None, until="2024-02-01", ended=True)


def test_that_is_said_again_after_an_end_known_by_then_goes_on() -> None:
    again = UNDATED.but()
    parted = relationship_ended("2024-02-01", relationship="partner", until="2024-02-01")
    for story in permutations([parted, again]):
        given(*story).then(relationships).has(
            since=None, until=None, ended=False, periods=({"until": "2024-02-01"}, {"until": None})
        )


def test_responsibility_and_care_as_last_known_in_any_order() -> None:
    told = [
        relationship_recorded(
            "2024-03-01", relationship="parent", parental_responsibility="yes", details="By birth."
        ),
        relationship_recorded("2024-03-10", relationship="parent", informal_carer="yes"),
        relationship_recorded("2024-03-20", relationship="parent", informal_carer="no"),
    ]
    for story in permutations(told):
        given(*story).then(relationships).has(
            parental_responsibility="yes", informal_carer="no", details="By birth."
        )


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2019-12-31", "no"),
        ("2020-01-01", "yes"),
        ("2024-03-31", "yes"),
        ("2024-04-01", "no"),
        ("2024-06-01", "yes"),
    ],
)
def test_on_a_day(day: str, held: str) -> None:
    row = given(PARTNERS, PARTED, AGAIN).then(relationships).row
    assert row.holds_on(date.fromisoformat(day)) == held


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2024-03-04", "unknown"),
        ("2024-03-05", "yes"),
        ("2024-03-06", "unknown"),
        ("2024-04-09", "unknown"),
        ("2024-04-10", "no"),
    ],
)
def test_on_a_day_where_neither_beginning_nor_end_is_known(day: str, held: str) -> None:
    ended = relationship_ended("2024-04-10", relationship="partner", until=None)
    row = given(UNDATED, ended).then(relationships).row
    assert row.holds_on(date.fromisoformat(day)) == held


def test_on_a_day_where_only_that_it_was_so_is_known() -> None:
    row = given(UNDATED).then(relationships).row
    assert row.holds_on(date(2024, 3, 4)) == "unknown"
    assert row.holds_on(date(2024, 6, 1)) == "yes"


def test_a_corrected_end_reads_as_corrected() -> None:
    case = given(
        PARTNERS,
        relationship_ended("2024-04-02", ref="end", relationship="partner", until="2024-03-31"),
        event_corrected("2024-05-01", target=the("end"), field="until", was="2024-03-31", now=None),
    )
    case.when_seen(known_on="2024-04-30").then(relationships).has(until="2024-03-31")
    case.then(relationships).has(until=None, ended=True)
