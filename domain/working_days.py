"""Working days in England: Monday to Friday, but for bank holidays."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache

from domain.times import end_of_day, in_london

_SATURDAY = 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England in `year`, as the library `holidays` knows them."""
    import holidays  # takes half a second, which only those who need it should spend

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether offices are open on `day`."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def working_day(day: date, number: int) -> date:
    """Return the day `number` working days after `day`, which itself does not count.

    A negative number counts backwards. For 0 it is `day` where that is a working day, else the
    next one that is.
    """
    step = timedelta(days=-1 if number < 0 else 1)
    left = abs(number)
    while left or not is_working_day(day):
        day += step
        left -= is_working_day(day) and left > 0
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after `start`, up to `end`; 0 where there are none."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, days + 1))


def by_working_day(moment: datetime, number: int) -> datetime:
    """Return the end of the day, in England, `number` working days after that of `moment`."""
    return end_of_day(working_day(in_london(moment).date(), number))


def by_day(moment: datetime, number: int) -> datetime:
    """Return the end of the day, in England, `number` calendar days after that of `moment`."""
    return end_of_day(in_london(moment).date() + timedelta(days=number))


def months_after(day: date, number: int) -> date:
    """Return the same day of the month `number` calendar months later; negative counts backwards.

    Where that month has no such day it is the last that it has.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def by_month(moment: datetime, number: int) -> datetime:
    """Return the end of the day, in England, `number` calendar months after that of `moment`.

    Where the month has no such day it is the last that it has.
    """
    return end_of_day(months_after(in_london(moment).date(), number))
