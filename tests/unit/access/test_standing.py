"""How people and systems stand: what was granted to them, as the landlord's streams tell."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.standing import Grant, Standing, standings
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from domain.times import parse_timestamp
from domain.vocabulary.access import Role
from tests.support.admitting import CASE, LANDLORD
from tests.support.stories import (
    Told,
    conflict_declared,
    conflict_ended,
    incident_reported,
    moment,
    review_access_granted,
    review_access_revoked,
    role_granted,
    role_revoked,
    tell,
)

ONE = "https://id.cromwood.example|12"
OTHER = "https://id.cromwood.example|13"
NOW = moment("2024-03-10")
END = "2024-03-31T23:59:59Z"
AT_THE_END = parse_timestamp(END)

GRANTED = role_granted(principal=ONE, staff="staff:12")
TO_ANOTHER = role_granted(grant_id="G-2", principal=OTHER, staff="staff:13", role="manager")
PUBLISHER = role_granted(
    grant_id="G-3", principal="https://id|asb", role="upstream", staff=None, publishes="urn:asb"
)


def after(*story: Told, on: str = LANDLORD) -> Mapping[str, Standing]:
    return standings(tell(*story, case_ref=on))


def one(*story: Told) -> Standing:
    return after(*story)[ONE]


def test_nobody_stands_in_any_way_to_begin_with() -> None:
    assert after() == {}
    nobody = Standing()
    assert nobody.roles(NOW) == frozenset()
    assert nobody.sources(NOW) == frozenset()


class TestRoles:
    def test_are_granted_to_one_and_not_to_others(self) -> None:
        found = after(GRANTED, TO_ANOTHER)
        assert found.keys() == {ONE, OTHER}
        assert found[ONE].principal == ONE
        assert found[ONE].staff == {"staff:12"}
        assert found[ONE].roles(NOW) == {Role.OFFICER}
        assert found[OTHER].roles(NOW) == {Role.MANAGER}

    def test_add_up(self) -> None:
        again = role_granted(grant_id="G-2", principal=ONE, staff="staff:sg-12", role="analyst")
        standing = one(GRANTED, again)
        assert standing.roles(NOW) == {Role.OFFICER, Role.ANALYST}
        assert standing.staff == {"staff:12", "staff:sg-12"}

    def test_are_gone_at_once_when_revoked(self) -> None:
        assert after(GRANTED, role_revoked()) == {}
        assert after(GRANTED, TO_ANOTHER, role_revoked()).keys() == {OTHER}

    def test_that_of_another_being_revoked_changes_nothing(self) -> None:
        assert one(GRANTED, TO_ANOTHER, role_revoked(grant_id="G-2")) == one(GRANTED)

    def test_are_those_of_the_stream_they_were_granted_on(self) -> None:
        elsewhere = tell(role_revoked(), case_ref="organisation:other")
        assert standings([*tell(GRANTED, case_ref=LANDLORD), *elsewhere]).keys() == {ONE}

    def test_count_until_they_run_out(self) -> None:
        standing = one(GRANTED.but(valid_until=END))
        assert standing.roles(AT_THE_END) == {Role.OFFICER}
        assert standing.roles(AT_THE_END + timedelta(microseconds=1)) == frozenset()
        assert standing.in_force(AT_THE_END + timedelta(days=1)) == ()

    def test_who_has_but_such_is_known_still(self) -> None:
        assert one(GRANTED.but(valid_until=END)).staff == {"staff:12"}


class TestAreas:
    @pytest.mark.parametrize(
        ("areas", "authority", "covered"),
        [
            ((), "E09000001", True),
            ((), None, True),
            (("E09000001",), "E09000001", True),
            (("E09000001", "E09000002"), "E09000002", True),
            (("E09000001",), "E09000002", False),
            (("E09000001",), None, True),
        ],
    )
    def test_a_grant_covers_its_areas_and_cases_of_none(
        self, areas: tuple[str, ...], authority: str | None, covered: bool
    ) -> None:
        (grant,) = one(GRANTED.but(areas=areas)).grants
        assert grant.covers(authority) is covered


class TestSources:
    def test_are_those_that_a_system_may_publish(self) -> None:
        standing = after(PUBLISHER.but(valid_until=END))["https://id|asb"]
        assert standing.sources(NOW) == {"urn:asb"}
        assert standing.sources(AT_THE_END + timedelta(seconds=1)) == frozenset()
        assert standing.staff == frozenset()

    def test_a_person_has_none(self) -> None:
        assert one(GRANTED).sources(NOW) == frozenset()


class TestReviews:
    REVIEW = review_access_granted(
        principal=ONE,
        cases=("asb:1", "asb:2"),
        scope_from="2024-01-01",
        scope_to="2024-02-29",
        valid_until=END,
    )

    def test_are_of_cases_and_days_until_they_run_out(self) -> None:
        (review,) = one(self.REVIEW).reviews
        assert review.cases == {case_id_of("asb:1"), case_id_of("asb:2")}
        assert (review.scope_from, review.scope_to) == (date(2024, 1, 1), date(2024, 2, 29))
        assert review.in_force_at(AT_THE_END)
        assert not review.in_force_at(AT_THE_END + timedelta(microseconds=1))

    def test_give_no_role(self) -> None:
        assert one(self.REVIEW).roles(NOW) == frozenset()

    def test_are_gone_at_once_when_revoked(self) -> None:
        assert after(self.REVIEW, review_access_revoked()) == {}

    def test_a_role_of_the_same_reference_is_another_grant(self) -> None:
        reviewer = role_granted(grant_id="RG-1", principal=ONE, role="reviewer")
        standing = one(reviewer, self.REVIEW, review_access_revoked())
        assert standing.roles(NOW) == {Role.REVIEWER}
        assert standing.reviews == ()


class TestConflicts:
    WITH = conflict_declared(staff="staff:12", person="person:4411")

    def test_with_a_person_are_of_whoever_is_called_so(self) -> None:
        found = after(GRANTED, TO_ANOTHER, self.WITH)
        assert found[ONE].conflicting == {"person:4411"}
        assert found[OTHER].conflicting == frozenset()

    def test_count_for_who_is_granted_a_role_only_later(self) -> None:
        assert one(self.WITH, GRANTED).conflicting == {"person:4411"}

    def test_count_by_whatever_name_they_are_called(self) -> None:
        again = role_granted(grant_id="G-2", principal=ONE, staff="staff:sg-12", role="analyst")
        declared = self.WITH.but(staff="staff:sg-12")
        assert one(GRANTED, again, declared).conflicting == {"person:4411"}

    def test_end(self) -> None:
        two = self.WITH, self.WITH.but(conflict_id="C-2", person="person:7")
        assert one(GRANTED, *two, conflict_ended()).conflicting == {"person:7"}

    def test_with_one_person_declared_twice_end_with_the_second(self) -> None:
        two = self.WITH, self.WITH.but(conflict_id="C-2", ground="household")
        assert one(GRANTED, *two, conflict_ended()).conflicting == {"person:4411"}
        ended = conflict_ended(), conflict_ended(conflict_id="C-2")
        assert one(GRANTED, *two, *ended).conflicting == frozenset()

    def test_with_a_case_bear_on_that_case_alone(self) -> None:
        of_a_case = tell(incident_reported(), self.WITH, case_ref=CASE)
        granted = tell(GRANTED, case_ref=LANDLORD)
        assert standings([*granted, *of_a_case])[ONE].conflicting == frozenset()

    def test_with_a_person_outlast_the_end_of_one_with_a_case(self) -> None:
        of_a_case = tell(incident_reported(), self.WITH, conflict_ended(), case_ref=CASE)
        declared = tell(GRANTED, self.WITH, case_ref=LANDLORD)
        assert standings([*declared, *of_a_case])[ONE].conflicting == {"person:4411"}


_grants = st.builds(
    role_granted,
    grant_id=st.sampled_from(["G-1", "G-2", "G-3"]),
    principal=st.sampled_from([ONE, OTHER]),
    role=st.sampled_from(["officer", "manager", "privacy"]),
    valid_until=st.sampled_from([None, END]),
)
_revocations = st.builds(role_revoked, grant_id=st.sampled_from(["G-1", "G-2", "G-3"]))
_moments = st.sampled_from([moment("2024-03-01"), AT_THE_END, moment("2024-04-01")])


@given(story=st.lists(_grants | _revocations, max_size=8), now=_moments)
def test_a_role_is_held_if_its_last_grant_was_not_revoked_since_and_has_not_run_out(
    story: list[Told], now: datetime
) -> None:
    events = tell(*story, case_ref=LANDLORD)
    last = {event.model_dump()["grant_id"]: event for event in events}
    held = {
        (event["principal"], event["role"])
        for event in map(CaseEvent.model_dump, last.values())
        if event.get("role") and (event["valid_until"] is None or now <= event["valid_until"])
    }
    found = standings(events)
    assert {(who, role) for who in found for role in found[who].roles(now)} == held


def test_a_grant_of_no_end_never_runs_out() -> None:
    grant = Grant(Role.OFFICER, frozenset(), None, None)
    assert grant.in_force_at(moment("2199-12-31"))
