"""What every page of a case begins with: what to know before anything else."""

from dataclasses import dataclass
from datetime import date

from domain.vocabulary.risk import RiskLevel, VisitControl
from projections.case_state_row import CaseStateRow, CaseStatus, ControlInForce
from services.web.dates import day

Tag = tuple[str, str]
"""Its words and its colour."""

_RISK = {
    RiskLevel.LOW: "grey",
    RiskLevel.MEDIUM: "yellow",
    RiskLevel.HIGH: "orange",
    RiskLevel.CRITICAL: "red",
}

_NOT_ALONE = (VisitControl.NO_LONE_VISITS, VisitControl.TWO_PERSON)


@dataclass(frozen=True, slots=True)
class Banner:
    """How a case stands, in tags, and the precautions for visits."""

    tags: tuple[Tag, ...] = ()
    controls: tuple[str, ...] = ()
    """In force; the page says them as a warning."""
    not_alone: bool = False
    """Whether one of them is not to go there alone."""
    ended: tuple[str, ...] = ()
    """Not lifted, but past their last day: somebody has to look at them."""
    danger: bool = False
    """Whether the latest concern spoke of immediate danger, in a case that is open."""
    visitors: str | None = None
    """The risk to visitors, where it is high."""


def banner_of(state: CaseStateRow | None, today: date) -> Banner:
    """Return what to know of a case; `today` decides which precautions still hold."""
    if state is None:
        return Banner()
    holding = [each for each in state.visit_controls if _holds(each, today)]
    over = [each for each in state.visit_controls if not _holds(each, today)]
    is_open = state.status is CaseStatus.OPEN
    level = state.visitor_risk_level
    return Banner(
        tags=_tags(state),
        controls=tuple(map(control, holding)),
        not_alone=any(each.control in _NOT_ALONE for each in holding),
        ended=tuple(map(control, over)),
        danger=is_open and bool(state.immediate_danger),
        visitors=level.label.lower() if level and level.is_high else None,
    )


def risk_tag(level: RiskLevel) -> Tag:
    """Return a level of risk as a tag."""
    return (f"{level.label} risk", _RISK[level])


def control(held: ControlInForce) -> str:
    """Return one precaution for visits in words."""
    until = f", until {day(held.until)}" if held.until else ""
    return f"{held.control.label} ({held.scope.label[:1].lower()}{held.scope.label[1:]}{until})"


def _holds(held: ControlInForce, today: date) -> bool:
    return held.until is None or held.until >= today


def _tags(state: CaseStateRow) -> tuple[Tag, ...]:
    status = (state.status.label, "green" if state.status is CaseStatus.OPEN else "grey")
    risk = risk_tag(state.risk_level) if state.risk_level else ("Risk not assessed", "yellow")
    return ((state.classification.label, "blue"), status, risk)
