"""`rules`: every rule with the parameters in force."""

from pathlib import Path

from domain.rules.catalogue import RULES
from services.cli.answers import RuleInForce, Rules
from tests.support.command_line import CommandLine
from tests.support.files import file_of
from tests.support.stories import feedback_agreement_made, rule_overridden

AUTHORITY = "E09000001"


def asked(cli: CommandLine, *options: str) -> dict[str, RuleInForce]:
    answer = Rules.model_validate_json(cli.ok("rules", *options, "--json").out)
    return {rule.id: rule for rule in answer.rules}


def values(rule: RuleInForce) -> dict[str, int]:
    return {each.name: each.value for each in rule.parameters}


def test_every_rule_is_listed_with_its_parameters_and_source(unused: CommandLine) -> None:
    rules = asked(unused)
    assert list(rules) == list(RULES)
    for name, rule in RULES.items():
        told = rules[name]
        assert (told.title, told.source, told.clears) == (rule.title, rule.source, rule.clears)
        assert values(told) == {each.name: each.default for each in told.parameters}
        assert values(told) == dict(rule.parameters)
        assert told.overridden_by is None
    shown = " ".join(unused.ok("rules").out.split())
    assert "In force where no authority has its own times" in shown
    assert "Concern not triaged" in shown
    assert "immediate danger: 1 hour" in shown


def test_what_an_authority_agreed_is_in_force_there_and_nowhere_else(
    unused: CommandLine, tmp_path: Path
) -> None:
    for_all = rule_overridden("2024-03-01", ref="all", parameters=[_is("chase_working_days", 7)])
    agreed = feedback_agreement_made("2024-03-02", ref="agreed", decision_days=4)
    file = file_of(
        tmp_path / "rulings.ndjson",
        ("organisation:cromwood", for_all),
        (f"authority:{AUTHORITY}", agreed),
    )
    unused.ok("import", file)
    everywhere, there = asked(unused)["R5"], asked(unused, "--authority", AUTHORITY)["R5"]
    assert values(everywhere) == {**RULES["R5"].parameters, "chase_working_days": 7}
    assert values(there) == {**values(everywhere), "decision_working_days": 4}
    assert there.overridden_by is not None
    assert asked(unused, "--authority", f"authority:{AUTHORITY}")["R5"] == there
    shown = " ".join(unused.ok("rules", "--authority", AUTHORITY).out.split())
    assert f"In force in {AUTHORITY}" in shown
    assert "by default 2" in shown


def _is(name: str, value: int) -> dict[str, object]:
    return {"name": name, "value": value}
