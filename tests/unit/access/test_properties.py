"""What holds of every decision, whatever the table says."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import (
    DENIALS,
    Action,
    Decision,
    Duty,
    Glass,
    Relation,
    Request,
    Restriction,
    ReviewGrant,
    Role,
    decide,
)
from domain.vocabulary.record import PersonalClass
from tests.unit.access.space import NO, points, request_at

WRITING = {
    Action.RAISE,
    Action.WRITE,
    Action.ALLOCATE,
    Action.RESTRICT,
    Action.CURATE,
    Action.PEOPLES_RIGHTS,
    Action.RUN_INTAKE,
    Action.RUN_READ_MODELS,
    Action.GRANT,
    Action.SET_POLICY,
}
HIDDEN = {PersonalClass.LOCATION, PersonalClass.REPORTER}


@cache
def decided() -> tuple[tuple[Request, Decision], ...]:
    """Every request by someone with one role or none that no plain fact denies, and its answer."""
    requests = (request_at(point) for point in points(conflict=NO, own=NO, foreign=NO))
    return tuple((request, decide(request)) for request in requests)


def permitted() -> Iterator[tuple[Request, Decision]]:
    """Those of them that are permitted."""
    return (each for each in decided() if each[1].permitted)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Any request, by someone with any number of roles."""
    action = draw(st.sampled_from(Action))
    return Request(
        roles=draw(st.frozensets(st.sampled_from(Role), max_size=4)),
        action=action,
        field=draw(st.sampled_from(PersonalClass)) if action is Action.REVEAL else None,
        relation=draw(st.sampled_from(Relation)),
        restriction=draw(st.sampled_from(Restriction)),
        conflict=draw(st.booleans()),
        own=draw(st.booleans()),
        foreign=draw(st.booleans()),
        grant=draw(st.sampled_from(ReviewGrant)),
        glass=draw(st.sampled_from(Glass)),
        purpose=draw(st.booleans()),
    )


class TestDenials:
    def test_a_conflict_of_interest_always_denies(self) -> None:
        for request, _ in permitted():
            assert decide(replace(request, conflict=True)).rule == "conflict"

    @given(requests())
    def test_a_conflict_of_interest_denies_whatever_else_holds(self, request: Request) -> None:
        assert not decide(replace(request, conflict=True)).permitted

    @given(requests())
    def test_whatever_a_denial_applies_to_is_denied(self, request: Request) -> None:
        if any(denial.applies(request) for denial in DENIALS):
            assert not decide(request).permitted

    @pytest.mark.parametrize(
        "denial",
        [
            {"conflict": True},
            {"own": True},
            {"foreign": True},
            {"restriction": Restriction.NOT_LISTED},
            {"glass": Glass.SPENT},
            {"purpose": False},
        ],
        ids=str,
    )
    def test_one_more_reason_to_deny_never_permits(self, denial: dict[str, object]) -> None:
        for request, decision in decided():
            worse = decide(replace(request, **denial))  # type: ignore[arg-type]
            assert decision.permitted or not worse.permitted
            assert worse.masked >= decision.masked

    @given(requests())
    def test_nobody_without_a_role_gets_anything(self, request: Request) -> None:
        assert not decide(replace(request, roles=frozenset())).permitted

    def test_what_is_denied_shows_nothing_and_is_recorded_unless_it_is_left_out(self) -> None:
        for request, decision in decided():
            if not decision.permitted:
                assert decision.masked == set(PersonalClass)
                assert (Duty.RECORD in decision.duties) == (request.action is not Action.LIST)


class TestSeveralRoles:
    """What is shown below for one role holds for people with several."""

    @given(requests())
    def test_they_permit_together_what_each_permits(self, request: Request) -> None:
        request = replace(request, roles=request.roles - {Role.UPSTREAM})
        each = [decide(replace(request, roles=frozenset({role}))) for role in request.roles]
        together = decide(request)
        assert together.permitted == any(decision.permitted for decision in each)
        assert together.masked == set(PersonalClass).intersection(*(one.masked for one in each))
        if together.permitted:
            of_each = (one.duties for one in each if one.permitted)
            assert together.duties >= frozenset[Duty]().union(*of_each)

    @given(requests(), st.frozensets(st.sampled_from(Role), min_size=2))
    def test_a_publishing_system_can_have_no_other(
        self, request: Request, roles: frozenset[Role]
    ) -> None:
        assert not decide(replace(request, roles=roles | {Role.UPSTREAM})).permitted


class TestReviewers:
    def test_a_grant_that_ran_out_gives_nothing(self) -> None:
        for request, decision in decided():
            if request.grant is ReviewGrant.EXPIRED:
                assert decision == decide(replace(request, grant=ReviewGrant.NONE))

    def test_a_reviewer_without_a_grant_that_is_valid_gets_nothing(self) -> None:
        grants = {each.grant for each, _ in permitted() if each.roles == {Role.REVIEWER}}
        assert grants == {ReviewGrant.VALID}

    def test_a_grant_is_for_reviewers_only(self) -> None:
        for request, decision in decided():
            if Role.REVIEWER not in request.roles:
                assert decision == decide(replace(request, grant=ReviewGrant.NONE))

    def test_a_reviewer_writes_nothing_but_what_the_review_makes_of_events(self) -> None:
        asked = {each.action for each, _ in permitted() if each.roles == {Role.REVIEWER}}
        assert asked & WRITING == {Action.CURATE}
        assert Action.EXPORT not in asked


