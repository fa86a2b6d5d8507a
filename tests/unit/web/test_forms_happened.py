"""When something happened: told as people tell it, settled at once, and never guessed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import in_london
from domain.vocabulary.record import Precision
from services.web.forms.answers import Wrong, answers_of
from services.web.forms.happened import When, happened_in, known_in, settled

NOW = datetime(2026, 7, 22, 11, 30, tzinfo=UTC)


def told(**answers: str) -> dict[str, tuple[str, ...]]:
    named = {name.replace("__", "."): value for name, value in answers.items()}
    return settled(answers_of(named.items()), NOW)


def happened(**answers: str) -> When | None:
    return happened_in(told(happened="day", **answers), NOW)


def fault(**answers: str) -> str | None:
    with pytest.raises(Wrong) as caught:
        happened_in(told(**answers), NOW)
    return caught.value.name


def test_nothing_is_assumed_where_nothing_is_told() -> None:
    assert happened_in({}, NOW) is None
    assert known_in({}, NOW) is None


def test_today_stays_the_day_on_which_it_was_told() -> None:
    answers = told(happened="today", happened__time="9am", known="now")
    later = NOW + timedelta(days=5)
    when = happened_in(settled(answers, later), later)
    assert when == When(datetime(2026, 7, 22, 8, tzinfo=UTC), Precision.INSTANT)
    assert known_in(settled(answers, later), later) == NOW


@pytest.mark.parametrize(
    ("typed", "at", "precision"),
    [
        ({"day": "1", "month": "3", "year": "2024"}, "2024-03-01T00:00", Precision.DAY),
        ({"day": "01", "month": "Mar", "year": "2024"}, "2024-03-01T00:00", Precision.DAY),
        ({"month": "march", "year": "2024"}, "2024-03-01T00:00", Precision.MONTH),
        ({"year": "2024"}, "2024-01-01T00:00", Precision.YEAR),
    ],
)
def test_a_day_is_as_exact_as_it_is_told(
    typed: dict[str, str], at: str, precision: Precision
) -> None:
    when = happened(**{f"happened__on__{part}": value for part, value in typed.items()})
    assert when is not None
    assert in_london(when.at).isoformat(timespec="minutes")[:16] == at
    assert when.precision is precision


@pytest.mark.parametrize("typed", ["2:30pm", "2.30 PM", "14:30", "1430", "02:30 p.m."])
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    when = happened_in(told(happened="yesterday", happened__time=typed), NOW)
    assert when == When(datetime(2026, 7, 21, 13, 30, tzinfo=UTC), Precision.INSTANT)


def test_what_is_only_about_right_is_told_so() -> None:
    when = happened_in(told(happened="yesterday", happened__about="yes"), NOW)
    assert when is not None
    assert when.precision is Precision.APPROXIMATE


def test_what_is_not_known_is_about_when_we_came_to_know() -> None:
    answers = told(
        happened="unknown",
        known="earlier",
        known__on__day="2",
        known__on__month="2",
        known__on__year="2026",
    )
    when = happened_in(answers, NOW)
    assert when == When(datetime(2026, 2, 2, tzinfo=UTC), Precision.APPROXIMATE)


def test_what_went_on_for_some_time_ends_with_its_last_day() -> None:
    days = {"from": "1", "to": "3"}
    parts = {
        f"happened__{end}__{part}": value
        for end, day in days.items()
        for part, value in {"day": day, "month": "2", "year": "2026"}.items()
    }
    when = happened_in(told(happened="between", **parts), NOW)
    assert when is not None
    assert when.precision is Precision.RANGE
    assert when.to is not None
    assert when.at.date().isoformat() == "2026-02-01"
    assert when.to.date().isoformat() == "2026-02-03"
    backwards = {
        name.replace("from", "x").replace("to", "from").replace("x", "to"): value
        for name, value in parts.items()
    }
    assert fault(happened="between", **backwards) == "happened.to.day"


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({"happened": "day"}, "happened.on.year"),
        ({"happened": "day", "happened__on__year": "24"}, "happened.on.year"),
        ({"happened": "day", "happened__on__year": "2027"}, "happened.on.day"),
        ({"happened": "today", "happened__time": "11pm"}, "happened.time"),
        ({"happened": "today", "happened__time": "25:00"}, "happened.time"),
        ({"happened": "today", "happened__time": "2"}, "happened.time"),
    ],
)
def test_what_cannot_be_is_told_where_it_stands(answers: dict[str, str], name: str) -> None:
    assert fault(**answers) == name


@given(st.integers(946_684_800, 1_767_225_599).map(lambda at: datetime.fromtimestamp(at, UTC)))
def test_any_moment_that_was_can_be_told(moment: datetime) -> None:
    local = in_london(moment)
    when = happened(
        happened__on__day=str(local.day),
        happened__on__month=str(local.month),
        happened__on__year=str(local.year),
        happened__time=f"{local:%H:%M}",
    )
    assert when is not None
    assert when.precision is Precision.INSTANT
    # The hour that clocks go through twice may be told as its first.
    assert timedelta(0) <= moment - when.at <= timedelta(hours=1, minutes=1)
