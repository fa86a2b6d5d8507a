"""When things happened, how exactly that is known, and how long it took: for every display."""

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.times import LONDON, end_of_day, in_london, parse_date
from domain.vocabulary.record import Precision

_NOTEWORTHY = timedelta(days=1)
_LOOSE = (Precision.MONTH, Precision.YEAR)

# Not a part of a reference that only looks like a date, such as `minutes-2024-03-05`.
_ISO_DATE = re.compile(r"(?<![\w:-])\d{4}-\d{2}-\d{2}(?![\w-])")


class Happening(Protocol):
    """Anything with a time at which it happened, known more or less exactly."""

    @property
    def occurred_at(self) -> datetime: ...  # noqa: D102

    @property
    def occurred_precision(self) -> Precision: ...  # noqa: D102

    @property
    def occurred_to(self) -> datetime | None: ...  # noqa: D102


def is_loose(what: Happening) -> bool:
    """Tell whether no more than the month or the year is known, so that days cannot be counted."""
    return what.occurred_precision in _LOOSE


def latest(what: Happening) -> datetime:
    """Return the last moment at which something may have happened."""
    local = in_london(what.occurred_at)
    match what.occurred_precision:
        case Precision.INSTANT:
            return what.occurred_at
        case Precision.RANGE:
            return what.occurred_to or what.occurred_at
        case Precision.MONTH:
            return end_of_day(local.date().replace(day=monthrange(local.year, local.month)[1]))
        case Precision.YEAR:
            return end_of_day(date(local.year, 12, 31))
        case Precision.DAY | Precision.APPROXIMATE:
            return end_of_day(local.date())


def known_late(what: Happening, known_at: datetime) -> timedelta | None:
    """Return how long after it happened the landlord knew, if that is more than a day."""
    late = known_at - latest(what)
    return late if late > _NOTEWORTHY else None


def days_from(first: datetime, last: datetime) -> int:
    """Return how many midnights in England lie between two moments."""
    return (last.astimezone(LONDON).date() - first.astimezone(LONDON).date()).days


def span(days: int) -> str:
    """Return a number of days in words: `1 day`, `12 days`, `4 months`, `14 years`."""
    if days < 61:
        return counted(days, "day")
    if days < 3 * 365:
        return counted(round(days / 30.44), "month")
    return counted(int(days / 365.25), "year")


def often(number: int) -> str:
    """Return how often: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 event`, `2,000 events`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(value: date) -> str:
    """Return a day: `5 March 2024`."""
    return f"{value.day} {value:%B %Y}"


def with_days(text: str) -> str:
    """Return a headline with the days in it as people write them."""
    return _ISO_DATE.sub(_day, text)


def _day(found: re.Match[str]) -> str:
    with suppress(ValueError):
        return day(parse_date(found[0]))
    return found[0]
