"""Working days in England: which days they are, and how they are counted."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import end_of_day
from domain.working_days import (
    bank_holidays,
    by_day,
    by_month,
    by_working_day,
    is_working_day,
    working_day,
    working_days_between,
)
from tests.support.telling import moment

_YEARS = range(1995, 2041)
_DAYS = [date(_YEARS[0], 1, 1) + timedelta(days=number) for number in range(365 * len(_YEARS) + 11)]
_WORKING = [day for day in _DAYS if is_working_day(day)]
"""Every working day of these years, in order: what counting is checked against."""

days = st.dates(date(_YEARS[2], 1, 1), date(_YEARS[-3], 12, 31))


def _easter(year: int) -> date:
    """Easter Sunday by the tables of the Gregorian calendar."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    march = moon - weekday
    month = 3 + (march + 40) // 44
    return date(year, month, march + 28 - 31 * (month // 4))


@pytest.mark.parametrize(
    "day",
    [
        "2024-01-01",
        "2024-03-29",
        "2024-04-01",
        "2024-05-06",
        "2024-05-27",
        "2024-08-26",
        "2024-12-25",
        "2024-12-26",
        "2020-05-08",  # moved from the Monday, for VE Day
        "2022-06-02",  # moved from May, for the jubilee
        "2022-06-03",
        "2022-09-19",  # the funeral of the Queen
        "2023-05-08",  # the coronation
    ],
)
def test_bank_holidays_are_no_working_days(day: str) -> None:
    assert date.fromisoformat(day) in bank_holidays(int(day[:4]))
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "where"),
    [
        ("2024-01-02", "Scotland"),
        ("2024-03-18", "Northern Ireland"),
        ("2024-07-12", "Northern Ireland"),
        ("2024-08-05", "Scotland"),
        ("2022-05-30", "a year in which it was moved"),
    ],
)
def test_bank_holidays_elsewhere_are_working_days(day: str, where: str) -> None:
    assert is_working_day(date.fromisoformat(day)), where


@pytest.mark.parametrize("year", _YEARS)
def test_easter_is_closed_from_friday_to_monday(year: int) -> None:
    easter = _easter(year)
    around = [easter + timedelta(days=number) for number in range(-3, 3)]
    assert [is_working_day(day) for day in around] == [True, False, False, False, False, True]


@pytest.mark.parametrize("year", _YEARS)
def test_christmas_closes_two_days_of_the_week_whatever_they_fall_on(year: int) -> None:
    christmas = [date(year, 12, day) for day in (25, 26, 27, 28)]
    closed = [day for day in christmas if day.weekday() < 5 and not is_working_day(day)]
    assert len(closed) == 2
    weekdays = [day for day in christmas if day.weekday() < 5]
    assert closed == weekdays[:2]


@pytest.mark.parametrize("year", _YEARS)
def test_new_year_closes_the_first_day_of_the_week_in_it(year: int) -> None:
    january = (date(year, 1, day) for day in (1, 2, 3))
    first = next(day for day in january if day.weekday() < 5)
    assert not is_working_day(first)
    assert is_working_day(working_day(first, 1))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2024-06-03", 1, "2024-06-04"),
        ("2024-06-07", 1, "2024-06-10"),
        ("2024-06-08", 1, "2024-06-10"),
        ("2024-03-28", 1, "2024-04-02"),
        ("2024-12-24", 1, "2024-12-27"),
        ("2021-12-24", 1, "2021-12-29"),
        ("2022-12-23", 2, "2022-12-29"),
        ("2024-06-03", 0, "2024-06-03"),
        ("2024-06-08", 0, "2024-06-10"),
        ("2024-03-29", 0, "2024-04-02"),
        ("2024-06-10", -1, "2024-06-07"),
        ("2024-06-09", -1, "2024-06-07"),
        ("2024-04-02", -1, "2024-03-28"),
        ("2024-06-20", -5, "2024-06-13"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, number: int, end: str) -> None:
    assert working_day(date.fromisoformat(start), number) == date.fromisoformat(end)


@given(days, st.integers(1, 300))
def test_counting_onwards_comes_to_the_nth_working_day(day: date, number: int) -> None:
    assert working_day(day, number) == _WORKING[bisect_right(_WORKING, day) + number - 1]


@given(days, st.integers(1, 300))
def test_counting_back_comes_to_the_nth_working_day_before(day: date, number: int) -> None:
    assert working_day(day, -number) == _WORKING[bisect_left(_WORKING, day) - number]


@given(days)
def test_counting_none_stays_or_goes_to_the_next(day: date) -> None:
    assert working_day(day, 0) == _WORKING[bisect_left(_WORKING, day)]


@given(days, days)
def test_working_days_between_are_those_after_the_first_up_to_the_last(
    start: date, end: date
) -> None:
    between = [day for day in _WORKING if start < day <= end]
    assert working_days_between(start, end) == len(between)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        # Half past midnight in England is still the day before in UTC.
        ("2024-06-04 00:30", 1, "2024-06-05"),
        ("2024-06-07 23:59", 1, "2024-06-10"),
        ("2024-01-04 12:00", 2, "2024-01-08"),
    ],
)
def test_a_duty_ends_with_the_working_day_in_england(start: str, number: int, end: str) -> None:
    assert by_working_day(moment(start), number) == end_of_day(date.fromisoformat(end))


def test_calendar_days_are_those_in_england() -> None:
    assert by_day(moment("2024-06-04 00:30"), 28) == end_of_day(date(2024, 7, 2))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2024-01-15 10:00", 1, "2024-02-15"),
        ("2024-01-31 10:00", 1, "2024-02-29"),
        ("2023-01-31 10:00", 1, "2023-02-28"),
        ("2024-11-30 10:00", 1, "2024-12-30"),
        ("2024-12-15 10:00", 1, "2025-01-15"),
        ("2024-11-30 10:00", 3, "2025-02-28"),
        ("2024-06-01 00:30", 6, "2024-12-01"),
        ("2024-02-29 10:00", 36, "2027-02-28"),
        ("2024-03-31 10:00", -1, "2024-02-29"),
        ("2024-01-15 10:00", -1, "2023-12-15"),
        ("2024-06-15 10:00", 0, "2024-06-15"),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_there_is(
    start: str, number: int, end: str
) -> None:
    assert by_month(moment(start), number) == end_of_day(date.fromisoformat(end))


@given(days, st.integers(0, 40))
def test_a_month_never_skips_one(day: date, number: int) -> None:
    start = datetime.combine(day, datetime.min.time())
    ends = by_month(moment(f"{start:%Y-%m-%d} 12:00"), number)
    months = (ends.year - day.year) * 12 + ends.month - day.month
    assert months == number
