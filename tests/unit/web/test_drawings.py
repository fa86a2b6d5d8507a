"""Drawings show what the tables and lists beside them say, within their frames."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.web.charts import WIDTH, Figure, Series, bar_chart, line_chart
from services.web.scales import TimeScale, round_above
from services.web.strip import WIDTH as STRIP_WIDTH
from services.web.strip import Mark, strip_of

THEN = datetime(2025, 2, 3, 14, 30, tzinfo=UTC)
_MOMENTS = st.timedeltas(timedelta(), timedelta(days=25_000)).map(
    lambda since: datetime(1990, 1, 1, tzinfo=UTC) + since
)


def test_no_events_make_no_drawing() -> None:
    assert strip_of([]) is None


def test_one_event_that_was_recorded_at_once_is_drawn_straight() -> None:
    strip = strip_of([Mark(THEN, THEN, late=False)])
    assert strip is not None
    assert strip.lines[0].above == strip.lines[0].below
    assert strip.told == "1 event from 3 February 2025 to 3 February 2025. None was recorded late."


def test_late_events_are_counted_and_drawn_over_the_others() -> None:
    days = timedelta(days=1)
    marks = [Mark(THEN, THEN + 26 * days, late=True), Mark(THEN, THEN + days, late=False)]
    strip = strip_of(marks)
    assert strip is not None
    assert [line.late for line in strip.lines] == [False, True]
    assert "1 was recorded late, at most 26 days after it happened" in strip.told


@given(st.lists(st.builds(Mark, _MOMENTS, _MOMENTS, st.booleans()), min_size=1, max_size=20))
def test_every_event_and_tick_lies_within_the_frame(marks: list[Mark]) -> None:
    strip = strip_of(marks)
    assert strip is not None
    places = [place for line in strip.lines for place in (line.above, line.below)]
    assert all(0 < place < STRIP_WIDTH for place in places)
    assert len(strip.lines) == len(marks)
    assert all(0 < tick.at < STRIP_WIDTH for tick in strip.ticks)


@given(_MOMENTS, st.timedeltas(timedelta(days=1), timedelta(days=20_000)))
def test_an_axis_of_time_has_ticks_in_order_and_few(first: datetime, length: timedelta) -> None:
    ticks = TimeScale(first, first + length, 0, 1000).ticks()
    assert ticks == sorted(ticks)
    assert len({tick.text for tick in ticks}) == len(ticks)
    assert 1 <= len(ticks) <= 8


def test_an_axis_is_written_in_days_months_or_years() -> None:
    def told(days: int) -> str:
        return TimeScale(THEN, THEN + timedelta(days=days), 0, 100).ticks()[0].text

    assert (told(6), told(200), told(9000)) == ("4 Feb", "Mar 2025", "2028")


@given(st.floats(0, 1e9))
def test_an_axis_of_figures_ends_at_a_round_number_above_them(value: float) -> None:
    top = round_above(value)
    assert top >= value
    assert f"{top:g}"[0] in "125"


def _figures(*values: float | None) -> list[Figure]:
    return [Figure(str(n), value, str(value)) for n, value in enumerate(values)]


def test_bars_are_as_long_as_their_figures_and_end_within_the_frame() -> None:
    chart = bar_chart("Open cases", "Risk", "Cases", _figures(10, 5, 0, None))
    longest, half, *none = (bar.length for bar in chart.bars)
    assert (half * 2, none) == (longest, [0, 0])
    assert chart.left + longest < WIDTH


def test_a_line_is_broken_where_a_period_has_no_figure() -> None:
    chart = line_chart("Delay", "Month", [Series("Median", _figures(1, 2, None, 3, 4))])
    assert len(chart.drawn[0].lines) == 2
    assert len(chart.drawn[0].dots) == 4


def test_a_figure_between_two_gaps_is_a_dot() -> None:
    chart = line_chart("Delay", "Month", [Series("Median", _figures(None, 2, None))])
    assert (chart.drawn[0].lines, len(chart.drawn[0].dots)) == ((), 1)


def test_a_chart_of_nothing_has_no_periods() -> None:
    assert line_chart("Delay", "Month", []).labels == []
    assert line_chart("Delay", "Month", [Series("Median", [])]).labels == []


def test_an_axis_of_counts_has_whole_numbers() -> None:
    for most in (1, 3, 9, 14, 43, 160):
        chart = line_chart("Cases", "Month", [Series("Open", _figures(most))])
        assert all("." not in tick.text for tick in chart.grid)
