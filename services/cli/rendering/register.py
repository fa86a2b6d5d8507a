"""The register: one line for each case."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from projections.case_state_row import CaseStateRow, CaseStatus
from services.cli.rendering.state import risk_level
from services.cli.rendering.tables import keep_together, table
from services.cli.rendering.theme import NONE, lines, shown
from services.cli.rendering.times import counted, day_of

_CASE = "Case\nlead"
_DATES = "Opened\nlast event"


def register(rows: Iterable[CaseStateRow]) -> RenderableType:
    """Return a table of cases."""
    held = list(rows)
    listed = table(_CASE, "Treated as", "Risk", "Still open", _DATES)
    keep_together(listed.columns[0], (row.case_ref for row in held))
    keep_together(listed.columns[-1], (day_of(row.opened_at) for row in held))
    for row in held:
        closed = row.status is CaseStatus.CLOSED
        listed.add_row(
            lines(
                shown(row.case_ref, "quiet" if closed else "title"),
                shown(row.lead, "quiet") if row.lead else None,
            ),
            lines(
                Text(row.classification.label),
                Text(row.status.label.lower(), "quiet") if closed else None,
            ),
            risk_level(row.risk_level),
            _open(row),
            lines(Text(day_of(row.opened_at)), Text(day_of(row.last_event_at), "quiet")),
        )
    return listed


def _open(row: CaseStateRow) -> Text:
    numbers = ((row.open_actions, "action"), (row.open_referrals, "referral"))
    told = lines(*(Text(counted(number, noun)) for number, noun in numbers if number))
    return told if told.plain else Text(NONE, "quiet")
