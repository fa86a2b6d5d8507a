"""Judges a stream by every rule."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.rules.catalogue import RULES
from domain.rules.flag import Finding, Flag, flag_id_of
from domain.rules.history import History
from domain.rules.policy import Policy, Terms
from domain.rules.rule import Rule

_A_DAY = timedelta(days=1)


def flags_of(
    history: History, policy: Policy, rules: Iterable[Rule] = RULES.values()
) -> list[Flag]:
    """Return the flags that stand in a stream; none twice."""
    flags = (
        _flag(rule, found, history)
        for rule in rules
        if history.kind in rule.streams
        for found in rule.judge(history, Terms(rule, policy, history.authority))
    )
    return list({flag.flag_id: flag for flag in flags}.values())


def _flag(rule: Rule, found: Finding, history: History) -> Flag:
    allocation = history.allocation
    lead = allocation.lead if allocation else None
    return Flag(
        flag_id=flag_id_of(history.ref, rule.id, found.item, found.due),
        rule=rule.id,
        rule_version=found.under.version,
        overridden_by=found.under.overridden_by,
        title=rule.title,
        item=found.item,
        since=found.since,
        soon_at=_soon(found),
        due_at=found.due,
        effect=found.effect,
        why=found.why,
        clears=rule.clears,
        inputs=tuple(event.event_id for event in found.because),
        owner=found.owner or lead,
        team=allocation.team if allocation else (),
        authority=history.authority,
    )


def _soon(found: Finding) -> datetime:
    soon = found.soon or found.due - _A_DAY
    return min(max(soon, found.since), found.due)
