"""Reads days and times of day as people write them."""

import re
from datetime import date, datetime, time, timedelta

from domain.times import EARLIEST_YEAR, LATEST_YEAR, LONDON, start_of_day
from services.web.forms.answers import Answers, Wrong, one

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_TIME = re.compile(
    r"(\d{1,2})(?:[:.]?(\d\d))?\s*(am|pm|a\.m\.|p\.m\.)?\Z", re.IGNORECASE | re.ASCII
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def day_parts(answers: Answers, name: str) -> tuple[str, str, str]:
    """Return the day, month and year that were typed at a control for a day."""
    day, month, year = (one(answers, f"{name}.{part}") for part in ("day", "month", "year"))
    return day, month, year


def day_at(answers: Answers, name: str) -> date | None:
    """Return the day that was typed; None where none was. Raises `Wrong`."""
    day, month, year = day_parts(answers, name)
    if not (day or month or year):
        return None
    for typed, part in ((day, "day"), (month, "month"), (year, "year")):
        if not typed:
            raise Wrong(f"The date must include a {part}", f"{name}.{part}")
    return real_day(name, _number(name, "day", day), month_of(name, month), year_of(name, year))


def month_of(name: str, typed: str) -> int:
    """Return the number of a month, which may be typed as a number or by its name."""
    wanted = typed.lower()
    if len(wanted) >= 3 and wanted.isalpha():
        for number, called in enumerate(MONTHS, 1):
            if called.startswith(wanted):
                return number
    month = _number(name, "month", typed)
    if not 1 <= month <= 12:
        raise Wrong("The month must be a number from 1 to 12, or its name", f"{name}.month")
    return month


def year_of(name: str, typed: str) -> int:
    """Return a year, which is typed in full."""
    year = _number(name, "year", typed)
    if year < 1000:
        raise Wrong("The year must have 4 numbers, for example 2024", f"{name}.year")
    if not EARLIEST_YEAR <= year < LATEST_YEAR:
        raise Wrong(f"The year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}", f"{name}.year")
    return year


def real_day(name: str, day: int, month: int, year: int) -> date:
    """Return a day of the calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        raise Wrong("There is no such day; check the day and the month", f"{name}.day") from None


def time_at(answers: Answers, name: str) -> time | None:
    """Return the time of day that was typed; None where none was."""
    typed = one(answers, name).lower()
    if not typed:
        return None
    if typed in _NAMED:
        return _NAMED[typed]
    found = _TIME.match(typed)
    clock = _clock(found) if found else None
    if clock is None:
        raise Wrong("Enter a time, for example 2:30pm or 14:30", name)
    return clock


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").replace(".", "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif found[2] is None:
        return None  # a bare "2" may be the morning or the afternoon
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_at(answers: Answers, name: str) -> datetime | None:
    """Return the moment that was typed as a day and a time; the day alone is its beginning."""
    day, clock = day_at(answers, name), time_at(answers, f"{name}.time")
    if day is None:
        if clock is not None:
            raise Wrong("Enter the date, too", f"{name}.day")
        return None
    return on(day, clock)


def on(day: date, clock: time | None) -> datetime:
    """Return a moment on an English wall clock, with its offset from UTC."""
    return start_of_day(day) if clock is None else datetime.combine(day, clock, LONDON)


def as_parts(name: str, day: date) -> dict[str, tuple[str, ...]]:
    """Return the answers that stand for a day."""
    return {
        f"{name}.day": (str(day.day),),
        f"{name}.month": (str(day.month),),
        f"{name}.year": (str(day.year),),
    }


def first_of_month(year: int, month: int) -> date:
    """Return the first day of a month."""
    return date(year, month, 1)


def yesterday(today: date) -> date:
    """Return the day before."""
    return today - timedelta(days=1)


def _number(name: str, part: str, typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        raise Wrong(f"The {part} must be a number", f"{name}.{part}")
    return int(typed)
