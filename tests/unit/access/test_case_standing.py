"""How a case stands towards those who ask for it, as its own events tell."""

from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.case_standing import (
    CASE_STANDING_TYPES,
    BrokenGlass,
    CaseStanding,
    after,
    case_standing,
)
from domain.events.registry import EVENT_TYPES
from domain.times import parse_timestamp
from tests.support.histories import UNHURRIED
from tests.support.stories import (
    TELLERS,
    Told,
    case_allocated,
    case_opened,
    case_restricted,
    conflict_declared,
    conflict_ended,
    event_corrected,
    glass_broken,
    incident_reported,
    moment,
    restriction_lifted,
    tell,
    the,
)

OPENED = case_opened("2024-03-01", ref="opened")
GIVEN = case_allocated("2024-03-02", ref="given", team=("staff:13", "staff:14"))


def after_telling(*story: Told) -> CaseStanding:
    return case_standing(tell(*story))


def test_of_a_case_of_which_nothing_is_known_nobody_is_near_or_kept_out() -> None:
    assert after_telling() == after_telling(incident_reported()) == CaseStanding()
    assert CaseStanding().conflicted == frozenset()


@pytest.mark.parametrize(
    "name", [name for name, each in EVENT_TYPES.items() if each not in CASE_STANDING_TYPES]
)
def test_no_other_type_of_event_bears_on_it(name: str) -> None:
    standing = after_telling(OPENED, GIVEN, case_restricted(), conflict_declared())
    (event,) = tell(TELLERS[EVENT_TYPES[name]]())
    assert after(standing, event) == standing


class TestWhose:
    def test_the_authority_is_that_of_the_formal_opening(self) -> None:
        assert after_telling(incident_reported(), OPENED).authority == "E09000001"
        assert after_telling(case_opened(authority=None)).authority is None

    def test_the_lead_and_team_are_those_it_was_given_to_last(self) -> None:
        standing = after_telling(OPENED, GIVEN)
        assert standing.lead == "staff:12"
        assert standing.team == {"staff:13", "staff:14"}
        standing = after_telling(OPENED, GIVEN, case_allocated("2024-03-03", lead="staff:15"))
        assert (standing.lead, standing.team) == ("staff:15", frozenset())

    def test_whom_it_was_given_to_earlier_does_not_get_it_back_when_that_is_recorded_late(
        self,
    ) -> None:
        earlier = case_allocated("2024-03-01", lead="staff:15", recorded="2024-03-09")
        standing = after_telling(OPENED, GIVEN, earlier)
        assert (standing.lead, standing.allocated_at) == ("staff:12", moment("2024-03-02"))

    def test_what_was_corrected_counts(self) -> None:
        standing = after_telling(
            OPENED,
            GIVEN,
            event_corrected(target=the("given"), field="lead", was="staff:12", now="staff:15"),
            event_corrected(
                target=the("opened"), field="authority", was="E09000001", now="E09000002"
            ),
        )
        assert (standing.lead, standing.authority) == ("staff:15", "E09000002")

    def test_so_does_that_it_was_given_earlier_than_was_said(self) -> None:
        standing = after_telling(
            OPENED,
            GIVEN,
            case_allocated("2024-03-05", ref="again", lead="staff:15"),
            event_corrected(
                target=the("again"),
                field="occurred_at",
                was="2024-03-05T09:00:00Z",
                now="2024-03-01T09:00:00Z",
            ),
        )
        assert standing.lead == "staff:12"


class TestRestrictions:
    def test_the_latest_says_whom_the_case_is_for(self) -> None:
        first = case_restricted()
        assert after_telling(OPENED, first).restricted_to == frozenset({"staff:sg-02", "staff:90"})
        second = case_restricted(named=("staff:90",), owner="staff:90")
        assert after_telling(OPENED, first, second).restricted_to == frozenset({"staff:90"})

    def test_is_lifted_whole(self) -> None:
        twice = case_restricted(), case_restricted(named=("staff:90",), owner="staff:90")
        assert after_telling(OPENED, *twice, restriction_lifted()).restricted_to is None

    def test_is_put_back(self) -> None:
        standing = after_telling(OPENED, case_restricted(), restriction_lifted(), case_restricted())
        assert standing.restricted_to is not None


class TestConflicts:
    def test_are_of_those_they_were_declared_of(self) -> None:
        two = conflict_declared(), conflict_declared(conflict_id="C-2", staff="staff:13")
        assert after_telling(OPENED, *two).conflicted == {"staff:12", "staff:13"}

    def test_end_one_by_one(self) -> None:
        two = conflict_declared(), conflict_declared(conflict_id="C-2", staff="staff:13")
        standing = after_telling(OPENED, *two, conflict_ended())
        assert standing.conflicts == (("C-2", "staff:13"),)
        assert standing.conflicted == {"staff:13"}

    def test_of_one_declared_twice_one_ends(self) -> None:
        two = conflict_declared(), conflict_declared(conflict_id="C-2", ground="colleague")
        assert after_telling(OPENED, *two, conflict_ended()).conflicted == {"staff:12"}


class TestEmergencies:
    def test_say_who_opened_it_until_when(self) -> None:
        until = parse_timestamp("2024-03-01T11:00:00Z")
        broken = glass_broken(), glass_broken(glass_id="B-2", until=until + timedelta(days=1))
        assert after_telling(OPENED, *broken).glass == (
            BrokenGlass("staff:12", until),
            BrokenGlass("staff:12", until + timedelta(days=1)),
        )


_allocations = st.builds(
    case_allocated,
    happened=st.dates(moment("2024-03-01").date(), moment("2024-05-31").date()).map(str),
    recorded=st.just("2024-06-01"),
    lead=st.sampled_from(["staff:12", "staff:13", "staff:14"]),
    team=st.lists(st.sampled_from(["staff:15", "staff:16"]), unique=True).map(tuple),
)


@UNHURRIED
@given(
    allocations=st.lists(_allocations, min_size=1, max_size=5, unique_by=attrgetter("happened")),
    data=st.data(),
)
def test_whose_it_is_does_not_depend_on_the_order_of_recording(
    allocations: list[Told], data: st.DataObject
) -> None:
    given_to = [replace(told, ref=f"given-{n}") for n, told in enumerate(allocations)]
    wrong = data.draw(st.lists(st.sampled_from(given_to), unique_by=attrgetter("ref")))
    corrections = [
        event_corrected(
            "2024-06-02",
            ref=f"corrected-{told.ref}",
            target=the(str(told.ref)),
            field="lead",
            was=told.fields["lead"],
            now="staff:20",
        )
        for told in wrong
    ]
    facts = [case_opened("2024-02-20", ref="opened", recorded="2024-06-01"), *given_to]
    otherwise = data.draw(st.permutations(facts)), data.draw(st.permutations(corrections))
    standing = after_telling(*otherwise[0], *otherwise[1])
    assert standing == after_telling(*facts, *corrections)
    latest = max(given_to, key=lambda told: str(told.happened))
    assert standing.lead == ("staff:20" if latest in wrong else latest.fields["lead"])
