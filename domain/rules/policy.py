"""Which parameters a rule has where and when: its own, or those that an event gave it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatch
from typing import TYPE_CHECKING
from uuid import UUID

from domain.events.authorities import FeedbackAgreementMade
from domain.events.envelope import CaseEvent
from domain.events.organisation import RuleOverridden, RuleOverrideWithdrawn
from domain.events.validity import Ruling
from domain.organisation import newest
from domain.streams import StreamKind, stream_kind
from domain.times import in_london

if TYPE_CHECKING:
    from domain.rules.rule import Rule

POLICY_TYPES: tuple[type[Ruling], ...] = (
    RuleOverridden,
    RuleOverrideWithdrawn,
    FeedbackAgreementMade,
)
"""The events that set parameters of rules."""

POLICY_FIELDS = frozenset(
    {
        "rule",
        "parameters",
        "valid_from",
        "valid_to",
        "acknowledgement_days",
        "decision_days",
        "feedback_days",
    }
)
"""Their fields that judgement rests on. They are never corrected, or what was judged right once
would read as wrong; another event takes their place from then on."""


@dataclass(frozen=True, slots=True)
class Override:
    """Other parameters for a rule, while its ruling is in force, for one authority or for all."""

    rule: str
    parameters: Mapping[str, int]
    """Those left out stay as they are; none at all takes all earlier overrides back."""
    ruling: Ruling
    authority: str | None


@dataclass(frozen=True, slots=True)
class InForce:
    """The parameters of a rule at some moment, and where they come from."""

    parameters: Mapping[str, int]
    version: int
    overridden_by: UUID | None = None
    """The latest event that gave it other parameters than its own."""

    def __getitem__(self, name: str) -> int:
        """Return one parameter."""
        return self.parameters[name]


@dataclass(frozen=True)
class Policy:
    """All overrides there are.

    An override counts for what becomes known once it is on record, never for what went before:
    what was right then stays right. So history reads the same whenever it is judged.
    """

    overrides: Sequence[Override] = ()
    """In the order in which they were recorded."""

    def parameters(self, rule: "Rule", authority: str | None, at: datetime) -> InForce:
        """Return the parameters of `rule` then; an authority's go before the landlord's."""
        version = rule.version_on(in_london(at).date())
        given: dict[str, int] = {}
        overridden_by: UUID | None = None
        for scope in (None, authority) if authority else (None,):
            own, event_id = self._given(rule.id, scope, at)
            given, overridden_by = given | own, event_id or overridden_by
        return InForce({**version.parameters, **given}, version.number, overridden_by)

    def _given(
        self, rule_id: str, authority: str | None, at: datetime
    ) -> tuple[dict[str, int], UUID | None]:
        given: dict[str, int] = {}
        by: UUID | None = None
        fitting = [
            each
            for each in self.overrides
            if each.rule == rule_id and each.authority == authority and each.ruling.in_force_at(at)
        ]
        # As elsewhere, an older ruling that was recorded late does not replace a newer one.
        for each in sorted(fitting, key=lambda each: newest(each.ruling)):
            given = {**given, **each.parameters} if each.parameters else {}
            by = each.ruling.event_id if given else None
        return given, by


STANDARD = Policy()
"""The defaults of all rules."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one rule for one stream."""

    rule: "Rule"
    policy: Policy
    authority: str | None
    _held: dict[datetime, InForce] = field(default_factory=dict)

    def for_duty_of(self, event: CaseEvent) -> InForce:
        """Return the parameters in force when `event` became known, and its duty with it."""
        at = min(event.known_at, event.recorded_at)
        if at not in self._held:
            self._held[at] = self.policy.parameters(self.rule, self.authority, at)
        return self._held[at]


def policy_of(events: Iterable[CaseEvent]) -> Policy:
    """Return the policy that the events of the landlord's and the authorities' streams make.

    They count as recorded: to change one, another is recorded, which counts from then on.
    """
    return Policy(tuple(override for event in events for override in _overrides_of(event)))


@singledispatch
def _overrides_of(event: CaseEvent) -> Iterable[Override]:
    return ()


@_overrides_of.register
def _(event: RuleOverridden) -> Iterator[Override]:
    parameters = {parameter.name: parameter.value for parameter in event.parameters}
    yield Override(event.rule, parameters, event, _authority_of(event))


@_overrides_of.register
def _(event: RuleOverrideWithdrawn) -> Iterator[Override]:
    yield Override(event.rule, {}, event, _authority_of(event))


@_overrides_of.register
def _(event: FeedbackAgreementMade) -> Iterator[Override]:
    for rule, parameter, days in (
        ("R4", "acknowledgement_working_days", event.acknowledgement_days),
        ("R5", "decision_working_days", event.decision_days),
        ("R6", "confirmation_working_days", event.feedback_days),
    ):
        if days is not None:
            yield Override(rule, {parameter: days}, event, _authority_of(event))


def _authority_of(event: CaseEvent) -> str | None:
    is_authority = stream_kind(event.case_ref) is StreamKind.AUTHORITY
    return event.case_ref.partition(":")[2] if is_authority else None
