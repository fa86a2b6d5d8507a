"""Dates and times in words, on an English wall clock: "14 January 2025 at 2:30pm"."""

from datetime import date, datetime

from markupsafe import Markup

from domain.times import in_london
from domain.vocabulary.record import Precision

_MIDNIGHT, _MIDDAY = (0, 0), (12, 0)
_TIME, _TOLD, _TIME_ENDS = Markup('<time datetime="'), Markup('">'), Markup("</time>")


def day(moment: datetime | date) -> str:
    """Return the date: "14 January 2025"."""
    local = _local(moment)
    return f"{local.day} {local:%B %Y}"


def short_day(moment: datetime | date) -> str:
    """Return the date for dense tables: "14 Jan 2025"."""
    local = _local(moment)
    return f"{local.day} {local:%b %Y}"


def clock(moment: datetime) -> str:
    """Return the time of day: "2:30pm", "9am", "midday", "midnight"."""
    local = in_london(moment)
    if (local.hour, local.minute) == _MIDNIGHT:
        return "midnight"
    if (local.hour, local.minute) == _MIDDAY:
        return "midday"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def day_and_time(moment: datetime) -> str:
    """Return both: "14 January 2025 at 2:30pm"."""
    return f"{day(moment)} at {clock(moment)}"


def month(moment: datetime | date) -> str:
    """Return the month: "January 2025"."""
    return f"{_local(moment):%B %Y}"


def happened(
    moment: datetime, precision: str = Precision.INSTANT, until: datetime | None = None
) -> str:
    """Return when something happened, no more exactly than it is known."""
    match Precision(precision):
        case Precision.DAY:
            return day(moment)
        case Precision.MONTH:
            return month(moment)
        case Precision.YEAR:
            return f"{_local(moment):%Y}"
        case Precision.APPROXIMATE:
            return f"about {day_and_time(moment)}"
        case Precision.RANGE:
            return span(moment, until) if until else f"from {day_and_time(moment)}"
        case _:
            return day_and_time(moment)


def span(start: datetime, end: datetime) -> str:
    """Return from when to when, naming a day that is the same only once."""
    if _local(start) == _local(end):
        return f"{day(start)}, {clock(start)} to {clock(end)}"
    return f"{day_and_time(start)} to {day_and_time(end)}"


def machine_readable(moment: datetime | date) -> str:
    """Return what the `datetime` attribute of `<time>` takes, with the English offset."""
    if isinstance(moment, datetime):
        return in_london(moment).isoformat(timespec="minutes")
    return moment.isoformat()


def time_tag(moment: datetime | date, told: str) -> Markup:
    """Return `told` in the element that says to machines which moment it is."""
    # A page has hundreds of them, and to format a Markup takes several times as long.
    return _TIME + machine_readable(moment) + _TOLD + told + _TIME_ENDS


def how_long(seconds: float) -> str:
    """Return a length of time by its greatest unit: "3 days", "1 hour", "under a second"."""
    if seconds < 1:
        return "under a second"
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            return counted(int(seconds // size), unit)
    raise AssertionError("a length of time is a number")  # not reached: NaN is no length of time


def counted(number: int, thing: str) -> str:
    """Return how many of something regular there are: "1 case", "2,431 cases"."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def _local(moment: datetime | date) -> date:
    return in_london(moment).date() if isinstance(moment, datetime) else moment
