"""The little of a case that admission must know, folded from its events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatch
from typing import TypeVar
from uuid import UUID

from domain.classification import Opening, first_classification
from domain.corrections import corrected
from domain.events.consent import ConsentOverridden
from domain.events.envelope import UNRECORDED, CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
)
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.people import PersonInvolved, PersonRoleChanged
from domain.events.plan import ActionAgreed, ActionCancelled, ActionCompleted
from domain.events.referrals import ReferralDecisionReceived, ReferralSent
from domain.events.risk import RiskAssessed, VisitControlLifted, VisitControlSet
from domain.latest import precedes, supersedes
from domain.vocabulary.people import PersonRole
from domain.vocabulary.referral import ReferralDecision
from domain.vocabulary.risk import RiskLevel, RiskTool, VisitControl, VisitControlScope
from domain.vocabulary.safeguarding import Classification


@dataclass(frozen=True, slots=True)
class Action:
    """An agreed action: when it was, whether it is still open, whether it keeps someone safe."""

    agreed_at: datetime
    is_open: bool
    safety: bool


@dataclass(frozen=True, slots=True)
class ControlTimes:
    """When a precaution for visits was set, and when it was lifted."""

    set_at: tuple[datetime, ...] = ()
    lifted_at: tuple[datetime, ...] = ()

    def in_force_at(self, moment: datetime) -> bool:
        """Tell whether it was set no later than `moment`, and not lifted since."""
        since = max((at for at in self.set_at if at <= moment), default=None)
        return since is not None and not any(since <= at <= moment for at in self.lifted_at)


Precaution = tuple[VisitControl, VisitControlScope]


@dataclass(frozen=True, slots=True)
class CaseState:
    """What a case is after `version` events; the state of a case that has none is the default."""

    version: int = UNRECORDED
    last_recorded_at: datetime | None = None
    classification: Classification | None = None
    opened_at: datetime | None = None
    """When what opened the case happened."""
    reclassified: bool = False
    classified_at: datetime | None = None
    """When what classified the case as it is happened."""
    lead: str | None = None
    allocated_at: datetime | None = None
    is_closed: bool = False
    closed_at: datetime | None = None
    """When the latest closing happened."""
    risk_level: RiskLevel | None = None
    risk_assessed_at: datetime | None = None
    roles: Mapping[str, frozenset[PersonRole]] = field(default_factory=dict)
    """The roles each person has or had."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    referrals: Mapping[str, ReferralDecision | None] = field(default_factory=dict)
    meetings_convened: frozenset[str] = frozenset()
    meetings_held: frozenset[str] = frozenset()
    visit_controls: Mapping[Precaution, ControlTimes] = field(default_factory=dict)
    consent_overridden: bool = False
    corrections: Mapping[UUID, tuple[EventCorrected, ...]] = field(default_factory=dict)
    """The corrections so far, by the event they correct."""

    @property
    def is_open(self) -> bool:
        """Whether a concern or an incident has opened the case, and it is not closed."""
        return self.classification is not None and not self.is_closed


_K = TypeVar("_K")
_V = TypeVar("_V")


def evolve(state: CaseState, event: CaseEvent) -> CaseState:
    """Return the state after `event`. Bears events whose predecessor is missing.

    A correction is only noted: how the corrected event reads is known once the case is folded
    anew.
    """
    changed = _changed(event, _with_subjects(state, event))
    return replace(changed, version=event.version, last_recorded_at=event.recorded_at)


def fold(events: Sequence[CaseEvent]) -> CaseState:
    """Return the state of a case after `events`, read with their corrections."""
    state = CaseState()
    for event in corrected(events):
        state = evolve(state, event)
    return state


def _with_subjects(state: CaseState, event: CaseEvent) -> CaseState:
    for subject in event.subjects:
        state = _in_role(state, subject.person, subject.role)
    return state


def _in_role(state: CaseState, person: str, role: PersonRole) -> CaseState:
    held = state.roles.get(person, frozenset())
    return state if role in held else replace(state, roles=_set(state.roles, person, held | {role}))


def _in_other_role(state: CaseState, person: str, was: PersonRole, now: PersonRole) -> CaseState:
    held = state.roles.get(person, frozenset()) | {was, now}
    return replace(state, roles=_set(state.roles, person, held))


def _set(mapping: Mapping[_K, _V], key: _K, value: _V) -> Mapping[_K, _V]:
    return {**mapping, key: value}


@singledispatch
def _changed(event: CaseEvent, state: CaseState) -> CaseState:
    return state


@_changed.register
def _(event: IncidentReported, state: CaseState) -> CaseState:
    return _opened(state, event)


