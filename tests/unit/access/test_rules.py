"""The table of rules: each says why, none is idle, and a request says what it needs to."""

import re
from dataclasses import replace

import pytest

from domain.access import (
    DENIALS,
    PERMITS,
    RULES,
    Action,
    Denial,
    Glass,
    Permit,
    Relation,
    Request,
    Restriction,
    Role,
    Rule,
    decide,
    deciding,
)
from domain.vocabulary.record import PersonalClass
from tests.unit.access.space import NO, points, request_at

OFFICER = frozenset({Role.OFFICER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
PLAIN = Request(
    roles=OFFICER,
    action=Action.RAISE,
    restriction=Restriction.NONE,
    conflict=False,
    own=False,
    foreign=False,
    purpose=True,
)
"""A request that is permitted."""
MET_BY = {
    "conflict": replace(PLAIN, conflict=True),
    "own-matter": replace(PLAIN, roles=ADMINISTRATOR, action=Action.GRANT, own=True),
    "foreign-source": replace(PLAIN, roles=frozenset({Role.UPSTREAM}), foreign=True),
    "no-role": replace(PLAIN, roles=frozenset()),
    "mixed-grants": replace(PLAIN, roles=OFFICER | {Role.UPSTREAM}),
    "restricted": replace(
        PLAIN,
        action=Action.LIST,
        relation=Relation.ALLOCATED,
        restriction=Restriction.NOT_LISTED,
    ),
    "glass-spent": replace(PLAIN, action=Action.BREAK_GLASS, glass=Glass.SPENT),
}
"""A request that each denial decides on."""
DENYING = ("restriction", "conflict", "own", "foreign")
SAY_WHY = {"no-role", "glass-spent"}
"""Denials of what nothing permits either: access records name them, for those who look there."""


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
class TestEachRule:
    def test_has_a_name_fit_for_an_access_record(self, rule: Rule) -> None:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert len(rule.id) <= 30

    def test_says_why_in_one_sentence_and_where_that_comes_from(self, rule: Rule) -> None:
        assert re.fullmatch(r"[A-Z][^.]+\.", rule.why)
        assert rule.source.strip()
        assert not rule.source.endswith(".")


def test_no_two_rules_share_a_name() -> None:
    assert len(RULES) == len(DENIALS) + len(PERMITS) + 1


@pytest.mark.parametrize("denial", DENIALS, ids=lambda denial: denial.id)
def test_each_denial_decides(denial: Denial, monkeypatch: pytest.MonkeyPatch) -> None:
    request = MET_BY[denial.id]
    assert decide(request).rule == denial.id
    monkeypatch.setattr(deciding, "DENIALS", [each for each in DENIALS if each is not denial])
    assert decide(request).permitted == (denial.id not in SAY_WHY)


@pytest.mark.parametrize("permit", PERMITS, ids=lambda permit: permit.id)
def test_each_permit_alone_permits_something(permit: Permit) -> None:
    requests = map(request_at, points(conflict=NO, own=NO, foreign=NO, restriction="none"))
    assert any(decide(request).rules == (permit.id,) for request in requests)


def test_every_action_is_permitted_to_someone_and_not_to_everyone() -> None:
    for action in Action:
        roles = {role for each in PERMITS if action in each.actions for role in each.roles}
        assert roles
        assert roles != set(Role)


def test_a_class_is_named_to_reveal_it_and_only_then() -> None:
    with pytest.raises(ValueError, match="only then"):
        replace(PLAIN, action=Action.REVEAL)
    with pytest.raises(ValueError, match="only then"):
        replace(PLAIN, field=PersonalClass.HEALTH)
    request = replace(PLAIN, action=Action.REVEAL, field=PersonalClass.HEALTH)
    assert request.field is PersonalClass.HEALTH


def test_what_is_left_out_of_a_request_permits_least() -> None:
    for request in map(request_at, points(conflict=NO, own=NO, foreign=NO)):
        said = {name: getattr(request, name) for name in ("roles", "action", "field", *DENYING)}
        decision, least = decide(request), decide(Request(**said))
        # With no glass broken, one may be broken: to break it is no right to anything else.
        if request.action is not Action.BREAK_GLASS:
            assert decision.permitted or not least.permitted
            assert decision.masked <= least.masked
