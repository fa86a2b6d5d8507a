"""Moments and days: what is read, what is refused, what a day in England includes."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from domain.times import (
    LONDON,
    Day,
    Timestamp,
    end_of_day,
    in_london,
    parse_date,
    parse_timestamp,
)

TIMESTAMP: TypeAdapter[datetime] = TypeAdapter(Timestamp)
DAY: TypeAdapter[date] = TypeAdapter(Day)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-03-05T14:30:00Z", datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-03-05t14:30:00z", datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-07-05T14:30:00+01:00", datetime(2024, 7, 5, 13, 30, tzinfo=UTC)),
        ("2024-03-05T14:30:00-00:00", datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-03-05T14:30:00+14:00", datetime(2024, 3, 5, 0, 30, tzinfo=UTC)),
        ("2024-03-05T14:30:00.5Z", datetime(2024, 3, 5, 14, 30, 0, 500_000, tzinfo=UTC)),
        ("2024-03-05T14:30:00.123456789Z", datetime(2024, 3, 5, 14, 30, 0, 123_456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("1900-01-01T00:00:00Z", datetime(1900, 1, 1, tzinfo=UTC)),
        ("2200-12-31T23:59:59Z", datetime(2200, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_reads_a_timestamp_and_keeps_it_in_utc(written: str, moment: datetime) -> None:
    read = parse_timestamp(written)
    assert read == moment
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2024-03-05T14:30:00", "timestamp-needs-offset"),
        (datetime(2024, 3, 5, 14, 30), "timestamp-needs-offset"),  # noqa: DTZ001
        ("2024-03-05", "invalid-timestamp"),
        ("2024-03-05 14:30:00Z", "invalid-timestamp"),
        ("2024-03-05T14:30Z", "invalid-timestamp"),
        ("2024-03-05T14:30:00Z ", "invalid-timestamp"),
        ("2024-03-05T14:30:00Z\n", "invalid-timestamp"),
        ("2024-03-05T14:30:00.Z", "invalid-timestamp"),
        ("2024-03-05T14:30:00+0100", "invalid-timestamp"),
        ("24-03-05T14:30:00Z", "invalid-timestamp"),
        ("\u0662\u0660\u0662\u0664-03-05T14:30:00Z", "invalid-timestamp"),
        ("2024-13-05T14:30:00Z", "invalid-timestamp"),
        ("2023-02-29T14:30:00Z", "invalid-timestamp"),
        ("2024-03-05T24:00:00Z", "invalid-timestamp"),
        ("2024-03-05T14:30:61Z", "invalid-timestamp"),
        ("2024-03-05T14:30:00+01:60", "invalid-timestamp"),
        ("2024-03-05T14:30:00+24:00", "invalid-timestamp"),
        ("0000-01-01T00:00:00Z", "invalid-timestamp"),
        (1_709_649_000, "invalid-timestamp"),
        (1_709_649_000.0, "invalid-timestamp"),
        ("1709649000", "invalid-timestamp"),
        (True, "invalid-timestamp"),
        (None, "invalid-timestamp"),
        (date(2024, 3, 5), "invalid-timestamp"),
        ("2024-03-05T14:30:00+14:01", "timestamp-out-of-range"),
        ("2024-03-05T14:30:00-23:59", "timestamp-out-of-range"),
        ("0001-01-01T00:00:00Z", "timestamp-out-of-range"),
        ("0001-01-01T00:00:00+14:00", "timestamp-out-of-range"),
        ("1899-12-31T23:59:59Z", "timestamp-out-of-range"),
        ("1900-01-01T00:00:00+14:00", "timestamp-out-of-range"),
        ("2201-01-01T00:00:00Z", "timestamp-out-of-range"),
        ("2200-12-31T23:59:59-14:00", "timestamp-out-of-range"),
        ("9999-12-31T23:59:59-14:00", "timestamp-out-of-range"),
    ],
)
def test_refuses_what_is_no_real_timestamp(written: object, why: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_timestamp(written)
    assert refused.value.type == why


@given(
    st.sampled_from([datetime(1900, 1, 1, tzinfo=UTC), datetime(2201, 1, 1, tzinfo=UTC)]),
    st.timedeltas(timedelta(days=-1), timedelta(days=1)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
@settings(max_examples=200, deadline=None)
def test_what_is_taken_in_is_read_back_from_the_store(
    limit: datetime, distance: timedelta, zone: timezone
) -> None:
    with suppress(PydanticCustomError):
        moment = parse_timestamp((limit + distance).astimezone(zone).isoformat())
        assert TIMESTAMP.validate_json(TIMESTAMP.dump_json(moment)) == moment


def test_reads_a_day() -> None:
    assert parse_date("2024-02-29") == date(2024, 2, 29)
    assert parse_date(date(2024, 2, 29)) == date(2024, 2, 29)
    assert DAY.validate_json(DAY.dump_json(date(2024, 2, 29))) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2023-02-29", "invalid-date"),
        ("2024-2-9", "invalid-date"),
        ("20240229", "invalid-date"),
        ("2024-W09-4", "invalid-date"),
        ("2024-02-29T00:00:00Z", "invalid-date"),
        ("29/02/2024", "invalid-date"),
        ("2024-02-29\n", "invalid-date"),
        (19_782, "invalid-date"),
        (None, "invalid-date"),
        (datetime(2024, 2, 29, tzinfo=UTC), "invalid-date"),
        ("1899-12-31", "timestamp-out-of-range"),
        ("2201-01-01", "timestamp-out-of-range"),
    ],
)
def test_refuses_what_is_no_real_day(written: object, why: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_date(written)
    assert refused.value.type == why


@pytest.mark.parametrize(
    ("day", "last_moment"),
    [
        (date(2024, 3, 5), datetime(2024, 3, 5, 23, 59, 59, 999_999, tzinfo=UTC)),
        (date(2024, 7, 5), datetime(2024, 7, 5, 22, 59, 59, 999_999, tzinfo=UTC)),
        (date(2024, 3, 31), datetime(2024, 3, 31, 22, 59, 59, 999_999, tzinfo=UTC)),
        (date(2024, 10, 27), datetime(2024, 10, 27, 23, 59, 59, 999_999, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "clocks go forward", "clocks go back"],
)
def test_a_day_ends_by_the_english_clock(day: date, last_moment: datetime) -> None:
    assert end_of_day(day) == last_moment
    assert in_london(last_moment).date() == day
    assert in_london(last_moment + timedelta(microseconds=1)).date() == day + timedelta(days=1)


def test_shows_a_moment_by_the_english_clock() -> None:
    shown = in_london(datetime(2024, 7, 5, 13, 30, tzinfo=UTC))
    assert (shown.hour, shown.tzinfo) == (14, LONDON)