@_changed.register
def _(event: ConcernRaised, state: CaseState) -> CaseState:
    return _opened(state, event)


def _opened(state: CaseState, event: Opening) -> CaseState:
    # Once the case was reclassified, what it was reclassified from stands.
    if state.reclassified or not precedes(event, state.opened_at):
        return state
    first = first_classification(event)
    at = event.occurred_at
    return replace(state, classification=first, opened_at=at, classified_at=at)


@_changed.register
def _(event: Reclassified, state: CaseState) -> CaseState:
    for change in event.role_changes:
        state = _in_other_role(state, change.person, change.was, change.now)
    return replace(
        state, classification=event.to, reclassified=True, classified_at=event.occurred_at
    )


@_changed.register
def _(event: CaseAllocated, state: CaseState) -> CaseState:
    if not supersedes(event, state.allocated_at):
        return state
    return replace(state, lead=event.lead, allocated_at=event.occurred_at)


@_changed.register
def _(event: CaseClosed, state: CaseState) -> CaseState:
    closed_at = max(event.occurred_at, state.closed_at or event.occurred_at)
    return replace(state, is_closed=True, closed_at=closed_at)


@_changed.register
def _(event: CaseReopened, state: CaseState) -> CaseState:
    return replace(state, is_closed=False)


@_changed.register
def _(event: PersonInvolved, state: CaseState) -> CaseState:
    return _in_role(state, event.person, event.role)


@_changed.register
def _(event: PersonRoleChanged, state: CaseState) -> CaseState:
    return _in_other_role(state, event.person, event.from_, event.to)


@_changed.register
def _(event: ConsentOverridden, state: CaseState) -> CaseState:
    return replace(state, consent_overridden=True)


@_changed.register
def _(event: RiskAssessed, state: CaseState) -> CaseState:
    # Whether it is safe to visit says nothing of the risk to the people the case is about.
    if event.tool is RiskTool.VISITOR or not supersedes(event, state.risk_assessed_at):
        return state
    return replace(state, risk_level=event.level, risk_assessed_at=event.occurred_at)


@_changed.register
def _(event: VisitControlSet, state: CaseState) -> CaseState:
    precaution = (event.control, event.scope)
    times = state.visit_controls.get(precaution, ControlTimes())
    times = replace(times, set_at=(*times.set_at, event.occurred_at))
    return replace(state, visit_controls=_set(state.visit_controls, precaution, times))


@_changed.register
def _(event: VisitControlLifted, state: CaseState) -> CaseState:
    precaution = (event.control, event.scope)
    times = state.visit_controls.get(precaution, ControlTimes())
    times = replace(times, lifted_at=(*times.lifted_at, event.occurred_at))
    return replace(state, visit_controls=_set(state.visit_controls, precaution, times))


@_changed.register
def _(event: ReferralSent, state: CaseState) -> CaseState:
    return replace(state, referrals=_set(state.referrals, event.referral_id, None))


@_changed.register
def _(event: ReferralDecisionReceived, state: CaseState) -> CaseState:
    earlier = state.referrals.get(event.referral_id)
    if earlier is not None and earlier.is_final:
        return state
    return replace(state, referrals=_set(state.referrals, event.referral_id, event.decision))


@_changed.register
def _(event: MeetingConvened, state: CaseState) -> CaseState:
    return replace(state, meetings_convened=state.meetings_convened | {event.meeting_id})


@_changed.register
def _(event: StrategyMeetingHeld, state: CaseState) -> CaseState:
    return replace(state, meetings_held=state.meetings_held | {event.meeting_id})


@_changed.register
def _(event: ActionAgreed, state: CaseState) -> CaseState:
    action = Action(agreed_at=event.occurred_at, is_open=True, safety=event.safety)
    return replace(state, actions=_set(state.actions, event.action_id, action))


@_changed.register
def _(event: ActionCompleted, state: CaseState) -> CaseState:
    return _with_action_ended(state, event.action_id)


@_changed.register
def _(event: ActionCancelled, state: CaseState) -> CaseState:
    return _with_action_ended(state, event.action_id)


def _with_action_ended(state: CaseState, action_id: str) -> CaseState:
    action = state.actions.get(action_id)
    if action is None:
        return state
    return replace(state, actions=_set(state.actions, action_id, replace(action, is_open=False)))


@_changed.register
def _(event: EventCorrected, state: CaseState) -> CaseState:
    target = event.target.event_id
    earlier = state.corrections.get(target, ())
    return replace(state, corrections=_set(state.corrections, target, (*earlier, event)))
