"""Dates and times are in words that housing officers use, on an English wall clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import in_london
from domain.vocabulary.record import Precision
from services.web import dates

WINTER = datetime(2025, 1, 14, 14, 30, tzinfo=UTC)
SUMMER = datetime(2025, 7, 31, 23, 5, tzinfo=UTC)


def test_a_day_is_written_out_without_a_leading_zero() -> None:
    assert dates.day(date(2025, 1, 4)) == "4 January 2025"
    assert dates.short_day(date(2025, 1, 4)) == "4 Jan 2025"
    assert dates.month(WINTER) == "January 2025"


def test_a_moment_in_summer_is_an_hour_later_in_england_and_may_be_the_next_day() -> None:
    assert dates.day_and_time(SUMMER) == "1 August 2025 at 12:05am"
    assert dates.machine_readable(SUMMER) == "2025-08-01T00:05+01:00"


@pytest.mark.parametrize(
    ("hour", "minute", "told"),
    [
        (0, 0, "midnight"),
        (0, 1, "12:01am"),
        (9, 0, "9am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (14, 30, "2:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_the_time_of_day_is_of_twelve_hours(hour: int, minute: int, told: str) -> None:
    assert dates.clock(WINTER.replace(hour=hour, minute=minute)) == told


@given(st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(year=2024)))
def test_no_two_minutes_of_a_day_are_told_alike(moment: datetime) -> None:
    later = moment + timedelta(minutes=1)
    if in_london(moment).utcoffset() == in_london(later).utcoffset():
        assert dates.day_and_time(moment) != dates.day_and_time(later)


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        (Precision.INSTANT, "14 January 2025 at 2:30pm"),
        (Precision.DAY, "14 January 2025"),
        (Precision.MONTH, "January 2025"),
        (Precision.YEAR, "2025"),
        (Precision.APPROXIMATE, "about 14 January 2025 at 2:30pm"),
        (Precision.RANGE, "14 January 2025, 2:30pm to 5pm"),
    ],
)
def test_what_happened_is_told_no_more_exactly_than_it_is_known(
    precision: Precision, told: str
) -> None:
    assert dates.happened(WINTER, precision, WINTER.replace(hour=17, minute=0)) == told


def test_every_precision_there_is_can_be_told() -> None:
    assert all(dates.happened(WINTER, precision) for precision in Precision)


def test_a_span_over_days_names_both() -> None:
    until = WINTER + timedelta(days=2)
    assert dates.span(WINTER, until) == "14 January 2025 at 2:30pm to 16 January 2025 at 2:30pm"


def test_what_machines_read_is_in_the_element_and_words_are_escaped() -> None:
    told = dates.time_tag(WINTER, "<b>then</b>")
    assert told == '<time datetime="2025-01-14T14:30+00:00">&lt;b&gt;then&lt;/b&gt;</time>'
    assert dates.time_tag(date(2025, 1, 4), "4 Jan").startswith('<time datetime="2025-01-04">')


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.4, "under a second"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (7200, "2 hours"),
        (86_400 * 3, "3 days"),
    ],
)
def test_a_length_of_time_is_told_by_its_greatest_unit(seconds: float, told: str) -> None:
    assert dates.how_long(seconds) == told


def test_figures_have_separators_and_the_right_number() -> None:
    assert dates.counted(1, "case") == "1 case"
    assert dates.counted(0, "case") == "0 cases"
    assert dates.counted(2431, "case") == "2,431 cases"
