"""The lines of the register, on the page and in the file to download."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from adapters.read_store.worklists import next_duties
from domain.times import in_london
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification, Strand
from projections.case_state_row import CaseStateRow, CaseStatus
from services.api.lists.paging import Seen
from services.web.wording import label
from services.web.worklists.lines import Due, due_on
from services.web.worklists.looking import Found, Looking


class CaseLine(NamedTuple):
    """A case of the register."""

    id: UUID
    ref: str
    classification: Classification
    strands: Sequence[Strand]
    risk: RiskLevel | None
    status: CaseStatus
    authority: str | None
    lead: str | None
    opened_at: datetime
    closed_at: datetime | None
    recorded_at: datetime
    """When anything was last recorded."""
    next_due: Due | None
    """The first of its duties that is due."""
    overdue: int
    stops: int


def case_lines(found: Found[CaseStateRow], looking: Looking) -> Iterator[CaseLine]:
    """Yield the lines of a page of the register."""
    (told,) = looking.reader.ask(next_duties(found.cases, looking.now))
    duties = {case_id: (due_at, overdue, stops) for case_id, due_at, overdue, stops in told}
    for each in found.seen:
        due_at, overdue, stops = duties.get(each.row.case_id, (None, 0, 0))
        due = due_on(in_london(due_at).date(), looking.today) if due_at else None
        yield _line(each, looking, due, overdue, stops)


def _line(
    seen: Seen[CaseStateRow], looking: Looking, due: Due | None, overdue: int, stops: int
) -> CaseLine:
    row = seen.row
    return CaseLine(
        id=row.case_id,
        ref=row.case_ref,
        classification=row.classification,
        strands=row.strands,
        risk=row.risk_level,
        status=row.status,
        authority=row.authority,
        lead=looking.called(seen.told(["lead"])["lead"]),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        recorded_at=row.last_recorded_at,
        next_due=due,
        overdue=overdue,
        stops=stops,
    )


COLUMNS = (
    "Case",
    "Category",
    "Strands",
    "Risk",
    "Status",
    "Local authority",
    "Lead",
    "Opened",
    "Closed",
    "Last recorded",
    "First duty due",
    "Overdue duties",
)
"""The columns of the file."""


def in_file(line: CaseLine) -> Mapping[str, Any]:
    """Return a line as it stands in the file: codes by their labels, days as ISO 8601 has them."""
    return {
        "Case": line.ref,
        "Category": label(line.classification),
        "Strands": "; ".join(map(label, line.strands)),
        "Risk": label(line.risk) if line.risk else "Not assessed",
        "Status": label(line.status),
        "Local authority": line.authority,
        "Lead": line.lead,
        "Opened": _day(line.opened_at),
        "Closed": _day(line.closed_at),
        "Last recorded": _day(line.recorded_at),
        "First duty due": str(line.next_due.day) if line.next_due else None,
        "Overdue duties": line.overdue,
    }


def _day(moment: datetime | None) -> str | None:
    return str(in_london(moment).date()) if moment else None
