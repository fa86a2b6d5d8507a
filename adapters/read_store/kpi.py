"""Reads the figures of the dashboard by period, and the facts behind each of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from psycopg import Cursor
from psycopg.rows import class_row
from psycopg.sql import SQL

_DEFINITIONS = "SELECT figure, unit, aggregation, meaning, source FROM dashboard.definitions"

_FIGURES = """
SELECT figure, dimension, value::float8 AS value, facts
FROM dashboard.figures
WHERE period = %(kind)s AND starts_on = %(starts_on)s
  AND scope = CASE WHEN %(authority)s::text IS NULL THEN 'all' ELSE 'authority' END
  AND authority IS NOT DISTINCT FROM %(authority)s
ORDER BY figure, value DESC, dimension
"""

# A stock is what counted as the period ended; all else is what happened in it.
BEHIND = SQL("""
JOIN dashboard.definitions AS d USING (figure)
WHERE f.figure = %(figure)s
  AND (%(authority)s::text IS NULL OR f.authority = %(authority)s)
  AND CASE WHEN d.aggregation = 'at-end'
           THEN f.day <= %(ends_on)s AND (f.until IS NULL OR f.until > %(ends_on)s)
           ELSE f.day BETWEEN %(starts_on)s AND %(ends_on)s END
""")

_FACTS = SQL("""
SELECT f.dimension, f.day, f.until, f.case_ref, f.item, f.authority, f.value::float8 AS value
FROM dashboard.facts AS f {} ORDER BY f.dimension, f.day, f.case_ref, f.item
""").format(BEHIND)

_OF_PERIOD = """
SELECT figure, dimension, scope, authority, value::float8 AS value, facts
FROM dashboard.figures
WHERE period = %(kind)s AND starts_on = %(starts_on)s
ORDER BY figure, scope, authority, dimension
"""

_OF_PERIODS = """
SELECT starts_on, figure, dimension, scope, authority, value::float8 AS value, facts
FROM dashboard.figures
WHERE period = %(kind)s AND starts_on BETWEEN %(first)s AND %(last)s
ORDER BY figure, scope, authority, dimension
"""

_COUNTED_AT = "SELECT counted_at FROM dashboard.counted"

_BENCHMARK = """
SELECT row_to_json(b)::text FROM dashboard.benchmark AS b WHERE year = %s
ORDER BY scope, authority NULLS LAST
"""

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "financial-year": 12}
_BEGINS_IN = {"month": 1, "quarter": 1, "year": 1, "financial-year": 4}
"""In which month of the year one begins, if not in each that follows by its length."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter, a year, or a financial year, which begins on 1 April."""

    kind: str
    starts_on: date
    ends_on: date

    @classmethod
    def around(cls, kind: str, day: date) -> Self:
        """Return the period of this kind that `day` lies in."""
        months = _MONTHS[kind]
        into = (day.month - _BEGINS_IN[kind]) % months
        begins = _month(day, -into)
        return cls(kind, begins, _month(begins, months) - timedelta(days=1))

    def before(self) -> Self:
        """Return the period of the same kind that ends as this one begins."""
        return self.around(self.kind, self.starts_on - timedelta(days=1))

    def after(self) -> Self:
        """Return the period of the same kind that begins as this one ends."""
        return self.around(self.kind, self.ends_on + timedelta(days=1))


def _month(day: date, later: int) -> date:
    """Return the first day of the month that lies so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means."""

    figure: str
    unit: str
    aggregation: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one period, or a part of it where it is split."""

    figure: str
    dimension: str
    value: float | None
    facts: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing that a figure counts; cases about staff are counted and never named."""

    dimension: str
    day: date
    until: date | None
    case_ref: str | None
    item: str
    authority: str | None
    value: float


@dataclass(frozen=True, slots=True)
class ScopedFigure:
    """A figure of one period, or a part of it, overall or of one authority."""

    figure: str
    dimension: str
    scope: str
    """`all`, or `authority`."""
    authority: str | None
    value: float | None
    facts: int


def definitions(cursor: Cursor[Any]) -> list[Definition]:
    """Return what every figure means, in the order of the report."""
    with cursor.connection.cursor(row_factory=class_row(Definition)) as found:
        return found.execute(_DEFINITIONS).fetchall()


def figures(cursor: Cursor[Any], period: Period, authority: str | None) -> Sequence[Figure]:
    """Return the figures of a period that count anything, for one authority or for all."""
    values = {"kind": period.kind, "starts_on": period.starts_on, "authority": authority}
    with cursor.connection.cursor(row_factory=class_row(Figure)) as found:
        return found.execute(_FIGURES, values).fetchall()


def facts(
    cursor: Cursor[Any], figure: str, period: Period, authority: str | None
) -> Sequence[Fact]:
    """Return what lies behind a figure."""
    values = _behind(figure, period, authority)
    with cursor.connection.cursor(row_factory=class_row(Fact)) as found:
        return found.execute(_FACTS, values).fetchall()


def figures_of_period(cursor: Cursor[Any], period: Period) -> list[ScopedFigure]:
    """Return all figures of a period that count anything, overall and of each authority."""
    values = {"kind": period.kind, "starts_on": period.starts_on}
    with cursor.connection.cursor(row_factory=class_row(ScopedFigure)) as found:
        return found.execute(_OF_PERIOD, values).fetchall()


def figures_of_periods(
    cursor: Cursor[Any], periods: Sequence[Period]
) -> dict[Period, list[ScopedFigure]]:
    """Return all figures of some periods of one kind, by period, read together."""
    begins = {period.starts_on: period for period in periods}
    values = {"kind": periods[0].kind, "first": min(begins), "last": max(begins)}
    found: dict[Period, list[ScopedFigure]] = {period: [] for period in periods}
    for starts_on, *figure in cursor.execute(_OF_PERIODS, values):
        if starts_on in begins:
            found[begins[starts_on]].append(ScopedFigure(*figure))
    return found


def _behind(figure: str, period: Period, authority: str | None) -> dict[str, Any]:
    return {
        "figure": figure,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "authority": authority,
    }


def counted_at(cursor: Cursor[Any]) -> datetime:
    """Return the moment as of which figures and facts were counted."""
    row = cursor.execute(_COUNTED_AT).fetchone()
    assert row is not None
    at: datetime = row[0]
    return at


def benchmark(cursor: Cursor[Any], year: int) -> list[dict[str, Any]]:
    """Return the lines of the benchmark of a calendar year, small numbers held back."""
    cursor.execute(_BENCHMARK, (year,))
    return [json.loads(text) for (text,) in cursor]
