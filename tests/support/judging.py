"""Says what a rule raises: given a story, when seen from somewhere, then these flags stand.

    Scenario(
        "R1",
        "a concern that nobody looked at",
        given(incident_reported("2024-03-01"), concern_raised("2024-03-04", ref="c")),
        [raised(due="2024-03-05 end", since="2024-03-04 09:00", because=["c"])],
    )

A scenario tells all flags that its rule raises, and nothing of other rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.rules.catalogue import RULES
from domain.rules.flag import Flag
from domain.rules.history import History
from domain.rules.judging import flags_of
from domain.rules.policy import STANDARD, Policy, policy_of
from domain.rules.rule import Rule
from domain.times import end_of_day
from tests.support.telling import Told, id_of, moment
from tests.support.viewing import Given

Expected = dict[str, Any]


def raised(**columns: Any) -> Expected:
    """What a flag says. `due`, `soon` and `since` are moments told as `2024-03-05 14:30`, or as
    `2024-03-05 end` for the end of that day; `because` are the names of events; any other column
    of a flag may be told as it is."""
    return columns


@dataclass(frozen=True)
class Scenario:
    """A story, from where it is seen, and all flags that one rule raises then."""

    rule: str
    title: str
    story: Given
    raises: Sequence[Expected]
    policy: Policy = STANDARD

    def flags(self, rule: Rule | None) -> list[Flag]:
        """The flags of the rule, in order of due time; none where the rule is not there."""
        events = corrected(self.story.view.visible(self.story.events))
        rules = [rule] if rule else []
        flags = flags_of(History(events), self.policy, rules) if events else []
        return sorted(flags, key=lambda flag: (flag.due_at, flag.item))

    def holds(self, rule: Rule | None) -> bool:
        """Whether `rule` in the place of the scenario's own raises what the scenario tells."""
        try:
            self.check(rule)
        except AssertionError:
            return False
        return True

    def check(self, rule: Rule | None) -> None:
        """Fail unless `rule` raises what the scenario tells."""
        flags = self.flags(rule)
        assert len(flags) == len(self.raises), f"{len(flags)} flags: {flags}"
        for flag, expected in zip(flags, self.raises, strict=True):
            _matches(flag, expected)


def _matches(flag: Flag, expected: Expected) -> None:
    actual = {"due": flag.due_at, "soon": flag.soon_at, "because": flag.inputs, **dict(flag)}
    for name, value in expected.items():
        told = _told(name, value)
        assert actual[name] == told, f"{name} is {actual[name]!r}, not {told!r}"


def _told(name: str, value: Any) -> Any:
    if name in ("due", "soon", "since"):
        return at(value)
    if name == "because":
        return tuple(id_of(ref) for ref in value)
    return value


def at(told: str | datetime) -> datetime:
    """A moment in England; `2024-03-05 end` is the end of that day."""
    if isinstance(told, str) and told.endswith(" end"):
        return end_of_day(date.fromisoformat(told.removesuffix(" end")))
    return moment(told)


def ruled(*rulings: Told, stream: str = "organisation:landlord") -> Policy:
    """The policy that these rulings of a stream make, recorded a minute apart."""
    events: list[CaseEvent] = []
    previously = moment("2020-01-01")
    for version, told in enumerate(rulings, 1):
        events.append(told.placed(version, previously, stream))
        previously = events[-1].recorded_at
    return policy_of(events)


def rule_of(scenario: Scenario) -> Rule:
    """The rule that a scenario is about."""
    return RULES[scenario.rule]
