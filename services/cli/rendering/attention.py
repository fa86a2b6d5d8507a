"""What is due, soon or overdue: the flags that stand."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from rich.console import RenderableType
from rich.text import Text

from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.attention import AttentionRow
from services.cli.rendering.tables import table
from services.cli.rendering.theme import lines, phrase, plain, shown
from services.cli.rendering.times import counted, days_from, span
from services.cli.rendering.values import when

_STYLES = {Timeliness.OVERDUE: "alarm", Timeliness.SOON: "attention", Timeliness.DUE: "quiet"}
_A_DAY = timedelta(days=1)
_AN_HOUR = timedelta(hours=1)
_EVENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def most_urgent_first(rows: Iterable[AttentionRow]) -> list[AttentionRow]:
    """Return flags as the read store sorts them: what stops work, then whatever is due first."""
    return sorted(rows, key=_urgency)


def _urgency(row: AttentionRow) -> tuple[bool, datetime, str, str]:
    return (row.effect is not FlagEffect.STOP, row.due_at, row.case_ref, str(row.flag_id))


def flags(
    rows: Iterable[AttentionRow], now: datetime, *, of_one_case: bool = False
) -> RenderableType:
    """Return flags in the order given, like ones as one; `now` decides what is overdue."""
    listed = table("Due", "What", "Who", whole=("Due",))
    for row, more in alike(rows):
        case = None if of_one_case else shown(row.case_ref, "when")
        why, about = told_flag(row, more)
        listed.add_row(_due(row, now), lines(why, phrase(case, about)), _who(row))
    return listed


def flags_in_full(rows: Iterable[AttentionRow], now: datetime) -> RenderableType:
    """Return the flags of one case, each with its rule and with what makes it go away."""
    listed = table("Due", "What", "Who", whole=("Due",))
    for row in rows:
        rule = phrase(_rule(row), Text(row.title, "quiet"))
        clears = Text(plain(f"Goes away with {row.clears}."), "quiet")
        team = Text(plain(f"with {', '.join(row.team)}"), "quiet") if row.team else None
        listed.add_row(_due(row, now), lines(_why(row), rule, clears), lines(_who(row), team))
    return listed


def told_flag(row: AttentionRow, more: int) -> tuple[Text, Text]:
    """Return why a flag stands; and which rule says so, of what, and how many more are like it."""
    return _why(row), phrase(_rule(row), _more(more))


def alike(rows: Iterable[AttentionRow]) -> list[tuple[AttentionRow, int]]:
    """Return the first of flags that say the same of the same case, and how many more there are."""
    found: dict[tuple[object, ...], list[AttentionRow]] = {}
    for row in rows:
        told = (row.case_ref, row.rule, row.why, row.effect, row.owner, _about(row.item))
        found.setdefault(told, []).append(row)
    return [(first, len(others)) for first, *others in found.values()]


def summary(overdue: int, soon: int, due: int) -> Text:
    """Return how many flags stand, by how urgent they are."""
    return phrase(
        Text(f"{overdue:,} overdue", "alarm" if overdue else "quiet"),
        Text(f"{soon:,} due soon", "attention" if soon else "quiet"),
        Text(f"{due:,} due later", "quiet"),
    )


def tally(rows: Iterable[AttentionRow], now: datetime) -> tuple[int, int, int]:
    """Return how many of `rows` are overdue, due soon and due later."""
    found = Counter(row.timeliness(now) for row in rows)
    return found[Timeliness.OVERDUE], found[Timeliness.SOON], found[Timeliness.DUE]


def _due(row: AttentionRow, now: datetime) -> Text:
    style = _STYLES[row.timeliness(now)]
    stop = Text("stop", "alarm") if row.effect is FlagEffect.STOP else None
    at = row.due_at
    distance = f"overdue {_time(at, now)}" if at <= now else f"in {_time(now, at)}"
    if row.effect is not FlagEffect.DUTY and at <= row.since:
        # Nothing fell due: it has needed looking at ever since.
        distance = f"for {_time(at, now)}"
    return lines(stop, Text(distance, style), Text(when(at), "quiet"))


def _time(earlier: datetime, later: datetime) -> str:
    passed = later - earlier
    if passed < _AN_HOUR:
        return counted(int(passed.total_seconds() // 60), "minute")
    if passed < 2 * _A_DAY:
        return counted(passed // _AN_HOUR, "hour")
    return span(days_from(earlier, later))


def _why(row: AttentionRow) -> Text:
    return shown(row.why, "title")


def _rule(row: AttentionRow) -> Text:
    return phrase(Text(row.rule, "quiet"), Text(_about(row.item), "quiet"))


def _more(number: int) -> Text | None:
    return Text(f"and {number:,} more like it", "attention") if number else None


def _about(item: str) -> str:
    """Return what a flag is about; nothing where only a machine could tell."""
    told = item.partition("/")[0]
    kind, _, name = told.partition(":")
    if not name or _EVENT_ID.fullmatch(name):
        return ""
    return plain(told if kind == "person" else f"{kind.replace('-', ' ')} {name}")


def _who(row: AttentionRow) -> Text:
    return shown(row.owner) if row.owner else Text("nobody yet", "attention")
