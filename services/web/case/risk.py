"""Risk in a case: assessments, precautions for visits, signs of exploitation, warnings issued."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from projections.risk import risk
from projections.risk_row import RiskItemKind, RiskRow
from services.happening import counted
from services.web.case.banner import Tag, risk_tag
from services.web.case.opened_case import OpenedCase
from services.web.dates import day

_HEADINGS = {
    RiskItemKind.CONTROL: ("Precautions for visits", "No precautions for visits recorded"),
    RiskItemKind.ASSESSMENT: ("Assessments", "No risk assessments recorded"),
    RiskItemKind.INDICATOR: ("Signs of exploitation", "No signs of exploitation recorded"),
    RiskItemKind.WARNING: ("Warnings and legal steps", "No warnings or legal steps recorded"),
}


@dataclass(frozen=True, slots=True)
class RiskItem:
    """One assessment, precaution, sign or warning in words."""

    title: str
    tag: Tag | None
    facts: Sequence[tuple[str, Sequence[str]]]


def show_risk(case: OpenedCase) -> HTMLResponse:
    """Show what is known of risk, the precautions first."""
    rows = sorted(case.rows(risk), key=lambda row: (not row.in_force, row.set_at), reverse=False)
    told = {RiskItemKind.ASSESSMENT: _assessment, RiskItemKind.CONTROL: _control}
    told |= {RiskItemKind.INDICATOR: _indicator, RiskItemKind.WARNING: _warning}
    groups = [
        (heading, empty, [told[kind](case, row) for row in rows if row.kind is kind])
        for kind, (heading, empty) in _HEADINGS.items()
    ]
    return case.render("risk.html", groups=groups)


def _assessment(case: OpenedCase, row: RiskRow) -> RiskItem:
    tool = row.tool.label if row.tool else "Assessment"
    subject = row.subject.label if row.subject else ""
    whose = case.persons.name(row.person) if row.person else subject or "Visitors and staff"
    return RiskItem(
        f"{tool}: {whose}", risk_tag(row.level) if row.level else None, _told(_assessed(case, row))
    )


def _assessed(case: OpenedCase, row: RiskRow) -> Iterator[tuple[str, Sequence[str]]]:
    yield "Assessed", [day(row.set_at)]
    yield "Before", [row.previous_level.label] if row.previous_level else []
    yield "Score", [str(row.score)] if row.score is not None else []
    if row.review_due:
        over = " (overdue)" if row.review_due < case.today else ""
        yield "Review due", [day(row.review_due) + over]
    yield "Why", _lines(row.rationale)
    yield "Heading", [row.direction.label] if row.direction else []
    yield "How sure", [row.confidence.label] if row.confidence else []
    yield "Easier to harm through", [each.label for each in row.amplifiers]
    yield "Cannot get away because of", [each.label for each in row.escape_barriers]
    yield "Criteria for a MARAC", [each.label for each in row.marac_criteria]
    yield "Answers", [f"{each.question}: {each.answer}" for each in row.answers]


def _control(case: OpenedCase, row: RiskRow) -> RiskItem:
    return RiskItem(
        row.control.label if row.control else "", _holds(case, row), _told(_controlled(row))
    )


def _holds(case: OpenedCase, row: RiskRow) -> Tag:
    if not row.in_force:
        return ("Lifted", "grey")
    if row.until and row.until < case.today:
        return ("Run out, not lifted", "yellow")
    return ("In force", "red")


def _controlled(row: RiskRow) -> Iterator[tuple[str, Sequence[str]]]:
    yield "Tied to", [row.scope.label] if row.scope else []
    until = day(row.until) if row.until else "until lifted"
    yield "Set", [f"{day(row.set_at)}, {until if not row.until else f'until {until}'}"]
    yield "What to do", _lines(row.instruction)
    yield "Why", _lines(row.rationale)
    yield "Taken over by", list(row.acknowledged_by) or ["No system yet"]
    if row.lifted_at:
        yield "Lifted", [day(row.lifted_at), *_lines(row.lifted_reason)]


def _indicator(case: OpenedCase, row: RiskRow) -> RiskItem:
    facts = (
        ("Of", [case.persons.name(row.person)] if row.person else []),
        ("Seen", [f"{counted(row.sightings, 'time')}, first {day(row.set_at)}"]),
        ("Last seen", [day(row.last_seen_at)] if row.last_seen_at else []),
        ("May point to", [each.label for each in row.forms]),
        ("Seen by", list(row.observed_by)),
    )
    return RiskItem(row.indicator.label if row.indicator else "", None, _told(facts))


def _warning(case: OpenedCase, row: RiskRow) -> RiskItem:
    tag = ("Not reviewed", "yellow")
    if row.review_outcome:
        tag = (row.review_outcome.label, "grey")
    facts = (
        ("Against", [case.persons.name(row.person)] if row.person else []),
        ("Issued", [day(row.set_at)]),
        ("Why", (row.rationale or "").splitlines()),
        ("Reviewed", [day(row.reviewed_at)] if row.reviewed_at else []),
        ("The review says", _lines(row.review_reason)),
    )
    return RiskItem(row.warning_kind.label if row.warning_kind else "", tag, _told(facts))


def _told(
    facts: Iterator[tuple[str, Sequence[str]]] | Sequence[tuple[str, Sequence[str]]],
) -> list[tuple[str, Sequence[str]]]:
    return [(name, lines) for name, lines in facts if lines]


def _lines(text: str | None) -> list[str]:
    return [text] if text else []
