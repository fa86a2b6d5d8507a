"""Reads the figures of the dashboard by period, and the facts behind each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Cursor
from psycopg.rows import class_row

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
_FACTS = """
SELECT f.dimension, f.day, f.until, f.case_ref, f.item, f.authority, f.value::float8 AS value
FROM dashboard.facts AS f JOIN dashboard.definitions AS d USING (figure)
WHERE f.figure = %(figure)s
  AND (%(authority)s::text IS NULL OR f.authority = %(authority)s)
  AND CASE WHEN d.aggregation = 'at-end'
           THEN f.day <= %(ends_on)s AND (f.until IS NULL OR f.until > %(ends_on)s)
           ELSE f.day BETWEEN %(starts_on)s AND %(ends_on)s END
ORDER BY f.dimension, f.day, f.case_ref, f.item
"""


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter, a year, or a financial year, which begins on 1 April."""

    kind: str
    starts_on: date
    ends_on: date


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
    values = {
        "figure": figure,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "authority": authority,
    }
    with cursor.connection.cursor(row_factory=class_row(Fact)) as found:
        return found.execute(_FACTS, values).fetchall()
