"""Risk: assessments that hold, precautions for visits, signs of exploitation, warnings issued."""

from collections.abc import Iterable
from datetime import datetime

from domain.events.enforcement import (
    EnforcementActionTaken,
    EnforcementReviewed,
    EnforcementStep,
    WarningIssued,
)
from domain.events.protection import ExploitationIndicatorObserved
from domain.events.risk import (
    RiskAssessed,
    VisitControlAcknowledged,
    VisitControlLifted,
    VisitControlSet,
)
from domain.latest import period_end, supersedes
from domain.streams import FILES
from domain.vocabulary.risk import EnforcementOutcome, RiskSubject
from projections.read_model import ReadModel
from projections.risk_row import Acknowledgement, RiskItemKind, RiskRow
from projections.visit_controls import holds_longer

risk = ReadModel("risk", 2, RiskRow, streams=FILES)

_WITHDRAWN = (EnforcementOutcome.WITHDRAWN, EnforcementOutcome.APOLOGY)


def _its_assessment(event: RiskAssessed) -> tuple[str, ...]:
    other = event.subject if event.subject is not RiskSubject.PERSON else None
    item = f"assessment:{event.tool}:{event.person or '-'}"
    return (f"{item}:{other}" if other else item,)


def _its_control(
    event: VisitControlSet | VisitControlAcknowledged | VisitControlLifted,
) -> tuple[str, ...]:
    return (f"control:{event.control}:{event.scope}",)


def _its_indicator(event: ExploitationIndicatorObserved) -> tuple[str, ...]:
    return (f"indicator:{event.indicator}:{event.person or '-'}",)


def _its_warning(event: EnforcementStep | EnforcementReviewed) -> tuple[str, ...]:
    warning = event.event_id if isinstance(event, EnforcementStep) else event.action.event_id
    return (f"warning:{warning}",)


@risk.on(RiskAssessed, keys=_its_assessment)
def _assessed(row: RiskRow | None, event: RiskAssessed, item: str) -> RiskRow:
    if row is not None and not supersedes(event, row.set_at):
        return _with_earlier(row, event)
    return RiskRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=RiskItemKind.ASSESSMENT,
        set_at=event.occurred_at,
        tool=event.tool,
        person=event.person,
        subject=event.subject,
        level=event.level,
        previous_level=event.previous or (row and row.level),
        previous_at=row.set_at if row and event.previous is None else None,
        score=event.score,
        review_due=event.review_due,
        rationale=event.rationale,
        direction=event.direction,
        confidence=event.confidence,
        amplifiers=event.amplifiers,
        escape_barriers=event.escape_barriers,
        marac_criteria=event.marac_criteria,
        answers=event.answers,
    )


def _with_earlier(row: RiskRow, event: RiskAssessed) -> RiskRow:
    states_the_level_before = row.previous_level is not None and row.previous_at is None
    if states_the_level_before or not supersedes(event, row.previous_at):
        return row
    return row.model_copy(update={"previous_level": event.level, "previous_at": event.occurred_at})


@risk.on(VisitControlSet, keys=_its_control)
def _set(row: RiskRow | None, event: VisitControlSet, item: str) -> RiskRow:
    if row and not holds_longer(event.occurred_at, event.until, row.set_at, row.until):
        return row
    lifted = row is not None and row.lifted_at is not None and event.occurred_at <= row.lifted_at
    acknowledgements = row.acknowledgements if row else ()
    return RiskRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=RiskItemKind.CONTROL,
        set_at=event.occurred_at,
        control=event.control,
        scope=event.scope,
        until=event.until,
        instruction=event.instruction,
        rationale=event.reason,
        acknowledged_by=_taken_over(acknowledgements, event.occurred_at),
        acknowledgements=acknowledgements,
        in_force=not lifted,
        lifted_at=row.lifted_at if row and lifted else None,
        lifted_reason=row.lifted_reason if row and lifted else None,
    )


@risk.on(VisitControlAcknowledged, keys=_its_control)
def _acknowledged(row: RiskRow | None, event: VisitControlAcknowledged, _: str) -> RiskRow | None:
    if row is None:
        return None
    held = next((it for it in row.acknowledgements if it.consumer == event.consumer), None)
    if held is not None and not supersedes(event, held.at):
        return row
    new = Acknowledgement(
        consumer=event.consumer, at=event.occurred_at, no_later_than=period_end(event)
    )
    acknowledgements = (*(it for it in row.acknowledgements if it is not held), new)
    taken_over = _taken_over(acknowledgements, row.set_at)
    return row.model_copy(
        update={"acknowledgements": acknowledgements, "acknowledged_by": taken_over}
    )


def _taken_over(told: Iterable[Acknowledgement], set_at: datetime) -> tuple[str, ...]:
    return tuple(it.consumer for it in told if it.no_later_than >= set_at)


@risk.on(VisitControlLifted, keys=_its_control)
def _lifted(row: RiskRow | None, event: VisitControlLifted, _: str) -> RiskRow | None:
    if row is None or event.occurred_at < max(row.set_at, row.lifted_at or row.set_at):
        return row
    return row.model_copy(
        update={
            "in_force": False,
            "lifted_at": event.occurred_at,
            "lifted_reason": event.reason,
        }
    )


@risk.on(ExploitationIndicatorObserved, keys=_its_indicator)
def _observed(row: RiskRow | None, event: ExploitationIndicatorObserved, item: str) -> RiskRow:
    at = event.occurred_at
    row = row or RiskRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=RiskItemKind.INDICATOR,
        set_at=at,
        person=event.person,
        indicator=event.indicator,
    )
    forms = (*row.forms, event.form) if event.form else row.forms
    return row.model_copy(
        update={
            "set_at": min(row.set_at, at),
            "last_seen_at": max(row.last_seen_at or at, at),
            "sightings": row.sightings + 1,
            "forms": tuple(dict.fromkeys(forms)),
            "observed_by": tuple(dict.fromkeys((*row.observed_by, event.observed_by))),
        }
    )


@risk.on(WarningIssued, EnforcementActionTaken, keys=_its_warning)
def _warned(row: RiskRow | None, event: EnforcementStep, item: str) -> RiskRow:
    return RiskRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=RiskItemKind.WARNING,
        set_at=event.occurred_at,
        person=event.against,
        rationale="\n".join(filter(None, (event.ground, event.proportionality_note))),
        warning_kind=event.kind,
    )


@risk.on(EnforcementReviewed, keys=_its_warning)
def _reviewed(row: RiskRow | None, event: EnforcementReviewed, _: str) -> RiskRow | None:
    if row is None or not supersedes(event, row.reviewed_at):
        return row
    withdrawn = event.outcome in _WITHDRAWN
    return row.model_copy(
        update={
            "in_force": not withdrawn,
            "lifted_at": event.occurred_at if withdrawn else None,
            "review_outcome": event.outcome,
            "reviewed_at": event.occurred_at,
            "review_reason": event.reason,
        }
    )
