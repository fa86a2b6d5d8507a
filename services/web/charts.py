"""Charts of figures; each is shown beside the table of the same figures, which says all it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.web.scales import Tick, round_above

WIDTH = 640
_LABELS = 200
"""The room that the names of bars take."""
_VALUES = 60
_BAR = 32
_LINES_HEIGHT = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 620, 15, 225
_MOST_LABELS = 8


class Figure(NamedTuple):
    """One figure: what it is of, how much, and how that is written."""

    label: str
    value: float | None
    shown: str
    href: str | None = None


class Bar(NamedTuple):
    """A figure as it is drawn."""

    figure: Figure
    top: int
    length: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Figures side by side, from the top down."""

    title: str
    of: str
    """What the figures are of, as the first column of the table says."""
    measure: str
    """What is counted, as its second column says."""
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return _BAR * len(self.bars)

    @property
    def left(self) -> int:
        """Where bars begin."""
        return _LABELS


def bar_chart(title: str, of: str, measure: str, figures: Sequence[Figure]) -> BarChart:
    """Return the chart of figures, in their order."""
    most = max((figure.value or 0 for figure in figures), default=0) or 1
    room = WIDTH - _LABELS - _VALUES
    bars = (
        Bar(figure, number * _BAR, round((figure.value or 0) / most * room, 1))
        for number, figure in enumerate(figures)
    )
    return BarChart(title, of, measure, tuple(bars))


class Series(NamedTuple):
    """Figures of the same kind, one for each period."""

    name: str
    figures: Sequence[Figure]


class DrawnSeries(NamedTuple):
    """A series as it is drawn: lines between figures that follow each other, and a dot at each."""

    name: str
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Figures over time; where a period has none, the line is broken."""

    title: str
    of: str
    series: tuple[Series, ...]
    drawn: tuple[DrawnSeries, ...]
    grid: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    height: int = _LINES_HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    bottom: int = _BOTTOM

    @property
    def labels(self) -> list[str]:
        """What the periods are called."""
        return [figure.label for figure in self.series[0].figures] if self.series else []


def line_chart(title: str, of: str, series: Sequence[Series]) -> LineChart:
    """Return the chart of series over the same periods."""
    labels = [figure.label for figure in series[0].figures] if series else []
    values = [figure.value or 0 for each in series for figure in each.figures]
    top = round_above(max(values, default=0))
    places = [_across(number, len(labels)) for number in range(len(labels))]
    every = -(-len(labels) // _MOST_LABELS) or 1
    ticks = [Tick(at, text) for at, text in zip(places, labels, strict=True)][::every]
    steps = _steps(top)
    grid = (Tick(_up(top * n / steps, top), f"{top * n / steps:g}") for n in range(steps + 1))
    drawn = tuple(_drawn(each, places, top) for each in series)
    return LineChart(title, of, tuple(series), drawn, tuple(grid), tuple(ticks))


def _steps(top: float) -> int:
    """Return by how many steps an axis rises to 1, 2, 5 or 10 times whatever, in whole numbers."""
    if top < 5:
        return int(top)
    return 4 if f"{top:g}".startswith("2") else 5


def _across(number: int, count: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * (number + 0.5) / count, 1)


def _up(value: float, top: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / top, 1)


def _drawn(series: Series, places: Sequence[float], top: float) -> DrawnSeries:
    runs: list[list[tuple[float, float]]] = [[]]
    for at, figure in zip(places, series.figures, strict=True):
        if figure.value is None:
            runs.append([])
        else:
            runs[-1].append((at, _up(figure.value, top)))
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    return DrawnSeries(series.name, lines, tuple(dot for run in runs for dot in run))
