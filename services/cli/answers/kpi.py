"""Answers about figures."""

from collections.abc import Sequence
from datetime import date

from services.cli.answers.base import Answer, Item


class FigureLine(Item):
    """A figure, or a part of it where it is split."""

    figure: str
    dimension: str
    """What it is split by; empty for the figure itself."""
    value: float | None
    facts: int
    """How many facts it is made of."""
    unit: str
    aggregation: str
    meaning: str
    source: str


class Kpi(Answer):
    """`kpi`: the figures of one period that count anything, in the order of the report."""

    period: str
    starts_on: date
    ends_on: date
    authority: str | None
    figures: Sequence[FigureLine]
    without_facts: Sequence[str]
    """The figures of which nothing was counted."""


class FactLine(Item):
    """A thing that a figure counts; cases about staff are counted and never named."""

    dimension: str
    day: date
    until: date | None
    case_ref: str | None
    item: str
    authority: str | None
    value: float


class KpiCases(Answer):
    """`kpi --cases FIGURE`: what lies behind one figure."""

    period: str
    starts_on: date
    ends_on: date
    authority: str | None
    figure: str
    meaning: str
    facts: Sequence[FactLine]
