"""Moments as the record keeps them: always with an offset on the way in, always UTC inside."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

LONDON = ZoneInfo("Europe/London")
EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
FUTURE_TOLERANCE = timedelta(hours=24)
"""An event may lie this far ahead of the server's clock: clocks differ, facts do not lie ahead."""
CLOCK_TOLERANCE = timedelta(minutes=1)
"""A moment further ahead than this, though still within the tolerance, tells of a clock that is
wrong."""

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)?\Z",
    re.ASCII,
)
_IN_UTC = re.compile(r"(?:19|2[01])\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z\Z", re.ASCII)
"""How nearly all timestamps are written, the stored ones always; the year alone puts them in range.
Read at a fraction of the cost."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_MAX_OFFSET = timedelta(hours=14)
# In UTC, as moments are kept: one that is taken in must also be in range when it is read back.
_EARLIEST = datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC)
_END = datetime(LATEST_YEAR + 1, 1, 1, tzinfo=UTC)


def parse_timestamp(value: object) -> datetime:
    """Read an RFC 3339 timestamp that states its offset; return it in UTC.

    A leap second becomes :59, as no clock here can represent it.
    """
    if isinstance(value, datetime):
        return _aware(value)
    if isinstance(value, str) and _IN_UTC.match(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass  # a leap second, or no such moment: the whole reading says which
    if not isinstance(value, str) or not (parts := _RFC3339.match(value)):
        raise PydanticCustomError("invalid-timestamp", "not an RFC 3339 timestamp")
    year, month, day, hour, minute, second = (int(part) for part in parts.groups()[:6])
    if parts[8] is None:
        raise PydanticCustomError("timestamp-needs-offset", "a timestamp must state its offset")
    micros = int((parts[7] or "0").ljust(6, "0")[:6])
    if second == 60:
        second, micros = 59, 999_999
    try:
        zone = UTC if parts[8] in "Zz" else datetime.strptime(parts[8], "%z").tzinfo
        moment = datetime(year, month, day, hour, minute, second, micros, zone)
    except ValueError:
        raise PydanticCustomError("invalid-timestamp", "no such moment exists") from None
    return _aware(moment)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is UTC and _EARLIEST <= moment < _END:
        return moment
    offset = moment.utcoffset()
    if offset is None:
        raise PydanticCustomError("timestamp-needs-offset", "a timestamp must state its offset")
    if abs(offset) > _MAX_OFFSET or not _EARLIEST <= moment < _END:
        raise PydanticCustomError("timestamp-out-of-range", "outside the range of real timestamps")
    return moment.astimezone(UTC)


def parse_date(value: object) -> date:
    """Read a calendar date written as YYYY-MM-DD."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.match(value):
        raise PydanticCustomError("invalid-date", "not a date written YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("invalid-date", "no such day exists") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise PydanticCustomError("timestamp-out-of-range", "outside the range of real dates")
    return day


Timestamp = Annotated[datetime, BeforeValidator(parse_timestamp)]
"""A moment with an offset, kept in UTC."""

Day = Annotated[date, BeforeValidator(parse_date)]
"""A calendar day in England."""


def start_of_day(day: date) -> datetime:
    """Return the first moment of `day` in England, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the last moment of `day` in England, in UTC: what "known on" that day includes."""
    return datetime.combine(day, time.max, LONDON).astimezone(UTC)


def in_london(moment: datetime) -> datetime:
    """Return `moment` on an English wall clock, for display."""
    return moment.astimezone(LONDON)
