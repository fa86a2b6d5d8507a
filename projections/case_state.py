"""The state of a case: what it is treated as, how grave it is, who leads it, what is open."""

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any

from domain.classification import OPENING, Opening, first_classification, strand_of
from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.enforcement import EnforcementReviewed, EnforcementStep
from domain.events.envelope import CaseEvent
from domain.events.fields import Subject
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    RoleChange,
)
from domain.events.meetings import StrategyMeetingHeld
from domain.events.people import PersonRoleChanged
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionReopened,
)
from domain.events.referrals import (
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from domain.events.registry import EVENT_TYPES
from domain.events.risk import (
    RiskAssessed,
    VisitControlLifted,
    VisitControlSet,
)
from domain.events.sharing import InformationReceived
from domain.latest import precedes, supersedes
from domain.times import in_london
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.safeguarding import Strand
from projections.case_state_row import CaseStateRow, CaseStatus
from projections.consent import (
    Consents,
    Overrides,
    after_decision,
    override_of,
    with_overrides,
)
from projections.enforcement import DatedChange, Warned, owed_a_review, seen_anew
from projections.open_items import Standing, begun, ended, reopened
from projections.read_model import ReadModel
from projections.visit_controls import after_lift, after_setting

case_state = ReadModel("case_state", 3, CaseStateRow, begins_with=OPENING)

Changes = dict[str, object]


@case_state.on(*EVENT_TYPES.values())
def _evolve(row: CaseStateRow | None, event: CaseEvent, _: str) -> CaseStateRow | None:
    if row is None:
        if not isinstance(event, Opening):
            return None
        row = _opened(event)
    moved_on = {
        "last_event_at": max(row.last_event_at, event.occurred_at),
        "last_recorded_at": max(row.last_recorded_at, event.recorded_at),
        "version": max(row.version, event.version),
    }
    return row.model_copy(update={**moved_on, **_changes(event, row)})


def _opened(event: Opening) -> CaseStateRow:
    return CaseStateRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        **_opening(event),
        last_event_at=event.occurred_at,
        last_recorded_at=event.recorded_at,
        version=event.version,
    )


@singledispatch
def _changes(event: CaseEvent, row: CaseStateRow) -> Changes:
    return {}


def _opening(event: Opening) -> dict[str, Any]:
    return {**_begun(event), **_classified(event)}


def _begun(event: Opening) -> Changes:
    return {"opened_at": event.occurred_at, "opened_known_at": event.known_at}


def _classified(event: Opening) -> Changes:
    classification = first_classification(event)
    return {
        "classification": classification,
        "classified_at": event.known_at,
        "first_classification": classification,
    }


def _opened_by(event: Opening, row: CaseStateRow) -> Changes:
    is_first = precedes(event, row.opened_at)
    if row.reclassified_at is None:
        # What the formal opening says the case is treated as goes before what reports suggest.
        says = isinstance(event, CaseOpened) or (is_first and row.formally_opened_at is None)
        return {**(_begun(event) if is_first else {}), **(_classified(event) if says else {})}
    # What the case was reclassified from stands; it may yet have begun earlier than was known.
    if not is_first or first_classification(event) is not row.first_classification:
        return {}
    return {**_begun(event), "misbadged_days": _days(event.known_at, row.reclassified_at)}


@_changes.register
def _(event: IncidentReported, row: CaseStateRow) -> Changes:
    return _opened_by(event, row)


@_changes.register
def _(event: CaseOpened, row: CaseStateRow) -> Changes:
    return _opened_by(event, row) | {
        "formally_opened_at": event.occurred_at,
        "authority": event.authority,
        "housing_type": event.housing_type,
        "strands": _with_strands(row, strand_of(event.initial_classification)),
    }


@_changes.register
def _(event: ConcernRaised, row: CaseStateRow) -> Changes:
    changes = _opened_by(event, row) | {"strands": _with_strands(row, event.strands)}
    if supersedes(event, row.concern_raised_at):
        changes |= {
            "immediate_danger": event.immediate_danger,
            "concern_raised_at": event.occurred_at,
        }
    return changes


@_changes.register
def _(event: Reclassified, row: CaseStateRow) -> Changes:
    at = event.occurred_at
    first = min(row.reclassified_at or at, at)
    changes: Changes = {
        "classification": event.to,
        "classified_at": max(row.classified_at, at) if row.reclassified_at else at,
        "reclassified_at": first,
        "reclassifications": row.reclassifications + 1,
        "misbadged_days": _days(row.opened_known_at, first),
        "strands": _with_strands(row, strand_of(event.to)),
    }
    return changes | _seen_anew(row, event, event.role_changes)


def _days(since: datetime, until: datetime) -> int:
    return max((in_london(until).date() - in_london(since).date()).days, 0)


def _with_strands(row: CaseStateRow, strands: Iterable[Strand]) -> tuple[Strand, ...]:
    return tuple(dict.fromkeys((*row.strands, *strands)))


@_changes.register
def _(event: CaseAllocated, row: CaseStateRow) -> Changes:
    if not supersedes(event, row.allocated_at):
        return {}
    return {"lead": event.lead, "team": event.team, "allocated_at": event.occurred_at}


@_changes.register
def _(event: CaseClosed, row: CaseStateRow) -> Changes:
    if not supersedes(event, row.closed_at or row.reopened_at):
        return {}
    return {
        "status": CaseStatus.CLOSED,
        "closed_at": event.occurred_at,
        "closure_reason": event.reason,
        "assurance": event.assurance,
        "no_assurance_reason": event.no_assurance_reason,
        "risk_outcome": event.risk_outcome,
    }


