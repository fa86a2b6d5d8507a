"""Meetings of a case as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from domain.vocabulary.meetings import Attendance, InviteState
from projections.meetings import MeetingRow
from services.cli.rendering.tables import table
from services.cli.rendering.theme import lines, plain, shown
from services.cli.rendering.times import counted, day_of

_IN_ORDER = (InviteState.INVITED_IN_TIME, InviteState.DECLINED)


def meetings(rows: Iterable[MeetingRow]) -> RenderableType:
    """Return the meetings in the order in which they were held or are to be."""
    listed = table("Meeting", "When", "Housing", "Who came", whole=("When",))
    for row in sorted(rows, key=lambda row: (_when(row), row.meeting_id)):
        listed.add_row(
            lines(shown(row.meeting_id, "title"), Text(row.forum.label)),
            _dates(row),
            _invited(row),
            _came(row),
        )
    return listed


def _when(row: MeetingRow) -> str:
    known = row.held_at or row.scheduled_for or row.convened_at
    return known.isoformat() if known else ""


def _dates(row: MeetingRow) -> Text:
    return lines(
        _said("held", row.held_at, ""),
        _said("for", row.scheduled_for, "") if row.held_at is None else None,
        _said("called", row.convened_at, "quiet"),
    )


def _said(what: str, at: datetime | None, style: str) -> Text | None:
    return Text(f"{what} {day_of(at)}", style) if at else None


def _invited(row: MeetingRow) -> Text:
    state = Text(row.invite_state.label, "" if row.invite_state in _IN_ORDER else "attention")
    days = row.invite_notice_days
    notice = Text(f"{counted(days, 'day')}' notice", "quiet") if days and days > 0 else None
    return lines(state, notice)


def _came(row: MeetingRow) -> Text:
    came = [held for held in row.attendees if held.attendance is Attendance.ATTENDED]
    away = [held for held in row.attendees if held.attendance is not Attendance.ATTENDED]
    others = "; ".join(f"{held.agency.label}: {held.attendance.label.lower()}" for held in away)
    return lines(
        shown(", ".join(_with_numbers(held.agency.label for held in came))),
        Text(plain(others), "attention") if others else None,
        Text("new information", "quiet") if row.new_information else None,
    )


def _with_numbers(names: Iterable[str]) -> Iterator[str]:
    for name, number in Counter(names).items():
        yield f"{name} ({number})" if number > 1 else name
