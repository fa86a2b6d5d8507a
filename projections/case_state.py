"""The state of a case: what it is treated as, how grave it is, who leads it, what is open."""

from collections.abc import Iterable
from functools import singledispatch

from domain.classification import Opening, first_classification
from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden, InformationReceived
from domain.events.envelope import CaseEvent
from domain.events.fields import Subject
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseReopened,
    ConcernRaised,
    Reclassified,
    RoleChange,
)
from domain.events.meetings import StrategyMeetingHeld
from domain.events.people import PersonRoleChanged
from domain.events.plan import ActionAgreed, ActionCancelled, ActionCompleted
from domain.events.referrals import ReferralDecisionReceived, ReferralSent
from domain.events.registry import EVENT_TYPES
from domain.events.risk import (
    EnforcementReviewed,
    RiskAssessed,
    VisitControlLifted,
    VisitControlSet,
    WarningIssued,
)
from domain.times import in_london
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.safeguarding import Classification, Strand
from projections.case_state_row import CaseStateRow, CaseStatus, ControlInForce
from projections.consent import after_decision, after_override
from projections.enforcement import Warned, owed_a_review, seen_anew
from projections.latest import supersedes
from projections.read_model import ReadModel

case_state = ReadModel("case_state", 1, CaseStateRow)

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
    classification = first_classification(event)
    return CaseStateRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        classification=classification,
        classified_at=event.known_at,
        first_classification=classification,
        opened_at=event.occurred_at,
        opened_known_at=event.known_at,
        last_event_at=event.occurred_at,
        last_recorded_at=event.recorded_at,
        version=event.version,
    )


@singledispatch
def _changes(event: CaseEvent, row: CaseStateRow) -> Changes:
    return {}


@_changes.register
def _(event: ConcernRaised, row: CaseStateRow) -> Changes:
    changes: Changes = {"strands": _with_strands(row, event.strands)}
    if supersedes(event, row.concern_raised_at):
        changes |= {
            "immediate_danger": event.immediate_danger,
            "concern_raised_at": event.occurred_at,
        }
    return changes


@_changes.register
def _(event: Reclassified, row: CaseStateRow) -> Changes:
    changes: Changes = {
        "classification": event.to,
        "classified_at": event.occurred_at,
        "reclassifications": row.reclassifications + 1,
        "strands": _with_strands(row, _strand_of(event.to)),
    }
    if row.reclassified_at is None:
        misbadged = in_london(event.occurred_at).date() - in_london(row.opened_known_at).date()
        changes |= {
            "reclassified_at": event.occurred_at,
            "misbadged_days": max(misbadged.days, 0),
        }
    at_risk = seen_anew(row.now_at_risk, event.role_changes)
    return changes | _enforcement(row.warnings_unreviewed, at_risk)


def _with_strands(row: CaseStateRow, strands: Iterable[Strand]) -> tuple[Strand, ...]:
    return tuple(dict.fromkeys((*row.strands, *strands)))


def _strand_of(classification: Classification) -> list[Strand]:
    return [strand for strand in Strand if strand.value == classification.value]


@_changes.register
def _(event: CaseAllocated, row: CaseStateRow) -> Changes:
    if not supersedes(event, row.allocated_at):
        return {}
    return {"lead": event.lead, "team": event.team, "allocated_at": event.occurred_at}


@_changes.register
def _(event: CaseClosed, row: CaseStateRow) -> Changes:
    return {
        "status": CaseStatus.CLOSED,
        "closed_at": event.occurred_at,
        "closure_reason": event.reason,
        "assurance": event.assurance,
        "risk_outcome": event.risk_outcome,
    }


@_changes.register
def _(event: CaseReopened, row: CaseStateRow) -> Changes:
    return {
        "status": CaseStatus.OPEN,
        "closed_at": None,
        "closure_reason": None,
        "assurance": None,
        "risk_outcome": None,
        "reopenings": row.reopenings + 1,
    }


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
    control = ControlInForce(control=event.control, scope=event.scope, until=event.until)
    return {"visit_controls": (*_without(row, event), control)}


@_changes.register
def _(event: VisitControlLifted, row: CaseStateRow) -> Changes:
    return {"visit_controls": _without(row, event)}


def _without(
    row: CaseStateRow, event: VisitControlSet | VisitControlLifted
) -> tuple[ControlInForce, ...]:
    lifted = (event.control, event.scope)
    return tuple(held for held in row.visit_controls if (held.control, held.scope) != lifted)


@_changes.register
def _(event: ConsentDecisionRecorded, row: CaseStateRow) -> Changes:
    return {"consent": after_decision(row.consent, event)}


@_changes.register
def _(event: ConsentOverridden, row: CaseStateRow) -> Changes:
    return {"consent": after_override(row.consent, event)}


@_changes.register
def _(event: InformationReceived, row: CaseStateRow) -> Changes:
    return {"known_from_partners": row.known_from_partners + event.new_to_us}


@_changes.register
def _(event: StrategyMeetingHeld, row: CaseStateRow) -> Changes:
    return {"meetings_held": row.meetings_held + 1}


@_changes.register
def _(event: ActionAgreed, row: CaseStateRow) -> Changes:
    return _actions(_added(row.open_action_ids, event.action_id))


@_changes.register
def _(event: ActionCompleted | ActionCancelled, row: CaseStateRow) -> Changes:
    return _actions(_removed(row.open_action_ids, event.action_id))


def _actions(open_ids: tuple[str, ...]) -> Changes:
    return {"open_action_ids": open_ids, "open_actions": len(open_ids)}


@_changes.register
def _(event: ReferralSent, row: CaseStateRow) -> Changes:
    return _referrals(_added(row.open_referral_ids, event.referral_id))


@_changes.register
def _(event: ReferralDecisionReceived, row: CaseStateRow) -> Changes:
    if not event.decision.is_final:
        return {}
    return _referrals(_removed(row.open_referral_ids, event.referral_id))


def _referrals(open_ids: tuple[str, ...]) -> Changes:
    return {"open_referral_ids": open_ids, "open_referrals": len(open_ids)}


def _added(ids: tuple[str, ...], new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ids, new)))


def _removed(ids: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(held for held in ids if held != gone)


@_changes.register
def _(event: WarningIssued, row: CaseStateRow) -> Changes:
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
    return _enforcement(row.warnings_unreviewed, seen_anew(row.now_at_risk, [change]))


def _enforcement(warnings: tuple[Warned, ...], at_risk: tuple[Subject, ...]) -> Changes:
    return {
        "warnings_unreviewed": warnings,
        "now_at_risk": at_risk,
        "enforcement_to_review": owed_a_review(warnings, at_risk),
    }


@_changes.register
def _(event: EventCorrected, row: CaseStateRow) -> Changes:
    return {"corrections": row.corrections + 1}
