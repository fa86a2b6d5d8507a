"""Decides whether a case admits an event: now, once something else has arrived, or never.

Facts are not refused for missing detail. An event waits when it builds on something that has not
arrived; it is a contradiction when what has arrived says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from uuid import UUID

from domain.case.state import CaseState
from domain.corrections import NotCorrectable, apply_correction, as_corrected
from domain.events.consent import ConsentOverridden, PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.fields import EventRef
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import (
    CaseClosed,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
)
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.people import PersonRoleChanged
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionRescheduled,
)
from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralSent,
)
from domain.events.risk import EnforcementReviewed, VisitControlLifted, WarningIssued
from domain.latest import period_end
from domain.outcomes import Reason
from domain.times import FUTURE_TOLERANCE
from domain.vocabulary.risk import RiskLevel

Found = Mapping[UUID, CaseEvent]
"""The events, of any case, that the event under decision refers to, as far as they exist."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The event fits the case as it stands."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The event fits once `what_for` has arrived."""

    what_for: str
    reason: Reason = Reason.AWAITING_PREDECESSOR


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The event cannot be true of this case; `why` names both sides."""

    why: str
    reason: Reason = Reason.CONTRADICTION


Verdict = Admitted | Waiting | Contradiction

ADMITTED = Admitted()
_OPENING = (IncidentReported, ConcernRaised)
_HIGH_RISK = frozenset({RiskLevel.HIGH, RiskLevel.CRITICAL})


def admit(state: CaseState, event: CaseEvent, found: Found | None = None) -> Verdict:
    """Return whether the case in `state` admits `event`.

    `found` holds the events that `event.refers_to()` names, where they exist.
    """
    if state.classification is None and not isinstance(event, _OPENING):
        return Waiting("a ConcernRaised or IncidentReported that opens the case", _UNKNOWN_CASE)
    known = found or {}
    for ref in event.refers_to():
        target = known.get(ref.event_id)
        if target is None:
            return Waiting(f"the event {ref.id} of {ref.source}")
        if target.case_id != event.case_id:
            return Contradiction(
                f"{event.type} refers to event {ref.id} of {ref.source}, which belongs to case "
                f"{target.case_ref}, not {event.case_ref}",
                Reason.CROSS_CASE,
            )
    return _verdict(event, state, known)


_UNKNOWN_CASE = Reason.UNKNOWN_CASE


@singledispatch
def _verdict(event: CaseEvent, state: CaseState, found: Found) -> Verdict:
    return ADMITTED


@_verdict.register
def _(event: Reclassified, state: CaseState, found: Found) -> Verdict:
    if event.from_ != state.classification:
        return Contradiction(
            f"it reclassifies from {event.from_}, but the case is classified {state.classification}"
        )
    if event.from_ == event.to:
        return Contradiction(f"it reclassifies from {event.from_} to the same")
    return ADMITTED


@_verdict.register
def _(event: CaseClosed, state: CaseState, found: Found) -> Verdict:
    if state.is_closed:
        if state.closed_at is not None and event.occurred_at > state.closed_at:
            return Waiting("the CaseReopened that came before it")
        return Contradiction("the case is closed already")
    approved_by_lead = event.approved_by is not None and event.approved_by == state.lead
    if approved_by_lead and state.risk_level in _HIGH_RISK:
        return Contradiction(
            f"the risk is {state.risk_level}, so someone other than the lead must approve"
        )
    carried = set(event.residual_actions)
    left = [
        action_id
        for action_id, action in state.actions.items()
        if action.is_open
        and action.safety
        and action.agreed_at <= event.occurred_at
        and action_id not in carried
    ]
    if left:
        return Waiting(f"safety actions to end or to be carried over: {', '.join(sorted(left))}")
    return ADMITTED


@_verdict.register
def _(event: CaseReopened, state: CaseState, found: Found) -> Verdict:
    return ADMITTED if state.is_closed else Waiting("a CaseClosed")


@_verdict.register
def _(event: PersonRoleChanged, state: CaseState, found: Found) -> Verdict:
    # Another role contradicts nothing: a person may hold several, and this one may yet arrive.
    roles = state.roles.get(event.person, frozenset())
    if event.from_ in roles or event.to in roles:
        return ADMITTED
    return Waiting(f"the PersonInvolved of {event.person} as {event.from_}")


@_verdict.register
def _(event: PersonInformed, state: CaseState, found: Found) -> Verdict:
    if state.consent_overridden or state.referrals:
        return ADMITTED
    return Waiting("a ConsentOverridden or ReferralSent")


@_verdict.register
def _(event: VisitControlLifted, state: CaseState, found: Found) -> Verdict:
    # Of a control that was set later, or lifted before, it lifts an earlier setting yet to arrive.
    times = state.visit_controls.get((event.control, event.scope))
    if times is not None and times.in_force_at(period_end(event)):
        return ADMITTED
    return Waiting(f"a VisitControlSet of {event.control} for the {event.scope}")


