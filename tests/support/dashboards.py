"""Asks the views of the dashboard, with the rights of whoever reads reports and no others."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
from psycopg.rows import dict_row

from adapters.read_store.session import Session
from tests.support.read_stores import MODELS, Stores, caught_up

ROLE = "case_timeline_dashboard"
Line = dict[str, Any]


def shown(stores: Stores, query: str, *values: object) -> list[Line]:
    """The lines that a query finds once all that was told has been taken in."""
    with closing(Session(stores.url)) as session:
        caught_up(session, MODELS)
    with psycopg.connect(stores.url, autocommit=True, row_factory=dict_row) as connection:
        connection.execute(f"SET ROLE {ROLE}".encode())
        return connection.execute(query.encode(), values).fetchall()


class Figures:
    """The figures of a database as they stand, to be asked about one by one."""

    def __init__(self, stores: Stores) -> None:
        lines = shown(stores, "SELECT * FROM dashboard.figures")
        self._lines = {
            (
                line["figure"],
                line["period"],
                str(line["starts_on"]),
                line["authority"] if line["scope"] == "authority" else "all",
                line["dimension"],
            ): line
            for line in lines
        }
        assert len(self._lines) == len(lines), "a figure is told twice"

    def by_month(self, figure: str, dimension: str = "", authority: str | None = "all") -> Any:
        """A figure's values by the months, as in `2024-03`, in which anything was counted."""
        return {
            starts_on[:7]: plain(line["value"])
            for (name, period, starts_on, whose, split), line in sorted(
                self._lines.items(), key=lambda it: it[0][2]
            )
            if (name, period, whose, split) == (figure, "month", authority, dimension)
        }

    def split(self, figure: str, period: str, starts_on: str) -> dict[str, Any]:
        """A figure's values in one period by what it is split by."""
        return {
            split: plain(line["value"])
            for (name, kind, begin, whose, split), line in self._lines.items()
            if (name, kind, begin, whose) == (figure, period, starts_on, "all")
        }

    def at(self, figure: str, period: str, starts_on: str, authority: str | None = "all") -> Line:
        """The line of a figure that is not split."""
        return self._lines[figure, period, starts_on, authority, ""]


def plain(value: object) -> object:
    """A value as a test writes it down: numbers as Python's own, days as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, date) else value
