"""Lists the rules, with the parameters in force."""

from domain.rules.catalogue import RULES
from domain.rules.policy import InForce, Policy
from domain.rules.rule import Rule
from services.bootstrap import review
from services.cli.answers import RuleInForce, RuleParameter, Rules
from services.cli.connecting import stores
from services.cli.console import emit, out
from services.cli.rendering.rules import rule_table
from services.cli.work.attention import code_of_authority
from services.clock import system_clock
from services.settings import Settings


def show_rules(authority: str | None, *, as_json: bool) -> None:
    """List every rule as it is in force today, for one authority or where none says otherwise."""
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        answer = _in_force(cases.policy(), code_of_authority(authority))
    if as_json:
        emit(answer)
    else:
        out().print(rule_table(answer))


def _in_force(policy: Policy, authority: str | None) -> Rules:
    now = system_clock()
    return Rules(
        at=now,
        authority=authority,
        rules=[_told(rule, policy.parameters(rule, authority, now)) for rule in RULES.values()],
    )


def _told(rule: Rule, found: InForce) -> RuleInForce:
    return RuleInForce(
        id=rule.id,
        title=rule.title,
        version=found.version,
        parameters=[
            RuleParameter(name=name, value=value, default=rule.parameters.get(name, value))
            for name, value in found.parameters.items()
        ],
        overridden_by=found.overridden_by,
        source=rule.source,
        clears=rule.clears,
    )