@_changes.register
def _(event: CaseReopened, row: CaseStateRow) -> Changes:
    changes: Changes = {
        "reopenings": row.reopenings + 1,
        "reopened_at": max(row.reopened_at or event.occurred_at, event.occurred_at),
    }
    if supersedes(event, row.closed_at):
        changes |= {
            "status": CaseStatus.OPEN,
            "closed_at": None,
            "closure_reason": None,
            "assurance": None,
            "no_assurance_reason": None,
            "risk_outcome": None,
        }
    return changes


@_changes.register
def _(event: RiskAssessed, row: CaseStateRow) -> Changes:
    if event.tool is RiskTool.VISITOR:
        if not supersedes(event, row.visitor_risk_assessed_at):
            return {}
        return {"visitor_risk_level": event.level, "visitor_risk_assessed_at": event.occurred_at}
    if not supersedes(event, row.risk_assessed_at):
        return {}
    return {
        "risk_level": event.level,
        "risk_assessed_at": event.occurred_at,
        "risk_review_due": event.review_due,
    }


@_changes.register
def _(event: VisitControlSet, row: CaseStateRow) -> Changes:
    in_force = after_setting(row.visit_controls, row.visit_controls_lifted, event)
    return {"visit_controls": in_force}


@_changes.register
def _(event: VisitControlLifted, row: CaseStateRow) -> Changes:
    left, lifted = after_lift(row.visit_controls, row.visit_controls_lifted, event)
    return {"visit_controls": left, "visit_controls_lifted": lifted}


@_changes.register
def _(event: ConsentDecisionRecorded, row: CaseStateRow) -> Changes:
    return _consent(after_decision(row.consent, event), row.consent_overrides)


@_changes.register
def _(event: ConsentOverridden, row: CaseStateRow) -> Changes:
    return _consent(row.consent, (*row.consent_overrides, override_of(event)))


def _consent(consents: Consents, overrides: Overrides) -> Changes:
    return {"consent": with_overrides(consents, overrides), "consent_overrides": overrides}


@_changes.register
def _(event: InformationReceived, row: CaseStateRow) -> Changes:
    return {"known_from_partners": row.known_from_partners + event.new_to_us}


@_changes.register
def _(event: StrategyMeetingHeld, row: CaseStateRow) -> Changes:
    return {"meetings_held": row.meetings_held + 1}


@_changes.register
def _(event: ActionAgreed, row: CaseStateRow) -> Changes:
    return _actions(begun(row.open_action_ids, row.action_turns, event.action_id))


@_changes.register
def _(event: ActionCompleted | ActionCancelled, row: CaseStateRow) -> Changes:
    return _actions(ended(row.open_action_ids, row.action_turns, event.action_id, event))


@_changes.register
def _(event: ActionReopened, row: CaseStateRow) -> Changes:
    return _actions(reopened(row.open_action_ids, row.action_turns, event.action_id, event))


def _actions(standing: Standing) -> Changes:
    ids, turns = standing
    return {"open_action_ids": ids, "open_actions": len(ids), "action_turns": turns}


@_changes.register
def _(event: ReferralSent, row: CaseStateRow) -> Changes:
    return _referrals(begun(row.open_referral_ids, row.referral_turns, event.referral_id))


@_changes.register
def _(event: ReferralDecisionReceived | ReferralWithdrawn, row: CaseStateRow) -> Changes:
    if isinstance(event, ReferralDecisionReceived) and not event.decision.is_final:
        return {}
    return _referrals(ended(row.open_referral_ids, row.referral_turns, event.referral_id, event))


@_changes.register
def _(event: ReferralResubmitted, row: CaseStateRow) -> Changes:
    return _referrals(reopened(row.open_referral_ids, row.referral_turns, event.referral_id, event))


def _referrals(standing: Standing) -> Changes:
    ids, turns = standing
    return {"open_referral_ids": ids, "open_referrals": len(ids), "referral_turns": turns}


@_changes.register
def _(event: EnforcementStep, row: CaseStateRow) -> Changes:
    warned = Warned(warning=event.event_id, person=event.against)
    return _enforcement((*row.warnings_unreviewed, warned), row.now_at_risk)


@_changes.register
def _(event: EnforcementReviewed, row: CaseStateRow) -> Changes:
    reviewed = event.action.event_id
    left = tuple(held for held in row.warnings_unreviewed if held.warning != reviewed)
    return _enforcement(left, row.now_at_risk)


@_changes.register
def _(event: PersonRoleChanged, row: CaseStateRow) -> Changes:
    change = RoleChange(person=event.person, was=event.from_, now=event.to)
    return _seen_anew(row, event, [change])


def _seen_anew(row: CaseStateRow, event: CaseEvent, changes: Iterable[RoleChange]) -> Changes:
    dated = (DatedChange(**dict(change), at=event.occurred_at) for change in changes)
    role_changes = (*row.role_changes, *dated)
    at_risk = seen_anew(role_changes)
    return {"role_changes": role_changes} | _enforcement(row.warnings_unreviewed, at_risk)


def _enforcement(warnings: tuple[Warned, ...], at_risk: tuple[Subject, ...]) -> Changes:
    return {
        "warnings_unreviewed": warnings,
        "now_at_risk": at_risk,
        "enforcement_to_review": owed_a_review(warnings, at_risk),
    }


@_changes.register
def _(event: EventCorrected, row: CaseStateRow) -> Changes:
    return {"corrections": row.corrections + 1}
