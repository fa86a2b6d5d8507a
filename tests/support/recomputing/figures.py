"""Figures from facts: by month, quarter, year and financial year, overall and by authority."""

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from tests.support.recomputing.facts import Fact

DOCUMENT = Path(__file__).parents[3] / "docs" / "dashboard.md"
_DEFINED = re.compile(r"^\| `(\w+)` \| [\w ]+ \| (count|percentage|median|at-end|last) \|", re.M)
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "financial-year": 12}
CENT = Decimal("0.01")


class Figure(NamedTuple):
    """What a line of `dashboard.figures` is of."""

    figure: str
    dimension: str
    period: str
    starts_on: date
    ends_on: date
    scope: str
    authority: str | None


Value = tuple[Decimal, int]
"""A figure, and how many facts it is made of."""


def how_made() -> dict[str, str]:
    """How each figure is made of its facts, as the document says."""
    return dict(_DEFINED.findall(DOCUMENT.read_text()))


def figures_of(facts: Iterable[Fact], today: date) -> dict[Figure, Value]:
    """Return all figures of these facts as they stand today."""
    made = how_made()
    lines: dict[tuple[str, str, str, str | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        lines[fact.figure, fact.dimension, "all", None].append(fact)
        lines[fact.figure, fact.dimension, "authority", fact.authority].append(fact)
    figures: dict[Figure, Value] = {}
    for (figure, dimension, scope, authority), counted in lines.items():
        by_period = _standing(counted, today) if made[figure] == "at-end" else _within(counted)
        for period, begins, own in by_period:
            ends = period_end(period, begins)
            key = Figure(figure, dimension, period, begins, ends, scope, authority)
            figures[key] = _value(made[figure], own), len(own)
    return figures


def _within(facts: list[Fact]) -> Iterator[tuple[str, date, list[Fact]]]:
    """Yield the facts of every period in which there are any."""
    by_period: dict[tuple[str, date], list[Fact]] = defaultdict(list)
    for fact in facts:
        for period in _MONTHS:
            by_period[period, period_start(period, fact.day)].append(fact)
    for (period, begins), own in by_period.items():
        yield period, begins, own


def _standing(facts: list[Fact], today: date) -> Iterator[tuple[str, date, list[Fact]]]:
    """Yield the facts that stand as each period ends, where there are any."""
    first = min(fact.day for fact in facts)
    for period in _MONTHS:
        begins = period_start(period, first)
        while begins <= today:
            ends = period_end(period, begins)
            stands = [f for f in facts if f.day <= ends and (f.until is None or f.until > ends)]
            if stands:
                yield period, begins, stands
            begins = ends + timedelta(days=1)


def _value(made: str, facts: list[Fact]) -> Decimal:
    values = [Decimal(fact.value) for fact in facts]
    match made:
        case "percentage":
            return rounded(100 * sum(values, Decimal(0)) / len(values))
        case "median":
            return Decimal(statistics.median(values))
        case "last":
            return Decimal(max(facts, key=lambda fact: fact.day).value)
    return Decimal(len(values))


def rounded(value: Decimal) -> Decimal:
    """To two places, half away from zero."""
    return value.quantize(CENT, ROUND_HALF_UP)


def period_start(period: str, day: date) -> date:
    """The first day of the period in which a day lies."""
    if period == "financial-year":
        return date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    months = _MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def period_end(period: str, begins: date) -> date:
    """The last day of a period."""
    past = begins.month - 1 + _MONTHS[period]
    return date(begins.year + past // 12, past % 12 + 1, 1) - timedelta(days=1)
