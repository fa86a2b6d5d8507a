"""Risk: the assessments that hold, what protects visitors, and warnings that may need review."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.risk import (
    EnforcementReviewed,
    RiskAssessed,
    VisitControlLifted,
    VisitControlSet,
    WarningIssued,
)
from domain.latest import supersedes
from domain.vocabulary.coded import CodedList
from domain.vocabulary.risk import (
    EnforcementKind,
    EnforcementOutcome,
    RiskLevel,
    RiskTool,
    VisitControl,
    VisitControlScope,
)
from projections.read_model import ReadModel, Row
from projections.visit_controls import holds_longer


class RiskItemKind(CodedList, source="Case Timeline"):
    """What a row of the risk read model is."""

    ASSESSMENT = "assessment", "Assessment"
    CONTROL = "control", "Visit control"
    WARNING = "warning", "Warning or legal step"


class RiskRow(Row):
    """One assessment, visit control or warning; the columns of the other two kinds are None.

    An assessment row is the latest with its tool about its person. A control or warning that no
    longer holds stays listed, with `in_force` false.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "item"

    item: str
    """`assessment:<tool>:<person or ->`, `control:<control>:<scope>` or `warning:<event id>`."""
    kind: RiskItemKind
    """Which of the three it is."""
    in_force: bool = True
    """False once lifted, or withdrawn on review. A control's `until` may still have passed."""
    set_at: datetime
    """When the assessment was made, the control set or the warning issued."""
    tool: RiskTool | None = None
    """Assessment: what it followed."""
    person: str | None = None
    """Assessment: whose risk, None for that of visitors and staff. Warning: whom it is against."""
    level: RiskLevel | None = None
    """Assessment: how high the risk is."""
    previous_level: RiskLevel | None = None
    """Assessment: how high it was before, as stated or else as the assessment before it said."""
    previous_at: datetime | None = None
    """Assessment: when the one before it was made, where it does not state the level before."""
    score: int | None = None
    """Assessment: the tool's score, where it gives one."""
    review_due: date | None = None
    """Assessment: the day by which to look at it again."""
    rationale: str | None = None
    """Assessment: the reasons for the level. Warning: its ground where given, then, on a line of
    its own, why it was held proportionate."""
    control: VisitControl | None = None
    """Control: the precaution to take."""
    scope: VisitControlScope | None = None
    """Control: whether it follows the person, the property or both."""
    until: date | None = None
    """Control: the last day on which it applies; None for until lifted."""
    lifted_at: datetime | None = None
    """Control: when it was lifted. Warning: when a review withdrew it."""
    lifted_reason: str | None = None
    """Control: why it was lifted."""
    warning_kind: EnforcementKind | None = None
    """Warning: what was issued."""
    review_outcome: EnforcementOutcome | None = None
    """Warning: what the latest review made of it; None while not reviewed."""
    reviewed_at: datetime | None = None
    """Warning: when it was last reviewed."""
    review_reason: str | None = None
    """Warning: the reasons of that review."""


risk = ReadModel("risk", 1, RiskRow)

_WITHDRAWN = (EnforcementOutcome.WITHDRAWN, EnforcementOutcome.APOLOGY)


def _its_assessment(event: RiskAssessed) -> tuple[str, ...]:
    return (f"assessment:{event.tool}:{event.person or '-'}",)


def _its_control(event: VisitControlSet | VisitControlLifted) -> tuple[str, ...]:
    return (f"control:{event.control}:{event.scope}",)


def _its_warning(event: WarningIssued | EnforcementReviewed) -> tuple[str, ...]:
    warning = event.event_id if isinstance(event, WarningIssued) else event.action.event_id
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
        level=event.level,
        previous_level=event.previous or (row and row.level),
        previous_at=row.set_at if row and event.previous is None else None,
        score=event.score,
        review_due=event.review_due,
        rationale=event.rationale,
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
    return RiskRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=RiskItemKind.CONTROL,
        set_at=event.occurred_at,
        control=event.control,
        scope=event.scope,
        until=event.until,
        in_force=not lifted,
        lifted_at=row.lifted_at if row and lifted else None,
        lifted_reason=row.lifted_reason if row and lifted else None,
    )


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


@risk.on(WarningIssued, keys=_its_warning)
def _warned(row: RiskRow | None, event: WarningIssued, item: str) -> RiskRow:
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
