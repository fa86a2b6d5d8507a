"""Where moments and numbers lie along an axis of a drawing, and what is written beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, floor, log10
from typing import NamedTuple

from domain.times import in_london, start_of_day

_MOST_TICKS = 7
_STEPS = (1, 2, 5, 10)
_WEEKS = 45
"""Up to this many days an axis is written in days."""
_MONTHS_IN_YEAR = 12


class Tick(NamedTuple):
    """A place along an axis, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """An axis from one moment to a later one, drawn from `left` to `right`."""

    first: datetime
    last: datetime
    left: float
    right: float

    def at(self, moment: datetime) -> float:
        """Return where a moment lies."""
        share = (moment - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self) -> list[Tick]:
        """Return days, months or years along the axis, few enough to be read."""
        start, end = in_london(self.first).date(), in_london(self.last).date()
        days = (end - start).days
        months = (end.year - start.year) * _MONTHS_IN_YEAR + end.month - start.month
        if days <= _WEEKS:
            told = _days(start, end, ceil((days + 1) / _MOST_TICKS))
        elif months <= _MOST_TICKS * 6:
            told = _months(start, end, _step(months, (1, 2, 3, 6)))
        else:
            told = _months(start, end, _MONTHS_IN_YEAR * ceil(months / 12 / _MOST_TICKS))
        return [
            Tick(self.at(moment), text)
            for day, text in told
            if self.first <= (moment := start_of_day(day)) <= self.last
        ]


def _days(start: date, end: date, step: int) -> Iterator[tuple[date, str]]:
    for number in range(0, (end - start).days + 1, step):
        day = start + timedelta(days=number)
        yield day, f"{day.day} {day:%b}"


def _months(start: date, end: date, step: int) -> Iterator[tuple[date, str]]:
    first = start.year * _MONTHS_IN_YEAR + start.month - 1
    last = end.year * _MONTHS_IN_YEAR + end.month - 1
    for number in range(step * ceil(first / step), last + 1, step):
        day = date(number // _MONTHS_IN_YEAR, number % _MONTHS_IN_YEAR + 1, 1)
        yield day, f"{day:%Y}" if step >= _MONTHS_IN_YEAR else f"{day:%b %Y}"


def _step(count: int, steps: tuple[int, ...]) -> int:
    return next((step for step in steps if count / step <= _MOST_TICKS), steps[-1])


def round_above(value: float) -> float:
    """Return the least of 1, 2, 5, 10, 20, 50 and so on that is not below `value`."""
    if value <= 1:
        return 1
    size: float = 10 ** floor(log10(value))
    return next(step * size for step in _STEPS if step * size >= value)
