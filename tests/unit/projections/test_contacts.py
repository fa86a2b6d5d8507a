"""Contact with people, made and failed, and the gaps in it."""

from datetime import date

import pytest

from projections.contacts import contacts, gaps
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    contact_attempt_failed,
    contact_made,
    event_corrected,
    given,
    id_of,
    the,
)

VISITED = contact_made("2024-03-01", ref="visit", seen_alone="yes", voice="I am afraid at night.")
RANG = contact_made("2024-04-10", mode="phone", seen="no")
TRIED = contact_attempt_failed("2024-03-20", ref="tried", attempt_no=2)
SEEN_AGAIN = contact_made("2024-05-20")


def test_a_contact_says_who_was_seen_alone_and_heard() -> None:
    given(
        VISITED.but(
            understanding_checked="yes",
            observations="The lock was broken.",
            professional_curiosity="Who has the other key?",
        )
    ).then(contacts).at(id_of("visit")).has(
        made=True,
        person=TENANT,
        mode="home-visit",
        direction="outbound",
        seen="yes",
        seen_alone="yes",
        voice="I am afraid at night.",
        understanding_checked="yes",
        observations="The lock was broken.",
        professional_curiosity="Who has the other key?",
        failure=None,
        occurred_at="2024-03-01",
    )


def test_an_attempt_that_failed_is_listed_beside() -> None:
    seen = given(VISITED, TRIED).then(contacts)
    seen.has_rows(str(id_of("visit")), str(id_of("tried")))
    seen.at(id_of("tried")).has(
        made=False, seen="no", mode="home-visit", failure="no-access", attempt_no=2, direction=None
    )


def test_what_is_learned_late_is_listed_once_it_is_known() -> None:
    case = given(VISITED, contact_made("2024-03-10", known="2024-06-01", ref="told-late"))
    case.when_seen(known_on="2024-05-31").then(contacts).has_rows(str(id_of("visit")))
    case.then(contacts).at(id_of("told-late")).has(known_at="2024-06-01")


Stated = list[tuple[str, str, int, int]]


def stated(
    *story: Told,
    at_least: int = 28,
    person: str | None = None,
    in_sight: bool = False,
    since: str | None = None,
    until: str | None = None,
) -> Stated:
    """The gaps as told: from, until, how long, how often it was tried in them."""
    found = gaps(
        given(*story).then(contacts).rows.values(),
        at_least,
        person=person,
        in_sight=in_sight,
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
    )
    return [(str(gap.since), str(gap.until), gap.days, gap.failed_attempts) for gap in found]


class TestGaps:
    def test_lie_between_contacts_and_count_what_was_tried_in_them(self) -> None:
        assert stated(VISITED, TRIED, RANG, SEEN_AGAIN) == [
            ("2024-03-01", "2024-04-10", 40, 1),
            ("2024-04-10", "2024-05-20", 40, 0),
        ]

    @pytest.mark.parametrize(("at_least", "found"), [(40, 1), (41, 0)])
    def test_are_told_from_a_number_of_days_on(self, at_least: int, found: int) -> None:
        assert len(stated(VISITED, RANG, at_least=at_least)) == found

    def test_in_sight_of_the_person_end_only_when_they_are_seen(self) -> None:
        assert stated(VISITED, TRIED, RANG, SEEN_AGAIN, in_sight=True) == [
            ("2024-03-01", "2024-05-20", 80, 1)
        ]

    def test_in_contact_with_one_person_are_not_ended_by_another(self) -> None:
        story = (VISITED, RANG.but(person=NEIGHBOUR), SEEN_AGAIN, TRIED.but(person=None))
        assert stated(*story, person=TENANT) == [("2024-03-01", "2024-05-20", 80, 0)]

    def test_reach_to_the_first_and_last_day_looked_at(self) -> None:
        assert stated(VISITED, since="2024-02-01", until="2024-04-01") == [
            ("2024-02-01", "2024-03-01", 29, 0),
            ("2024-03-01", "2024-04-01", 31, 0),
        ]

    def test_begin_with_the_first_day_where_contact_was_before_it(self) -> None:
        assert stated(VISITED, RANG, since="2024-03-10") == [("2024-03-10", "2024-04-10", 31, 0)]

    def test_end_with_the_last_day_where_contact_came_after_it(self) -> None:
        assert stated(VISITED, SEEN_AGAIN, until="2024-04-01") == [
            ("2024-03-01", "2024-04-01", 31, 0)
        ]

    def test_are_the_whole_time_where_there_was_no_contact(self) -> None:
        assert stated(TRIED, since="2024-03-01", until="2024-03-31") == [
            ("2024-03-01", "2024-03-31", 30, 1)
        ]

    def test_without_contact_or_days_to_look_at_cannot_be_told(self) -> None:
        assert stated(TRIED) == []

    def test_do_not_count_what_may_have_been_contact(self) -> None:
        some_day = contact_made("2024-03-01 00:00", occurred_precision="month")
        assert stated(some_day, RANG.but(), at_least=10) == [("2024-03-31", "2024-04-10", 10, 0)]

    def test_follow_corrections(self) -> None:
        moved = event_corrected(
            target=the("visit"),
            field="occurred_at",
            was="2024-03-01T09:00:00Z",
            now="2024-04-01T09:00:00Z",
        )
        assert stated(VISITED, RANG, moved) == []
