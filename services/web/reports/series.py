"""Figures over several periods of one kind, small numbers held back, as tables show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from adapters.read_store.kpi import Definition, Period, ScopedFigure
from services.api.context import Context
from services.api.lists.small_numbers import held_back, key_of
from services.dimensions import part_of
from services.web.charts import Figure, LineChart, Series, line_chart
from services.wording import words

HELD_BACK = "Held back"
_NOTHING = "None"
_ALL = "all"
_OF_AUTHORITY = "authority"

HOW_MANY = {"month": 6, "quarter": 5, "year": 3, "financial-year": 3}
"""How many periods stand side by side."""
KINDS = {"month": "Month", "quarter": "Quarter", "year": "Year", "financial-year": "Financial year"}
"""The kinds of period there are, and what they are called."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one period, as it is shown."""

    shown: str
    value: float | None = None
    facts: int = 0
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, or a part of one, over the periods."""

    figure: str
    dimension: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class FigureSeries:
    """All figures of some periods, and what they mean."""

    periods: Sequence[Period]
    meanings: Mapping[str, Definition]
    found: Mapping[Period, Sequence[ScopedFigure]]
    counted_at: datetime

    @cached_property
    def authorities(self) -> list[str]:
        """The authorities that any figure is of."""
        told = {each.authority for figures in self.found.values() for each in figures}
        return sorted(code for code in told if code)

    def line(self, figure: str, authority: str | None, dimension: str = "") -> Line:
        """Return one figure over the periods."""
        cells = (self._cell(period, figure, authority, dimension) for period in self.periods)
        name = part_of(figure, dimension) if dimension else words(figure)
        return Line(figure, dimension, name, tuple(cells))

    def parts(self, figure: str, authority: str | None) -> list[Line]:
        """Return the parts of a figure that is split, the greatest first; none of another."""
        found = {
            each.dimension
            for figures in self.found.values()
            for each in figures
            if each.figure == figure and each.dimension and _is_of(each, authority)
        }
        lines = [self.line(figure, authority, dimension) for dimension in found]
        return sorted(lines, key=lambda it: (-sum(cell.facts for cell in it.cells), it.name))

    def is_split(self, figure: str) -> bool:
        """Whether a figure has parts and no total."""
        own = [each for found in self.found.values() for each in found if each.figure == figure]
        return any(each.dimension for each in own)

    def chart(self, title: str, figures: Sequence[str], authority: str | None) -> LineChart:
        """Return figures over the periods as a drawing."""
        lines = [self.line(figure, authority) for figure in figures]
        return chart_of(title, self.periods, lines)

    def _cell(self, period: Period, figure: str, authority: str | None, dimension: str) -> Cell:
        found = self._by_key.get((period, figure, dimension, authority))
        meaning = self.meanings[figure]
        if found is None:
            counts = meaning.aggregation in ("count", "at-end")
            return Cell("0", 0.0) if counts else Cell(_NOTHING)
        if key_of(found) in self._hidden[period]:
            return Cell(HELD_BACK, None, found.facts, is_held_back=True)
        return Cell(written(found, meaning), found.value, found.facts)

    @cached_property
    def _by_key(self) -> dict[tuple[Period, str, str, str | None], ScopedFigure]:
        return {
            (period, each.figure, each.dimension, each.authority): each
            for period, figures in self.found.items()
            for each in figures
            if _is_of(each, each.authority)
        }

    @cached_property
    def _hidden(self) -> dict[Period, frozenset[tuple[str, str, str, str | None]]]:
        return {period: held_back(figures) for period, figures in self.found.items()}


def read_series(context: Context, kind: str, last: Period, how_many: int) -> FigureSeries:
    """Return the figures of the period `last` and of those before it."""
    periods = [last]
    while len(periods) < how_many:
        periods.insert(0, periods[0].before())
    store = context.read_store
    meanings = {each.figure: each for each in store.definitions()}
    return FigureSeries(periods, meanings, store.figures_of_periods(periods), store.counted_at())


def chart_of(title: str, periods: Sequence[Period], lines: Sequence[Line]) -> LineChart:
    """Return lines over periods as a drawing; what is held back is left out of it."""
    series = [
        Series(
            line.name,
            [
                Figure(called(period), cell.value, cell.shown)
                for period, cell in zip(periods, line.cells, strict=True)
            ],
        )
        for line in lines
    ]
    return line_chart(title, KINDS[periods[0].kind], series)


def written(found: ScopedFigure, meaning: Definition) -> str:
    """Return a figure as people write it: "12", "68%", "6.5 days"."""
    if found.value is None:
        return _NOTHING
    number = f"{found.value:,.1f}".removesuffix(".0")
    if meaning.unit == "per cent":
        return f"{number}%"
    if meaning.aggregation == "median":
        return f"{number} {meaning.unit}".removesuffix("s" if number == "1" else "\n")
    return number


def called(period: Period) -> str:
    """Return what a period is called: "Mar 2025", "Jan to Mar 2025", "2025", "2024 to 2025"."""
    first, last = period.starts_on, period.ends_on
    match period.kind:
        case "month":
            return f"{first:%b %Y}"
        case "quarter":
            return f"{first:%b} to {last:%b %Y}"
        case "year":
            return f"{first:%Y}"
        case _:
            return f"{first:%Y} to {last:%Y}"


def is_under_way(period: Period, today: date) -> bool:
    """Tell whether a period has not ended yet."""
    return period.starts_on <= today <= period.ends_on


def _is_of(each: ScopedFigure, authority: str | None) -> bool:
    return each.scope == (_OF_AUTHORITY if authority else _ALL) and each.authority == authority
