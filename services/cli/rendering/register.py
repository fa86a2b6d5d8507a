"""The register: one line for each case."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from projections.case_state_row import CaseStateRow, CaseStatus
from services.cli.rendering.state import risk_level
from services.cli.rendering.tables import table
from services.cli.rendering.theme import lines, shown
from services.cli.rendering.times import day_of

_DATES = "Opened\nlast event"


def register(rows: Iterable[CaseStateRow]) -> RenderableType:
    """Return a table of cases."""
    listed = table("Case", "Treated as", "Risk", "Lead", "Open", _DATES, whole=(_DATES, "Open"))
    for row in rows:
        closed = row.status is CaseStatus.CLOSED
        listed.add_row(
            shown(row.case_ref, "quiet" if closed else "title"),
            lines(
                Text(row.classification.label),
                Text(row.status.label.lower(), "quiet") if closed else None,
            ),
            risk_level(row.risk_level),
            shown(row.lead),
            _open(row),
            lines(Text(day_of(row.opened_at)), Text(day_of(row.last_event_at), "quiet")),
        )
    return listed


def _open(row: CaseStateRow) -> Text:
    return lines(
        Text(f"{row.open_actions} actions") if row.open_actions != 1 else Text("1 action"),
        Text(f"{row.open_referrals} referrals") if row.open_referrals != 1 else Text("1 referral"),
    )
