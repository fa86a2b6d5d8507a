"""The command that shows figures."""

from datetime import date
from typing import Annotated

import typer

from services.cli.options import Authority, Json


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a month written like 2026-10") from None


def _quarter(text: str) -> date:
    year, _, number = text.upper().partition("-Q")
    if number not in ("1", "2", "3", "4"):
        raise typer.BadParameter(f"{text!r} is not a quarter written like 2026-Q3")
    return _year(year).replace(month=3 * int(number) - 2)


def _year(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01-01")
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a year written like 2026") from None


Month = Annotated[
    date | None, typer.Option("--month", metavar="MONTH", parser=_month, help="Such as 2026-10.")
]
Quarter = Annotated[
    date | None,
    typer.Option("--quarter", metavar="QUARTER", parser=_quarter, help="Such as 2026-Q3."),
]
Year = Annotated[
    date | None, typer.Option("--year", metavar="YEAR", parser=_year, help="Such as 2026.")
]
FinancialYear = Annotated[
    date | None,
    typer.Option(
        "--financial-year", metavar="YEAR", parser=_year, help="From 1 April of that year."
    ),
]
Cases = Annotated[
    str | None,
    typer.Option("--cases", metavar="FIGURE", help="List the cases behind this figure."),
]


def figures(
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    financial_year: FinancialYear = None,
    authority: Authority = None,
    cases: Cases = None,
    as_json: Json = False,
) -> None:
    """Show the figures of a month, quarter or year."""
    from services.cli.work.kpi import show_figures

    show_figures(month, quarter, year, financial_year, authority, cases, as_json=as_json)
