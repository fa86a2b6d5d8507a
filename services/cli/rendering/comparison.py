"""One case as known on some day beside the same case today."""

from collections.abc import Callable, Iterable
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from projections.risk_row import RiskItemKind, RiskRow
from services.cli.answers import CaseFile
from services.cli.rendering.state import control, risk_level
from services.cli.rendering.tables import table
from services.cli.rendering.theme import NONE, lines, shown
from services.cli.rendering.times import counted, day, day_of

Told = Callable[[CaseFile, date], Text]


def comparison(then: CaseFile, now: CaseFile, known_on: date, today: date) -> RenderableType:
    """Return both side by side; what differs stands out."""
    compared = table("", f"As known on {day(known_on)}", f"Today, {day(today)}")
    for name, told in _TOLD.items():
        before, after = told(then, known_on), told(now, today)
        if before.plain != after.plain:
            after.stylize_before("changed")
        else:
            before.stylize_before("quiet")
            after.stylize_before("quiet")
        compared.add_row(Text(name, "quiet"), before, after)
    return compared


def _treated_as(file: CaseFile, _: date) -> Text:
    return Text(file.state.classification.label) if file.state else _nothing()


def _status(file: CaseFile, _: date) -> Text:
    return Text(file.state.status.label) if file.state else _nothing()


def _risk(file: CaseFile, _: date) -> Text:
    if file.state is None or file.state.risk_level is None:
        return Text("Not assessed")
    return risk_level(file.state.risk_level)


def _people(file: CaseFile, _: date) -> Text:
    def roles(labels: Iterable[str]) -> str:
        return ", ".join(labels).lower()

    return lines(
        *(
            shown(f"{row.person}: {roles(role.label for role in row.current_roles)}")
            for row in sorted(file.people, key=lambda row: row.person)
            if row.current_roles
        )
    )


def _warnings(file: CaseFile, _: date) -> Text:
    warnings = (row for row in file.risk if row.kind is RiskItemKind.WARNING)
    return lines(*(_warning(row) for row in warnings)) or _nothing()


def _warning(row: RiskRow) -> Text:
    kind = row.warning_kind.label if row.warning_kind else "Warning"
    against = f" against {row.person}" if row.person else ""
    review = "not reviewed"
    if row.review_outcome and row.reviewed_at:
        review = f"{row.review_outcome.label.lower()}, {day_of(row.reviewed_at)}"
    return shown(f"{kind}{against}: {review}")


def _visits(file: CaseFile, today: date) -> Text:
    held = file.state.visit_controls if file.state else ()
    return lines(*(control(each, today) for each in held)) or _nothing()


def _actions(file: CaseFile, _: date) -> Text:
    done = sum(not row.is_open for row in file.actions)
    return _of(len(file.actions), "action", f"{done} settled") if file.actions else _nothing()


def _referrals(file: CaseFile, _: date) -> Text:
    answered = sum(not row.unanswered for row in file.referrals)
    total = len(file.referrals)
    return _of(total, "referral", f"{answered} fully answered") if total else _nothing()


def _events(file: CaseFile, _: date) -> Text:
    return Text(counted(len(file.timeline), "event"))


def _of(total: int, noun: str, detail: str) -> Text:
    return Text(f"{counted(total, noun)}, {detail}")


def _nothing() -> Text:
    return Text(NONE)


_TOLD: dict[str, Told] = {
    "Treated as": _treated_as,
    "Status": _status,
    "Risk": _risk,
    "People": _people,
    "Warnings": _warnings,
    "Visits": _visits,
    "Action plan": _actions,
    "Referrals": _referrals,
    "Known of it": _events,
}
