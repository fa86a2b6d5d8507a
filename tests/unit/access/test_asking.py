"""What someone asks for, said in the facts that a decision is about."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from domain.access import (
    Action,
    Glass,
    Relation,
    Request,
    Restriction,
    ReviewGrant,
    Role,
    decide,
)
from domain.access.asking import (
    GLASS_A_DAY,
    Asked,
    asking_at_large,
    asking_for_case,
    relation_of,
    review_access,
)
from domain.access.case_standing import BrokenGlass, CaseStanding, case_standing
from domain.access.standing import Standing, standings
from domain.identity import case_id_of
from domain.times import parse_timestamp
from domain.vocabulary.record import PersonalClass
from tests.support.admitting import LANDLORD
from tests.support.stories import (
    CASE_REF,
    Told,
    case_allocated,
    case_opened,
    case_restricted,
    conflict_declared,
    conflict_ended,
    glass_broken,
    moment,
    review_access_granted,
    role_granted,
    tell,
)

ME = "https://id.cromwood.example|12"
HERE, THERE = "E09000001", "E09000002"
NOW = moment("2024-03-10")
UNTIL = "2024-03-31T23:59:59Z"
AFTERWARDS = parse_timestamp(UNTIL) + timedelta(seconds=1)
CASE_ID = case_id_of(CASE_REF)

OPENED = case_opened("2024-03-01", authority=HERE)


def holding(*roles: str, areas: Iterable[str] = (), but: Iterable[Told] = ()) -> Standing:
    """Me, staff:12, with these roles for these areas, and whatever else is told."""
    granted = [
        role_granted(grant_id=f"G-{role}", principal=ME, role=role, areas=tuple(areas))
        for role in roles
    ]
    return standings(tell(*granted, *but, case_ref=LANDLORD))[ME]


def also(role: str, **fields: Any) -> Told:
    """Another role of mine."""
    return role_granted(grant_id=f"G-{role}", principal=ME, role=role, **fields)


def case(*story: Told) -> CaseStanding:
    """A case of the authority here in which that happened."""
    return case_standing(tell(OPENED, *story))


def asked(
    who: Standing,
    standing: CaseStanding,
    action: Action = Action.READ,
    *,
    persons: Iterable[str] = (),
    broken_today: int = 0,
    purpose: bool = False,
) -> Request:
    about = Asked(CASE_ID, standing, frozenset(persons), broken_today)
    return asking_for_case(who, action, about, NOW, purpose=purpose)


class TestRelation:
    @pytest.mark.parametrize(
        ("allocation", "areas", "relation"),
        [
            (case_allocated(lead="staff:12"), (), Relation.ALLOCATED),
            (case_allocated(lead="staff:12"), (THERE,), Relation.ALLOCATED),
            (case_allocated(lead="staff:13", team=("staff:12",)), (), Relation.TEAM),
            (case_allocated(lead="staff:12", team=("staff:12",)), (), Relation.ALLOCATED),
            (case_allocated(lead="staff:13", team=("staff:14",)), (), Relation.UNIT),
            (case_allocated(lead="staff:13"), (HERE,), Relation.UNIT),
            (case_allocated(lead="staff:13"), (THERE, HERE), Relation.UNIT),
            (case_allocated(lead="staff:13"), (THERE,), Relation.ELSEWHERE),
        ],
    )
    def test_is_the_nearest(
        self, allocation: Told, areas: tuple[str, ...], relation: Relation
    ) -> None:
        who, standing = holding("officer", areas=areas), case(allocation)
        assert relation_of(who, standing, NOW) is relation
        assert asked(who, standing).relation is relation

    def test_a_case_of_no_known_authority_is_of_every_unit(self) -> None:
        nobodys = case_standing(tell(case_opened(authority=None)))
        assert relation_of(holding("safeguarding", areas=(THERE,)), nobodys, NOW) is Relation.UNIT

    @pytest.mark.parametrize("role", ["reviewer", "analyst", "administrator", "privacy"])
    def test_who_answers_for_no_cases_has_none_in_a_unit(self, role: str) -> None:
        assert relation_of(holding(role), case(), NOW) is Relation.ELSEWHERE

    def test_a_system_is_near_no_case(self) -> None:
        publisher = role_granted(principal=ME, role="upstream", staff=None, publishes="urn:asb")
        who = standings(tell(publisher, case_ref=LANDLORD))[ME]
        assert relation_of(who, case(), NOW) is Relation.ELSEWHERE
        assert relation_of(who, CaseStanding(), NOW) is Relation.ELSEWHERE

    def test_a_grant_that_has_run_out_makes_no_unit(self) -> None:
        who = holding(but=[also("manager", valid_until=UNTIL)])
        assert relation_of(who, case(), NOW) is Relation.UNIT
        assert relation_of(who, case(), AFTERWARDS) is Relation.ELSEWHERE


class TestRoles:
    def test_within_a_unit_are_those_for_its_area(self) -> None:
        who = holding("manager", areas=[HERE], but=[also("safeguarding", areas=(THERE,))])
        assert asked(who, case()).roles == {Role.MANAGER}

    def test_for_all_areas_count_beside_them(self) -> None:
        who = holding("manager", areas=[HERE], but=[also("analyst"), also("officer")])
        assert asked(who, case()).roles == {Role.MANAGER, Role.ANALYST, Role.OFFICER}

    def test_all_count_for_whom_the_case_was_given_to(self) -> None:
        who = holding("safeguarding", areas=[THERE])
        assert asked(who, case(case_allocated(lead="staff:12"))).roles == {Role.SAFEGUARDING}
        in_team = case_allocated(lead="staff:13", team=("staff:12",))
        assert asked(who, case(in_team)).roles == {Role.SAFEGUARDING}

    @pytest.mark.parametrize("beside", ["analyst", "reviewer", "administrator", "privacy"])
    def test_elsewhere_let_who_works_with_cases_open_one_in_an_emergency(self, beside: str) -> None:
        """Whatever else they are."""
        for who in (
            holding("officer", areas=[THERE]),
            holding("officer", areas=[THERE], but=[also(beside)]),
        ):
            assert decide(asked(who, case(), Action.BREAK_GLASS, purpose=True)).permitted
            broken = case(glass_broken(until=UNTIL))
            assert "glass-read" in decide(asked(who, broken)).rules

    @pytest.mark.parametrize("role", ["officer", "safeguarding", "manager"])
    @pytest.mark.parametrize(
        "action",
        [
            Action.LIST,
            Action.READ,
            Action.TIME_TRAVEL,
            Action.WRITE,
            Action.EXPORT,
            Action.RESTRICT,
        ],
    )
    def test_elsewhere_let_nobody_who_works_with_cases_do_anything_else(
        self, role: str, action: Action
    ) -> None:
        who = holding(role, areas=[THERE])
        assert not decide(asked(who, case(), action, purpose=True)).permitted

    def test_that_have_run_out_count_nowhere(self) -> None:
        who = holding("officer", but=[also("manager", valid_until=UNTIL)])
        about = Asked(CASE_ID, case())
        assert asking_for_case(who, Action.READ, about, AFTERWARDS).roles == {Role.OFFICER}
        assert asking_at_large(who, Action.READ_FIGURES, AFTERWARDS).roles == {Role.OFFICER}

    def test_of_nobody_are_none(self) -> None:
        assert asked(Standing("https://id|stranger"), case()).roles == frozenset()


class TestRestriction:
    RESTRICTED = case_restricted(named=("staff:12", "staff:90"), owner="staff:90")

    def test_is_none_where_the_case_is_for_all(self) -> None:
        assert asked(holding("officer"), case()).restriction is Restriction.NONE

    def test_lets_in_who_is_named(self) -> None:
        assert asked(holding("officer"), case(self.RESTRICTED)).restriction is Restriction.LISTED

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.UPSTREAM])
    def test_keeps_out_who_is_not_whatever_they_are(self, role: str) -> None:
        others = self.RESTRICTED.but(named=("staff:90",))
        given = case_allocated(lead="staff:12")
        request = asked(holding(role), case(given, others), purpose=True)
        assert request.restriction is Restriction.NOT_LISTED
        assert decide(request).rule == "restricted"

    def test_keeps_out_who_is_no_member_of_staff(self) -> None:
        assert asked(Standing(), case(self.RESTRICTED)).restriction is Restriction.NOT_LISTED


class TestConflict:
    def test_is_that_of_ones_own_with_the_case(self) -> None:
        declared = conflict_declared(staff="staff:12")
        assert asked(holding("officer"), case(declared)).conflict
        assert not asked(holding("officer"), case(declared.but(staff="staff:13"))).conflict
        assert not asked(holding("officer"), case(declared, conflict_ended())).conflict

    def test_is_that_with_a_person_the_case_is_about(self) -> None:
        assert asked(holding("officer"), case(), persons=["person:4411"]).conflict
        assert not asked(holding("officer"), case()).conflict

    def test_denies_whatever_someone_is_or_broke(self) -> None:
        mine = case(
            case_allocated(lead="staff:12"),
            conflict_declared(staff="staff:12"),
            case_restricted(named=("staff:12",), owner="staff:12"),
            glass_broken(until=UNTIL),
        )
        everything = holding("officer", "safeguarding", "manager", "privacy")
        assert decide(asked(everything, mine, purpose=True)).rule == "conflict"


class TestReview:
    GRANT = review_access_granted(principal=ME, cases=(CASE_REF,), valid_until=UNTIL)

    def test_grant_is_valid_until_it_runs_out(self) -> None:
        who = holding("reviewer", but=[self.GRANT])
        about = Asked(CASE_ID, case())
        before = asking_for_case(who, Action.READ, about, NOW, purpose=True)
        assert before.grant is ReviewGrant.VALID
        assert decide(before).rule == "reviewer-read"
        after = asking_for_case(who, Action.READ, about, AFTERWARDS, purpose=True)
        assert after.grant is ReviewGrant.EXPIRED
        assert not decide(after).permitted

    def test_grant_of_another_case_is_none(self) -> None:
        who = holding("reviewer", but=[self.GRANT.but(cases=("asb:2024-0118",))])
        assert asked(who, case()).grant is ReviewGrant.NONE
        assert review_access(who, CASE_ID, NOW) is None

    def test_grant_is_of_use_to_a_reviewer_only(self) -> None:
        who = holding("analyst", but=[self.GRANT])
        assert asked(who, case()).grant is ReviewGrant.VALID
        assert not decide(asked(who, case(), purpose=True)).permitted

    def test_of_several_grants_the_last_in_force_says_which_days(self) -> None:
        first = self.GRANT.but(scope_to="2024-03-31")
        wider = self.GRANT.but(review_grant_id="RG-2", scope_to="2024-06-30")
        shorter = self.GRANT.but(review_grant_id="RG-3", valid_until="2024-03-01T00:00:00Z")
        who = holding("reviewer", but=[first, wider, shorter])
        granted = review_access(who, CASE_ID, NOW)
        assert granted is not None
        assert str(granted.scope_to) == "2024-06-30"
        assert asked(who, case()).grant is ReviewGrant.VALID

    def test_where_all_have_run_out_the_last_granted_is_told(self) -> None:
        first = self.GRANT.but(scope_to="2024-03-31")
        wider = self.GRANT.but(review_grant_id="RG-2", scope_to="2024-06-30")
        granted = review_access(holding("reviewer", but=[first, wider]), CASE_ID, AFTERWARDS)
        assert granted is not None
        assert str(granted.scope_to) == "2024-06-30"


class TestGlass:
    def test_is_active_for_who_broke_it_until_it_closes(self) -> None:
        broken = CaseStanding(glass=(BrokenGlass("staff:12", NOW),))
        assert asked(holding("officer"), broken).glass is Glass.ACTIVE
        ended = CaseStanding(glass=(BrokenGlass("staff:12", NOW - timedelta(microseconds=1)),))
        assert asked(holding("officer"), ended).glass is Glass.NONE

    def test_that_another_broke_it_opens_it_to_nobody_else(self) -> None:
        broken = CaseStanding(glass=(BrokenGlass("staff:13", NOW),))
        assert asked(holding("officer"), broken).glass is Glass.NONE

    def test_is_spent_after_three_a_day(self) -> None:
        who = holding("officer", areas=[THERE])
        assert GLASS_A_DAY == 3
        last = asked(who, case(), Action.BREAK_GLASS, broken_today=2, purpose=True)
        assert (last.glass, decide(last).rule) == (Glass.NONE, "glass-break")
        more = asked(who, case(), Action.BREAK_GLASS, broken_today=3, purpose=True)
        assert (more.glass, decide(more).rule) == (Glass.SPENT, "glass-spent")

    def test_while_it_is_broken_that_counts_however_often_it_was(self) -> None:
        broken = CaseStanding(glass=(BrokenGlass("staff:12", NOW),))
        assert asked(holding("officer"), broken, broken_today=3).glass is Glass.ACTIVE


class TestTheRest:
    def test_is_as_it_was_asked(self) -> None:
        about = Asked(CASE_ID, case())
        request = asking_for_case(
            holding("privacy"),
            Action.REVEAL,
            about,
            NOW,
            field=PersonalClass.LOCATION,
            purpose=True,
            own=True,
            foreign=True,
        )
        assert (request.action, request.field) == (Action.REVEAL, PersonalClass.LOCATION)
        assert (request.purpose, request.own, request.foreign) == (True, True, True)

    def test_what_concerns_no_case_is_restricted_by_none(self) -> None:
        request = asking_at_large(
            holding("manager", areas=[THERE]), Action.READ_FIGURES, NOW, purpose=True, own=True
        )
        assert request == Request(
            roles=frozenset({Role.MANAGER}),
            action=Action.READ_FIGURES,
            restriction=Restriction.NONE,
            conflict=False,
            own=True,
            foreign=False,
            purpose=True,
        )
