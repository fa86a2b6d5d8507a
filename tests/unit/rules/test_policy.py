"""Which terms a rule is judged by: its own, the landlord's or an authority's, as of the time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from domain.rules.catalogue import RULES
from domain.rules.flag import Flag, flag_id_of
from domain.rules.history import History
from domain.rules.judging import flags_of
from domain.rules.policy import STANDARD, InForce, Policy, policy_of
from domain.rules.rule import Rule, RuleVersion
from tests.support.judging import at, ruled
from tests.support.stories import (
    case_opened,
    concern_raised,
    feedback_agreement_made,
    feedback_received,
    given,
    homes_counted,
    referral_sent,
    risk_assessed,
    rule_overridden,
    rule_override_withdrawn,
    triage_completed,
)
from tests.support.telling import Told, id_of, moment, tell

AUTHORITY = "E09000001"
STREAM = f"authority:{AUTHORITY}"
R1 = RULES["R1"]


def _override(
    recorded: str, *, rule: str = "R1", valid_from: str | None = None, **parameters: int
) -> Told:
    return rule_overridden(
        recorded,
        ref=f"override-{recorded}-{'-'.join(parameters)}",
        rule=rule,
        parameters=[{"name": name, "value": value} for name, value in parameters.items()],
        valid_from=valid_from or recorded,
    )


def _withdrawal(recorded: str, rule: str = "R1") -> Told:
    return rule_override_withdrawn(recorded, rule=rule, valid_from=recorded)


def _both(landlord: Policy, authority: Policy) -> Policy:
    return Policy((*landlord.overrides, *authority.overrides))


def _in_force(policy: Policy, on: str, rule: str = "R1", authority: str | None = None) -> InForce:
    return policy.parameters(RULES[rule], authority, moment(on))


def _flags(story: Sequence[Told], policy: Policy = STANDARD, rule: Rule = R1) -> list[Flag]:
    return flags_of(History(given(*story).events), policy, [rule])


def _flag(story: Sequence[Told], policy: Policy = STANDARD, rule: Rule = R1) -> Flag:
    (flag,) = _flags(story, policy, rule)
    return flag


def _concern(known: str) -> tuple[Told, ...]:
    return (case_opened("2024-03-01", authority=AUTHORITY), concern_raised(known))


def test_without_an_override_a_rule_has_its_own_parameters() -> None:
    in_force = _in_force(STANDARD, "2024-06-03")
    assert dict(in_force.parameters) == dict(R1.parameters)
    assert (in_force.version, in_force.overridden_by) == (1, None)


def test_an_override_changes_the_parameters_it_names_and_leaves_the_others() -> None:
    in_force = _in_force(ruled(_override("2024-06-03", working_days=4)), "2024-06-10")
    assert in_force["working_days"] == 4
    assert in_force["immediate_danger_hours"] == R1.parameters["immediate_danger_hours"]
    assert in_force.overridden_by == id_of("override-2024-06-03-working_days")


def test_overrides_of_different_parameters_add_up() -> None:
    policy = ruled(
        _override("2024-06-03", working_days=4), _override("2024-06-04", immediate_danger_hours=2)
    )
    in_force = _in_force(policy, "2024-06-10")
    assert (in_force["working_days"], in_force["immediate_danger_hours"]) == (4, 2)
    assert in_force.overridden_by == id_of("override-2024-06-04-immediate_danger_hours")


def test_an_override_of_one_rule_is_none_of_another() -> None:
    policy = ruled(_override("2024-06-03", rule="R3", working_days=4))
    assert _in_force(policy, "2024-06-10", "R3")["working_days"] == 4
    assert _in_force(policy, "2024-06-10", "R1").overridden_by is None


@pytest.mark.parametrize(
    ("known", "days"), [("2024-06-05 08:59", 1), ("2024-06-05 09:00", 4), ("2024-06-06 09:00", 4)]
)
def test_an_override_counts_only_once_it_is_on_record(known: str, days: int) -> None:
    policy = ruled(_override("2024-06-05", valid_from="2024-05-01", working_days=4))
    assert _in_force(policy, known)["working_days"] == days


@pytest.mark.parametrize(
    ("known", "days"), [("2024-06-30 23:59", 1), ("2024-07-01 00:00", 4), ("2025-07-01", 4)]
)
def test_an_override_made_ahead_counts_from_its_day_in_england(known: str, days: int) -> None:
    policy = ruled(_override("2024-06-05", valid_from="2024-07-01", working_days=4))
    assert _in_force(policy, known)["working_days"] == days


def test_what_was_due_before_an_override_stays_due_as_it_was() -> None:
    policy = ruled(_override("2024-06-05", working_days=4))
    assert _flag(_concern("2024-06-04"), policy) == _flag(_concern("2024-06-04"))
    assert _flag(_concern("2024-06-06"), policy).due_at == at("2024-06-12 end")


def test_what_is_recorded_late_is_judged_by_the_terms_of_when_it_was_known() -> None:
    story = (case_opened("2024-06-01"), concern_raised("2024-06-04", recorded="2024-06-20"))
    policy = ruled(_override("2024-06-05", working_days=4))
    assert _flag(story, policy).due_at == at("2024-06-05 end")


def test_the_newest_override_holds_though_an_older_one_is_recorded_after_it() -> None:
    policy = ruled(
        _override("2024-06-03", valid_from="2024-06-03", working_days=4),
        _override("2024-06-10", valid_from="2024-05-01", working_days=9),
    )
    assert _in_force(policy, "2024-06-20")["working_days"] == 4


def test_an_authority_goes_before_the_landlord_and_the_landlord_before_the_default() -> None:
    landlord = ruled(
        _override("2024-05-01", rule="R5", chase_working_days=7, decision_working_days=3)
    )
    authority = ruled(_override("2024-04-01", rule="R5", decision_working_days=4), stream=STREAM)
    in_force = _in_force(_both(landlord, authority), "2024-06-03", "R5", AUTHORITY)
    assert in_force["decision_working_days"] == 4
    assert in_force["chase_working_days"] == 7
    assert in_force["escalate_working_days"] == RULES["R5"].parameters["escalate_working_days"]
    assert in_force.overridden_by == id_of("override-2024-04-01-decision_working_days")


@pytest.mark.parametrize("other", [None, "E09000002"])
def test_an_override_by_an_authority_is_for_its_own_cases_alone(other: str | None) -> None:
    policy = ruled(_override("2024-05-01", working_days=4), stream=STREAM)
    assert _in_force(policy, "2024-06-03", authority=AUTHORITY)["working_days"] == 4
    assert _in_force(policy, "2024-06-03", authority=other)["working_days"] == 1


def test_the_authority_that_counts_is_the_one_the_case_lies_with() -> None:
    policy = ruled(_override("2024-05-01", working_days=4), stream=STREAM)
    here = _flag(_concern("2024-06-03"), policy)
    elsewhere = _flag(
        (case_opened("2024-03-01", authority="E09000002"), concern_raised("2024-06-03")), policy
    )
    assert (here.due_at, here.authority) == (at("2024-06-07 end"), AUTHORITY)
    assert (elsewhere.due_at, elsewhere.authority) == (at("2024-06-04 end"), "E09000002")


@pytest.mark.parametrize(("known", "days"), [("2024-06-05", 4), ("2024-06-20", 1)])
def test_a_withdrawn_override_counts_until_it_is_withdrawn(known: str, days: int) -> None:
    policy = ruled(_override("2024-05-01", working_days=4), _withdrawal("2024-06-10"))
    assert _in_force(policy, known)["working_days"] == days
    assert (_in_force(policy, known).overridden_by is None) == (days == 1)


def test_where_an_authority_withdraws_the_landlord_counts_again() -> None:
    landlord = ruled(_override("2024-04-01", working_days=3))
    authority = ruled(
        _override("2024-05-01", working_days=4), _withdrawal("2024-06-10"), stream=STREAM
    )
    in_force = _in_force(_both(landlord, authority), "2024-06-20", authority=AUTHORITY)
    assert in_force["working_days"] == 3
    assert in_force.overridden_by == id_of("override-2024-04-01-working_days")


def test_an_override_after_a_withdrawal_begins_from_the_rules_own_parameters() -> None:
    policy = ruled(
        _override("2024-05-01", working_days=4),
        _withdrawal("2024-06-01"),
        _override("2024-06-10", immediate_danger_hours=3),
    )
    in_force = _in_force(policy, "2024-06-20")
    assert (in_force["working_days"], in_force["immediate_danger_hours"]) == (1, 3)


@pytest.mark.parametrize(
    ("rule", "parameter", "given_days"),
    [
        ("R4", "acknowledgement_working_days", 6),
        ("R5", "decision_working_days", 7),
        ("R6", "confirmation_working_days", 8),
    ],
)
def test_a_feedback_agreement_sets_the_days_of_the_rules_on_feedback(
    rule: str, parameter: str, given_days: int
) -> None:
    agreement = feedback_agreement_made(
        "2024-05-01",
        ref="agreement",
        valid_from="2024-05-01",
        valid_to="2024-12-31",
        acknowledgement_days=6,
        decision_days=7,
        feedback_days=8,
    )
    policy = ruled(agreement, stream=STREAM)
    in_force = _in_force(policy, "2024-06-03", rule, AUTHORITY)
    assert in_force[parameter] == given_days
    assert in_force.overridden_by == id_of("agreement")
    over = _in_force(policy, "2025-01-01", rule, AUTHORITY)
    assert over[parameter] == RULES[rule].parameters[parameter]
    assert over.overridden_by is None


def test_a_feedback_agreement_leaves_open_what_it_does_not_say() -> None:
    agreement = feedback_agreement_made("2024-05-01", decision_days=7, valid_from="2024-05-01")
    policy = ruled(agreement, stream=STREAM)
    assert [override.rule for override in policy.overrides] == ["R5"]


def test_a_feedback_agreement_changes_when_an_answer_is_due() -> None:
    story = (
        case_opened("2024-06-01", authority=AUTHORITY),
        referral_sent("2024-06-03"),
        feedback_received("2024-06-05"),
    )
    agreement = feedback_agreement_made("2024-05-01", feedback_days=15, valid_from="2024-05-01")
    policy = ruled(agreement, stream=STREAM)
    assert _flag(story, policy, RULES["R6"]).due_at == at("2024-06-26 end")
    assert _flag(story, STANDARD, RULES["R6"]).due_at == at("2024-07-03 end")


def test_what_rules_nothing_makes_no_policy() -> None:
    told = homes_counted("2024-05-01").placed(1, moment("2024-01-01"), "organisation:landlord")
    assert policy_of([told, *tell(concern_raised())]) == STANDARD


def _in_two_versions() -> Rule:
    later = RuleVersion(2, {**R1.parameters, "working_days": 3}, date(2024, 7, 1))
    return replace(R1, versions=(*R1.versions, later))


@pytest.mark.parametrize(
    ("known", "version", "due"),
    [
        ("2024-06-30 23:59", 1, "2024-07-01 end"),
        ("2024-07-01 00:00", 2, "2024-07-04 end"),
        ("2024-08-05 09:00", 2, "2024-08-08 end"),
    ],
)
def test_a_duty_is_judged_by_the_version_in_force_when_it_arose(
    known: str, version: int, due: str
) -> None:
    flag = _flag(_concern(known), rule=_in_two_versions())
    assert (flag.rule_version, flag.due_at) == (version, at(due))


def test_a_new_version_leaves_standing_what_an_override_set() -> None:
    policy = ruled(_override("2024-05-01", working_days=4))
    flag = _flag(_concern("2024-07-01"), policy, _in_two_versions())
    assert (flag.rule_version, flag.due_at) == (2, at("2024-07-05 end"))


def test_a_rule_has_the_parameters_of_its_latest_version() -> None:
    assert _in_two_versions().parameters["working_days"] == 3


def test_flags_name_the_version_and_the_override_they_were_judged_by() -> None:
    policy = ruled(_override("2024-05-01", working_days=4))
    flag = _flag(_concern("2024-06-03"), policy)
    assert (flag.rule, flag.rule_version) == ("R1", 1)
    assert flag.overridden_by == id_of("override-2024-05-01-working_days")
    assert _flag(_concern("2024-06-03")).overridden_by is None


def test_the_same_flag_has_the_same_id_whatever_came_before_or_after() -> None:
    opened, concern = case_opened("2024-06-01", ref="o"), concern_raised("2024-06-03", ref="c")
    other = risk_assessed("2024-06-02", ref="r", recorded="2024-06-08")
    told = [opened, concern, other]
    flags = {_flag(order).flag_id for order in permutations(told)}
    assert flags == {_flag([concern]).flag_id}


def test_a_flag_due_at_another_time_or_about_something_else_is_another() -> None:
    due = at("2024-06-03 end")
    ids = {
        flag_id_of("asb:1", "R1", "concern:1", due),
        flag_id_of("asb:2", "R1", "concern:1", due),
        flag_id_of("asb:1", "R2", "concern:1", due),
        flag_id_of("asb:1", "R1", "concern:2", due),
        flag_id_of("asb:1", "R1", "concern:1", at("2024-06-04 end")),
    }
    assert len(ids) == 5
    assert flag_id_of("asb:1", "R1", "concern:1", due) in ids


def test_an_override_that_moves_the_due_time_makes_another_flag() -> None:
    policy = ruled(_override("2024-05-01", working_days=4))
    assert _flag(_concern("2024-06-03"), policy).flag_id != _flag(_concern("2024-06-03")).flag_id


def test_no_flag_stands_twice() -> None:
    story = [*_concern("2024-06-03"), concern_raised("2024-06-03 10:00")]
    flags = _flags(story)
    assert len({flag.flag_id for flag in flags}) == len(flags) == 2


def test_a_cleared_flag_is_gone() -> None:
    assert _flags([*_concern("2024-06-03"), triage_completed("2024-06-04")]) == []


def test_rules_come_in_the_order_of_their_numbers() -> None:
    numbers = [int(rule_id.removeprefix("R")) for rule_id in RULES]
    assert numbers == sorted(numbers)
    assert all(rule.id == rule_id for rule_id, rule in RULES.items())


@pytest.mark.parametrize(
    ("rule", "parameter"),
    [
        ("R4", "acknowledgement_working_days"),
        ("R5", "decision_working_days"),
        ("R6", "confirmation_working_days"),
    ],
)
def test_what_an_agreement_sets_is_a_parameter_of_the_rule(rule: str, parameter: str) -> None:
    assert parameter in RULES[rule].parameters
