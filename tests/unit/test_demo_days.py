"""The demonstration puts everything on record on the day on which its story has it published."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import in_london
from services.cli.work.demo_days import (
    IntakeClock,
    Message,
    by_days,
    last_day_told,
    made_up_by,
    opening_of,
    told_in,
)
from services.clock import system_clock
from services.simulation import UNTIL, Simulation
from tests.stories.catalogue import STORIES
from tests.stories.story import Story

EXAMPLES = Path(__file__).parents[2] / "examples"
THEN = datetime(2024, 3, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_is_published_on_the_days_that_it_tells(story: Story) -> None:
    messages = told_in(EXAMPLES / f"{story.name}.ndjson")
    # What is sent again, and known by that, may come at any time.
    told = {
        message.event_id: (in_london(message.published).date(), in_london(line.published).date())
        for message, line in zip(reversed(messages), reversed(list(story.lines())), strict=True)
    }
    assert len(told) > 60
    assert {each: days for each, days in told.items() if days[0] != days[1]} == {}


def test_the_clock_is_never_set_back_to_before_something_was_known() -> None:
    stories = chain.from_iterable(told_in(path) for path in EXAMPLES.glob("*.ndjson"))
    messages = [*stories, *made_up_by(Simulation(20))]
    days = list(by_days(messages))
    assert sorted(chain.from_iterable(days)) == sorted(messages)
    for day in days:
        assert len({in_london(message.published).date() for message in day}) == 1
        assert all(message.published <= day[-1].published for message in day)
    for day, following in pairwise(days):
        assert day[-1].published <= following[0].published


def test_what_is_done_in_the_day_is_not_recorded_in_the_evening() -> None:
    at_noon, at_night = _published(12), _published(22)
    assert list(by_days([at_night, at_noon])) == [[at_noon], [at_night]]


def _published(hour: int) -> Message:
    message = told_in(EXAMPLES / "cromwood.ndjson")[0]
    return message._replace(published=datetime(2024, 1, 5, hour, tzinfo=UTC))


@given(
    first=st.dates(date(2025, 1, 1), date(2060, 12, 31)),
    later=st.timedeltas(timedelta(0), timedelta(days=3_000)),
)
def test_run_again_the_demonstration_makes_the_same_up(first: date, later: timedelta) -> None:
    last = last_day_told(None, first)
    assert last == first - timedelta(days=1)
    assert last_day_told(in_london(opening_of(last)).date(), first + later) == last


def test_a_record_that_was_opened_today_has_the_cases_that_are_made_up_anywhere() -> None:
    assert last_day_told(UNTIL + timedelta(days=7), UNTIL + timedelta(days=7)) == UNTIL


def test_the_record_opens_before_the_first_case_that_is_made_up() -> None:
    made_up = Simulation(20)
    assert opening_of(made_up.until) < min(message.published for message in made_up_by(made_up))


class TestTheClock:
    def test_stands_where_it_was_set_and_then_goes_with_the_system(self) -> None:
        clock = IntakeClock()
        with clock.set_to(THEN):
            assert clock() == clock() == THEN
        assert clock() > THEN

    def test_goes_with_the_system_where_it_is_not_set(self) -> None:
        clock = IntakeClock()
        before = system_clock()
        with clock.set_to(None):
            assert before <= clock() <= system_clock()

    def test_is_never_ahead(self) -> None:
        clock = IntakeClock()
        with clock.set_to(system_clock() + timedelta(days=1)):
            assert clock() <= system_clock()

    def test_goes_with_the_system_after_a_failure(self) -> None:
        clock = IntakeClock()
        with pytest.raises(KeyError), clock.set_to(THEN):
            raise KeyError
        assert clock() > THEN
