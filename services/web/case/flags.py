"""What needs attention in a case: the flags that rules raise, the most urgent first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import HTMLResponse

from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.attention import AttentionRow, attention
from projections.timeline import timeline
from services.happening import counted, days_from, span
from services.web.case.banner import Tag
from services.web.case.opened_case import OpenedCase
from services.web.page import Link

_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
_EVENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COLOURS = {Timeliness.OVERDUE: "red", Timeliness.SOON: "yellow", Timeliness.DUE: "blue"}


@dataclass(frozen=True, slots=True)
class ToldFlag:
    """A flag in words."""

    row: AttentionRow
    tag: Tag
    due_note: str
    overdue: bool
    about: str
    because: Sequence[Link]


def show_flags(case: OpenedCase) -> HTMLResponse:
    """Show the flags that stand, each with why, and what makes it go away."""
    rows = sorted(case.rows(attention), key=_urgency)
    events = {row["event_id"]: row["version"] for row in case.shown[timeline.name]}
    told = [_flag(case, row, events) for row in rows]
    return case.render("flags.html", flags=told, overdue=sum(each.overdue for each in told))


def _urgency(row: AttentionRow) -> tuple[bool, datetime, str]:
    return (row.effect is not FlagEffect.STOP, row.due_at, str(row.flag_id))


def _flag(case: OpenedCase, row: AttentionRow, events: dict[str, int]) -> ToldFlag:
    stands = row.timeliness(case.now)
    tag = (stands.label, _COLOURS[stands])
    nothing_fell_due = row.effect is not FlagEffect.DUTY and row.due_at <= row.since
    if row.effect is FlagEffect.STOP:
        tag = ("Stop", "red")
    elif nothing_fell_due:
        tag = ("To look at", "orange")
    versions = sorted(events[str(each)] for each in row.inputs if str(each) in events)
    return ToldFlag(
        row,
        tag,
        _distance(row, case.now, nothing_fell_due=nothing_fell_due),
        stands is Timeliness.OVERDUE and not nothing_fell_due,
        _about(case, row.item),
        [Link(f"event {version}", case.event(version)) for version in versions],
    )


def _distance(row: AttentionRow, now: datetime, *, nothing_fell_due: bool) -> str:
    if row.due_at > now:
        return f"In {_time(now, row.due_at)}"
    passed = _time(row.due_at, now)
    return f"For {passed}" if nothing_fell_due else f"{passed} overdue"


def _time(earlier: datetime, later: datetime) -> str:
    passed = later - earlier
    if passed < _AN_HOUR:
        return counted(int(passed.total_seconds() // 60), "minute")
    if passed < 2 * _A_DAY:
        return counted(passed // _AN_HOUR, "hour")
    return span(days_from(earlier, later))


def _about(case: OpenedCase, item: str) -> str:
    """Return what a flag is about; nothing where only a machine could tell."""
    told = item.partition("/")[0]
    kind, _, name = told.partition(":")
    if not name or _EVENT_ID.fullmatch(name):
        return ""
    return case.persons.name(told) if kind == "person" else f"{kind.replace('-', ' ')} {name}"