class TestTheGlass:
    def test_a_broken_glass_permits_nothing_but_reading(self) -> None:
        for request, decision in decided():
            if request.glass is Glass.ACTIVE and request.action is not Action.READ:
                without = decide(replace(request, glass=Glass.NONE))
                assert without.permitted or not decision.permitted
                assert not any(rule.startswith("glass-read") for rule in decision.rules)

    def test_what_is_read_through_it_is_recorded_and_reviewed(self) -> None:
        through = [made for _, made in permitted() if "glass-read" in made.rules]
        assert through
        for decision in through:
            assert decision.rule == "glass-read"
            assert decision.duties >= {Duty.RECORD, Duty.REVIEW}

    def test_who_breaks_it_says_why_and_others_are_told_at_once(self) -> None:
        broken = [each for each in permitted() if each[0].action is Action.BREAK_GLASS]
        assert broken
        for request, decision in broken:
            assert request.purpose
            assert request.glass is Glass.NONE
            assert decision.duties == set(Duty)

    def test_only_who_works_with_cases_breaks_it_or_reads_through_it(self) -> None:
        breakers = {
            role
            for request, decision in permitted()
            if decision.rule in ("glass-break", "glass-read")
            for role in request.roles
        }
        assert breakers == {Role.OFFICER, Role.SAFEGUARDING, Role.MANAGER}


class TestWhatIsShown:
    def test_where_someone_is_and_who_reported_are_masked_unless_revealed(self) -> None:
        for request, decision in decided():
            if not (request.action is Action.REVEAL and decision.permitted):
                assert decision.masked >= HIDDEN

    def test_what_is_revealed_is_one_class_for_a_purpose_and_recorded(self) -> None:
        revealed = [each for each in permitted() if each[0].action is Action.REVEAL]
        assert {request.field for request, _ in revealed} == set(PersonalClass)
        for request, decision in revealed:
            assert set(PersonalClass) - decision.masked == {request.field}
            assert request.purpose
            assert Duty.RECORD in decision.duties

    def test_nothing_personal_of_a_case_is_shown_without_a_record(self) -> None:
        for request, decision in permitted():
            if request.action is not Action.READ_DIRECTORY and decision.masked < set(PersonalClass):
                assert Duty.RECORD in decision.duties

    def test_writing_shows_nothing(self) -> None:
        for request, decision in permitted():
            if request.action in WRITING:
                assert decision.masked == set(PersonalClass)

    def test_a_case_that_is_nearer_shows_no_less(self) -> None:
        farther = dict(zip(Relation, [*Relation][1:], strict=False))
        for request, decision in decided():
            if request.relation in farther:
                far = decide(replace(request, relation=farther[request.relation]))
                assert decision.permitted or not far.permitted
                assert decision.masked <= far.masked


class TestRestrictedCases:
    def test_for_others_they_are_in_no_list(self) -> None:
        listed = {each.restriction for each, _ in permitted() if each.action is Action.LIST}
        assert listed == {Restriction.NONE, Restriction.LISTED}

    def test_others_read_them_through_the_glass_alone(self) -> None:
        for request, decision in permitted():
            if request.restriction is Restriction.NOT_LISTED and not _shows_nothing(request):
                assert decision.rule == "glass-read"

    def test_to_be_named_grants_nothing(self) -> None:
        for request, decision in decided():
            if request.restriction is Restriction.LISTED:
                assert decision == decide(replace(request, restriction=Restriction.NONE))


def _shows_nothing(request: Request) -> bool:
    about = {Action.RAISE, Action.BREAK_GLASS, Action.REVIEW_GLASS}
    return request.action in about or request.roles == {Role.UPSTREAM}


class TestThoseWhoSeeNoCase:
    @pytest.mark.parametrize(
        ("role", "actions"),
        [
            (Role.UPSTREAM, {Action.RAISE, Action.WRITE, Action.READ_RECEIPTS}),
            (Role.ANALYST, {Action.READ_FIGURES}),
            (
                Role.ADMINISTRATOR,
                {
                    Action.READ_DIRECTORY,
                    Action.RUN_INTAKE,
                    Action.RUN_READ_MODELS,
                    Action.GRANT,
                    Action.SET_POLICY,
                },
            ),
        ],
    )
    def test_they_do_their_own_work_and_nothing_else(
        self, role: Role, actions: set[Action]
    ) -> None:
        assert {each.action for each, _ in permitted() if each.roles == {role}} == actions

    def test_a_system_is_shown_nothing_personal(self) -> None:
        for request, decision in permitted():
            if request.roles == {Role.UPSTREAM}:
                assert decision.masked == set(PersonalClass)

    @given(requests())
    def test_nobody_writes_what_is_of_another_source(self, request: Request) -> None:
        assert not decide(replace(request, foreign=True)).permitted

    @given(requests())
    def test_nobody_grants_or_reviews_for_themselves(self, request: Request) -> None:
        assert not decide(replace(request, own=True)).permitted
