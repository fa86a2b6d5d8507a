"""A fact: one thing counted."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Fact(NamedTuple):
    """A line of `dashboard.facts`, but for what it is within its case."""

    figure: str
    dimension: str
    day: date
    until: date | None
    case_ref: str | None
    authority: str | None
    value: Decimal
