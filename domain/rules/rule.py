"""A rule: what it watches for, with which parameters since when, and who says so."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.streams import CASES, StreamKind

Judge = Callable[[History, Terms], Iterable[Finding]]
"""Says what a rule finds in a stream, under the terms in force when each duty arose."""

BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The parameters of a rule from one day on."""

    number: int
    parameters: Mapping[str, int]
    """By name; the name says the unit: `triage_working_days`."""
    valid_from: date = BEGINNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Data with a pure function. A change of either is a new version with the day it counts from,
    so that history is judged by the version then in force."""

    id: str
    """`R` and a number."""
    title: str
    """When it raises a flag, in a few words."""
    source: str
    """Where its default comes from, so that a reviewer can weigh it."""
    clears: str
    """What makes its flag go away."""
    judge: Judge
    versions: tuple[RuleVersion, ...]
    """Oldest first."""
    streams: frozenset[StreamKind] = CASES

    def version_on(self, day: date) -> RuleVersion:
        """Return the version in force on `day`."""
        return next(each for each in reversed(self.versions) if each.valid_from <= day)

    @property
    def parameters(self) -> Mapping[str, int]:
        """The parameters by default, as of the latest version."""
        return self.versions[-1].parameters


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of their numbers; filled by `domain.rules.catalogue`."""


def rule(
    rule_id: str,
    title: str,
    *,
    source: str,
    clears: str,
    streams: frozenset[StreamKind] = CASES,
    **parameters: int,
) -> Callable[[Judge], Judge]:
    """Declare the function below as the first version of a rule, with these parameters."""

    def declare(judge: Judge) -> Judge:
        first = RuleVersion(1, MappingProxyType(parameters))
        assert rule_id not in RULES, rule_id
        RULES[rule_id] = Rule(
            id=rule_id,
            title=title,
            source=source,
            clears=clears,
            judge=judge,
            versions=(first,),
            streams=streams,
        )
        return judge

    return declare
