"""Moments and days as people in England write them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from domain.times import in_london
from domain.vocabulary.record import Precision
from services.happening import (
    Happening,
    counted,
    day,
    days_from,
    is_loose,
    known_late,
    often,
    span,
)

__all__ = [
    "Happening",
    "Told",
    "counted",
    "day",
    "day_as_known",
    "day_of",
    "days_from",
    "happened",
    "is_loose",
    "known_late",
    "long_moment",
    "moment",
    "often",
    "short_moment",
    "span",
    "weekday",
]

_DASH = "\N{EN DASH}"


Told = Callable[[datetime], str]
"""What says on which day, or in which month, something was."""


def weekday(value: date) -> str:
    """Return a day with its weekday: `Tue 5 March 2024`."""
    return f"{value:%a} {day(value)}"


def day_of(value: datetime) -> str:
    """Return the day of a moment, in England."""
    return day(in_london(value).date())


def day_as_known(happenings: Iterable[Happening]) -> Told:
    """Return what tells the day of a moment, but no more exactly than these say: `March 2024`.

    Other read models keep the beginning of a period only; the timeline has how exact it is.
    """
    loose: dict[datetime, str] = {}
    exact: set[datetime] = set()
    for each in happenings:
        if is_loose(each):
            loose[each.occurred_at] = happened(each)
        else:
            exact.add(each.occurred_at)

    def told(value: datetime) -> str:
        return day_of(value) if value in exact else loose.get(value, day_of(value))

    return told


def moment(value: datetime) -> str:
    """Return a moment on an English clock: `5 March 2024 21:40`."""
    local = in_london(value)
    return f"{day(local)} {local:%H:%M}"


def short_moment(value: datetime) -> str:
    """Return a moment where there is little room: `5 Mar 2024 21:40`."""
    local = in_london(value)
    return f"{local.day} {local:%b %Y %H:%M}"


def long_moment(value: datetime) -> str:
    """Return a moment on an English clock with its weekday: `Tue 5 March 2024 21:40`."""
    return f"{in_london(value):%a} {moment(value)}"


def happened(what: Happening) -> str:
    """Return when something happened, as exactly as it is known; a long range on two lines."""
    local = in_london(what.occurred_at)
    match what.occurred_precision:
        case Precision.INSTANT:
            return long_moment(what.occurred_at)
        case Precision.DAY:
            return weekday(local)
        case Precision.MONTH:
            return f"{local:%B %Y}"
        case Precision.YEAR:
            return f"{local:%Y}"
        case Precision.APPROXIMATE:
            return f"about {day(local)}"
        case Precision.RANGE:
            return _between(local, in_london(what.occurred_to or what.occurred_at))


def _between(start: datetime, end: datetime) -> str:
    if _is_whole_days(start, end):
        return _days_between(start.date(), (end - timedelta(microseconds=1)).date())
    if start.date() == end.date():
        return f"{start:%a} {day(start)}\n{start:%H:%M}{_DASH}{end:%H:%M}"
    return f"{long_moment(start)} {_DASH}\n{long_moment(end)}"


def _is_whole_days(start: datetime, end: datetime) -> bool:
    ends_a_day = end.time() == time.min or (end.hour, end.minute) == (23, 59)
    return start.time() == time.min and ends_a_day


def _days_between(first: date, last: date) -> str:
    if first >= last:
        return weekday(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} {_DASH} {day(last)}"
    return f"{day(first)} {_DASH}\n{day(last)}"
