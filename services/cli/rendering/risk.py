"""Assessments, visit controls, signs of exploitation and warnings of a case."""

from collections.abc import Iterable
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from projections.risk_row import RiskItemKind, RiskRow
from services.cli.rendering.state import risk_level
from services.cli.rendering.tables import table
from services.cli.rendering.theme import lines, shown
from services.cli.rendering.times import counted, day, day_of


def risk(rows: Iterable[RiskRow], today: date) -> RenderableType:
    """Return what is known of risk, what protects from it, and warnings issued."""
    listed = table("What", "How it stands", "Why", whole=("How it stands",))
    order = list(RiskItemKind)
    for row in sorted(rows, key=lambda row: (order.index(row.kind), row.set_at, row.item)):
        what, stands, why = _DESCRIBED[row.kind](row, today)
        listed.add_row(lines(what, Text(day_of(row.set_at), "quiet")), stands, why)
    return listed


def _assessment(row: RiskRow, today: date) -> tuple[Text, Text, Text]:
    tool = row.tool.label if row.tool else ""
    if not tool.isupper():
        tool = tool.lower()
    before = row.previous_level
    due = row.review_due
    stands = lines(
        Text.assemble(risk_level(row.level), f", score {row.score}" if row.score else ""),
        Text(f"before: {before.label.lower()}", "quiet") if before else None,
        Text(f"review due {day(due)}", "alarm" if due < today else "quiet") if due else None,
    )
    what = lines(Text(f"Risk, {tool}", "title"), _person(row))
    return what, stands, shown(row.rationale)


def _control(row: RiskRow, today: date) -> tuple[Text, Text, Text]:
    control = row.control.label if row.control else ""
    scope = Text(row.scope.label.lower(), "quiet") if row.scope else None
    what = lines(Text(control, "title"), scope)
    if not row.in_force:
        return what, _ended("lifted", row), shown(row.lifted_reason)
    taken_over = row.acknowledged_by
    known = shown(f"taken over by {', '.join(taken_over)}", "quiet") if taken_over else None
    if row.until is None:
        return what, lines(Text("in force", "good"), known), shown(row.instruction)
    over = row.until < today
    until = Text(f"{'ended' if over else 'until'} {day(row.until)}", "attention" if over else "")
    return what, lines(until, known), shown(row.instruction)


def _indicator(row: RiskRow, _: date) -> tuple[Text, Text, Text]:
    label = row.indicator.label if row.indicator else ""
    what = lines(Text(label, "title"), _person(row))
    stands = lines(
        Text(f"seen {counted(row.sightings, 'time')}"),
        Text(f"last {day_of(row.last_seen_at)}", "quiet") if row.last_seen_at else None,
    )
    points_to = (form.label for form in row.forms)
    return what, stands, Text("; ".join(points_to))


def _warning(row: RiskRow, today: date) -> tuple[Text, Text, Text]:
    kind = row.warning_kind.label if row.warning_kind else ""
    reviewed = row.review_outcome and row.reviewed_at
    if reviewed and row.review_outcome:
        reviewed_on = Text(day_of(reviewed), "quiet")
        stands = lines(Text(row.review_outcome.label.lower()), reviewed_on)
    else:
        stands = Text("not reviewed", "attention")
    reasons = lines(*(shown(why) for why in (row.rationale, row.review_reason) if why))
    return lines(Text(kind, "title"), _person(row)), stands, reasons


def _ended(how: str, row: RiskRow) -> Text:
    return Text(f"{how} {day_of(row.lifted_at)}" if row.lifted_at else how, "quiet")


def _person(row: RiskRow) -> Text | None:
    return shown(row.person, "quiet") if row.person else None


_DESCRIBED = {
    RiskItemKind.ASSESSMENT: _assessment,
    RiskItemKind.CONTROL: _control,
    RiskItemKind.INDICATOR: _indicator,
    RiskItemKind.WARNING: _warning,
}
