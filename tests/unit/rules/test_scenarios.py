"""Each rule raises what its scenarios tell, and no rule or parameter can go unnoticed."""

from dataclasses import replace

import pytest

from domain.events.registry import EVENT_TYPES
from domain.rules.catalogue import RULES
from domain.rules.rule import Rule
from tests.support.judging import Scenario, rule_of
from tests.unit.rules.scenarios.catalogue import SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda it: f"{it.rule}: {it.title}")
def test_the_rule_raises_what_the_scenario_tells(scenario: Scenario) -> None:
    scenario.check(rule_of(scenario))


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_is_told_to_raise_and_to_be_cleared(rule_id: str) -> None:
    own = [scenario for scenario in SCENARIOS if scenario.rule == rule_id]
    assert any(scenario.raises for scenario in own)
    assert any(not scenario.raises for scenario in own)


@pytest.mark.parametrize("rule_id", RULES)
def test_no_rule_can_be_removed_unnoticed(rule_id: str) -> None:
    own = [scenario for scenario in SCENARIOS if scenario.rule == rule_id]
    assert not all(scenario.holds(None) for scenario in own)


@pytest.mark.parametrize(
    ("rule_id", "parameter"),
    [(rule.id, parameter) for rule in RULES.values() for parameter in rule.parameters],
)
def test_no_parameter_can_change_unnoticed(rule_id: str, parameter: str) -> None:
    mutant = _with(RULES[rule_id], parameter, RULES[rule_id].parameters[parameter] + 1)
    own = [scenario for scenario in SCENARIOS if scenario.rule == rule_id]
    assert not all(scenario.holds(mutant) for scenario in own)


@pytest.mark.parametrize("rule_id", RULES)
def test_what_clears_a_flag_is_said_in_plain_words(rule_id: str) -> None:
    assert not [name for name in EVENT_TYPES if name in RULES[rule_id].clears]


def _with(rule: Rule, parameter: str, value: int) -> Rule:
    versions = tuple(
        replace(version, parameters={**version.parameters, parameter: value})
        for version in rule.versions
    )
    return replace(rule, versions=versions)