@_verdict.register
def _(event: EnforcementReviewed, state: CaseState, found: Found) -> Verdict:
    return _must_be(event.action, found, WarningIssued)


@_verdict.register
def _(event: ReferralSent, state: CaseState, found: Found) -> Verdict:
    if event.referral_id in state.referrals:
        return Contradiction(f"referral {event.referral_id} was sent already")
    if event.override_ref is not None:
        return _must_be(event.override_ref, found, ConsentOverridden)
    return ADMITTED


@_verdict.register
def _(event: ReferralDecisionReceived, state: CaseState, found: Found) -> Verdict:
    if event.referral_id not in state.referrals:
        return _waiting_for_referral(event.referral_id)
    earlier = state.referrals[event.referral_id]
    # A question or silence from before the decision may arrive after it.
    if earlier is not None and earlier.is_final and event.decision.is_final:
        return Contradiction(
            f"referral {event.referral_id} was decided already: {earlier}, now {event.decision}"
        )
    return ADMITTED


@_verdict.register(ReferralAcknowledged)
@_verdict.register(FeedbackChased)
@_verdict.register(FeedbackReceived)
def _(
    event: ReferralAcknowledged | FeedbackChased | FeedbackReceived, state: CaseState, found: Found
) -> Verdict:
    if event.referral_id in state.referrals:
        return ADMITTED
    return _waiting_for_referral(event.referral_id)


@_verdict.register
def _(event: MeetingConvened, state: CaseState, found: Found) -> Verdict:
    if event.meeting_id in state.meetings_convened:
        return Contradiction(f"meeting {event.meeting_id} was convened already")
    return ADMITTED


@_verdict.register
def _(event: StrategyMeetingHeld, state: CaseState, found: Found) -> Verdict:
    if event.meeting_id in state.meetings_held:
        return Contradiction(f"meeting {event.meeting_id} was recorded as held already")
    return ADMITTED


@_verdict.register
def _(event: ActionAgreed, state: CaseState, found: Found) -> Verdict:
    if event.action_id in state.actions:
        return Contradiction(f"action {event.action_id} was agreed already")
    return ADMITTED


@_verdict.register(ActionProgressed)
@_verdict.register(ActionRescheduled)
def _(event: ActionProgressed | ActionRescheduled, state: CaseState, found: Found) -> Verdict:
    # Admitted after the end as well: a note may be written before it and arrive after it.
    return ADMITTED if event.action_id in state.actions else _waiting_for_action(event.action_id)


@_verdict.register(ActionCompleted)
@_verdict.register(ActionCancelled)
def _(event: ActionCompleted | ActionCancelled, state: CaseState, found: Found) -> Verdict:
    action = state.actions.get(event.action_id)
    if action is None:
        return _waiting_for_action(event.action_id)
    if not action.is_open:
        return Contradiction(f"action {event.action_id} was completed or cancelled already")
    return ADMITTED


@_verdict.register
def _(event: EventCorrected, state: CaseState, found: Found) -> Verdict:
    target_id = event.target.event_id
    target = as_corrected(found[target_id], state.corrections.get(target_id, ()))
    try:
        reading = apply_correction(target, event)
    except NotCorrectable as misfit:
        return Contradiction(str(misfit))
    latest = event.recorded_at + FUTURE_TOLERANCE
    if max(reading.occurred_at, reading.occurred_to or latest, reading.known_at, latest) > latest:
        return Contradiction(f"it would move {target.type} more than 24 hours into the future")
    if _begins_again(reading, target, state):
        return Contradiction(f"it would give {target.type} the {event.field} of another")
    return ADMITTED


def _begins_again(reading: CaseEvent, target: CaseEvent, state: CaseState) -> bool:
    """Tell whether an item, read as corrected, takes the reference of one that is there."""
    for event_type, name, taken in (
        (ActionAgreed, "action_id", state.actions),
        (ReferralSent, "referral_id", state.referrals),
        (MeetingConvened, "meeting_id", state.meetings_convened),
        (StrategyMeetingHeld, "meeting_id", state.meetings_held),
    ):
        if isinstance(reading, event_type):
            reference = getattr(reading, name)
            return reference != getattr(target, name) and reference in taken
    return False


def _waiting_for_action(action_id: str) -> Waiting:
    return Waiting(f"the ActionAgreed of action {action_id}")


def _waiting_for_referral(referral_id: str) -> Waiting:
    return Waiting(f"the ReferralSent of referral {referral_id}")


def _must_be(ref: EventRef, found: Found, expected: type[CaseEvent]) -> Verdict:
    target = found[ref.event_id]
    if isinstance(target, expected):
        return ADMITTED
    return Contradiction(f"event {ref.id} is a {target.type}, not a {expected.__name__}")
