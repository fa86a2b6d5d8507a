"""Figures over all cases, small numbers held back; and those cases behind one that you may see."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from adapters.read_store.behind import Behind, CaseFact, FactPlace
from adapters.read_store.kpi import Definition, Period
from domain.access import Action
from domain.times import Day, in_london
from domain.vocabulary.rights import RecordPart
from services.api.asked import For
from services.api.callers import Asker
from services.api.context import Context, InContext
from services.api.described import documented
from services.api.lists.cursors import Cursors
from services.api.lists.formats import PROBLEMS_OF_LISTS, InForm, chosen, described, listed
from services.api.lists.paging import Lister, Paged, Term
from services.api.lists.small_numbers import held_back, key_of
from services.api.problems import Problem

PROBLEMS_OF_FIGURES = PROBLEMS_OF_LISTS | documented("not-permitted")

router = APIRouter(prefix="/v1", tags=["figures"], responses=PROBLEMS_OF_FIGURES)

_COLUMNS = ("figure", "dimension", "unit", "aggregation", "value", "facts", "held_back")
_CASE_COLUMNS = (
    "case_id",
    "case_ref",
    "dimension",
    "day",
    "until",
    "item",
    "authority",
    "value",
)

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_NUMBER_OR_NULL = {"type": ["number", "null"]}
PERIOD_MEMBERS: dict[str, Any] = {
    "period": _TEXT,
    "starts_on": {"type": "string", "format": "date"},
    "ends_on": {"type": "string", "format": "date"},
    "authority": _TEXT_OR_NULL,
    "counted_at": {"type": "string", "format": "date-time"},
}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*properties], "properties": properties}


FIGURE_SCHEMA = _object(
    figure=_TEXT,
    dimension=_TEXT,
    unit=_TEXT,
    aggregation=_TEXT,
    value=_NUMBER_OR_NULL,
    facts={"type": ["integer", "null"]},
    held_back={"type": "boolean"},
)
_CASE_SCHEMA = _object(
    case_id={"type": "string", "format": "uuid"},
    case_ref=_TEXT,
    dimension=_TEXT,
    day={"type": "string", "format": "date"},
    until=_TEXT_OR_NULL,
    item=_TEXT,
    authority=_TEXT_OR_NULL,
    value={"type": "number"},
)


class InPeriod(InForm):
    """Of which period."""

    period: Literal["month", "quarter", "year", "financial-year"] = "month"
    """A financial year begins on 1 April."""
    day: Day | None = None
    """A day that lies in the period; left out, today."""

    def found(self, today: date) -> Period:
        """Return the period."""
        return Period.around(self.period, self.day or today)


class Kpis(InPeriod):
    """Which figures."""

    authority: Term | None = None
    """The code of a local authority; left out, over all of them."""


class CasesBehind(Paged, Kpis):
    """Which cases behind a figure."""


class Benchmarked(InForm):
    """Which benchmark."""

    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    """The calendar year; left out, the one under way."""


def allow_figures(context: Context, visitor: Asker, why: For) -> None:
    """Raise `Forbidden` unless the visitor may read figures."""
    context.gate.allow(visitor, why.to(Action.READ_FIGURES, RecordPart.REPORT))


def today(context: Context) -> date:
    """Return the day it is in England."""
    return in_london(context.clock()).date()


def figure_lines(context: Context, period: Period, authority: str | None) -> list[dict[str, Any]]:
    """Return the figures of a period, overall or of one authority, small numbers held back."""
    found = context.read_store.figures_of_period(period)
    hidden = held_back(found)
    meanings = {each.figure: each for each in context.read_store.definitions()}
    order = list(meanings)
    scope = "authority" if authority else "all"
    wanted = [each for each in found if (each.scope, each.authority) == (scope, authority)]
    return [
        {
            "figure": each.figure,
            "dimension": each.dimension,
            "unit": meanings[each.figure].unit,
            "aggregation": meanings[each.figure].aggregation,
            "value": None if key_of(each) in hidden else each.value,
            "facts": None if key_of(each) in hidden else each.facts,
            "held_back": key_of(each) in hidden,
        }
        for each in sorted(wanted, key=lambda each: (order.index(each.figure), each.dimension))
    ]


def period_members(context: Context, period: Period, authority: str | None) -> dict[str, Any]:
    """Return the members of an answer that say of which period it is, and as of when."""
    return {
        "period": period.kind,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "authority": authority,
        "counted_at": context.read_store.counted_at(),
    }


@router.get(
    "/kpis",
    summary="The figures of a period",
    operation_id="list_kpis",
    responses=described(FIGURE_SCHEMA, **PERIOD_MEMBERS),
)
def list_kpis(
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[Kpis, Query()],
) -> Response:
    """Return every figure that counts anything; those made of fewer than 5 are held back."""
    chosen(request, asked.format)
    allow_figures(context, visitor, why)
    period = asked.found(today(context))
    rows = figure_lines(context, period, asked.authority)
    members = period_members(context, period, asked.authority)
    return listed(request, asked.format, "kpis", _COLUMNS, rows, None, **members)


_CURSORS = Cursors(FactPlace, "kpi-cases")


@router.get(
    "/kpis/{figure}/cases",
    summary="The cases behind a figure, as far as you may see them",
    operation_id="list_cases_of_kpi",
    responses=described(_CASE_SCHEMA, **PERIOD_MEMBERS) | documented("not-found"),
)
def list_cases_of_kpi(
    figure: str,
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[CasesBehind, Query()],
) -> Response:
    """Return what a figure counts of the cases that you may see: it need not add up to it."""
    chosen(request, asked.format)
    allow_figures(context, visitor, why)
    definition = _definition(context, figure)
    period = asked.found(today(context))
    behind = Behind(definition.figure, period, asked.authority)
    lister = Lister(context, visitor, why)
    after = _CURSORS.read(asked.cursor)
    page: list[CaseFact] = []
    while (wanted := asked.limit - len(page)) > 0:
        some = behind.facts_after(lister.reader, after, wanted)
        passing = lister.passing(list({each.case_id for each, _ in some}))
        page += [each for each, _ in some if each.case_id in passing]
        after = some[-1][1] if len(some) == wanted else None
        if after is None:
            break
    cursor = _CURSORS.written(after) if after else None
    rows = [{**asdict(each), "case_id": str(each.case_id)} for each in page]
    rows = [{**row, "day": str(row["day"]), "until": _day(row["until"])} for row in rows]
    members = period_members(context, period, asked.authority)
    return listed(request, asked.format, figure, _CASE_COLUMNS, rows, cursor, **members)


@router.get(
    "/benchmark",
    summary="The benchmark of a calendar year",
    operation_id="list_benchmark",
    responses=described({"type": "object"}),
)
def list_benchmark(
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[Benchmarked, Query()],
) -> Response:
    """Return its lines, overall and by authority, as the dashboard has them."""
    chosen(request, asked.format)
    allow_figures(context, visitor, why)
    year = asked.year or today(context).year
    rows = context.read_store.benchmark(year)
    columns = [*rows[0]] if rows else ["year"]
    return listed(request, asked.format, "benchmark", columns, rows, None)


def _definition(context: Context, figure: str) -> Definition:
    found = {each.figure: each for each in context.read_store.definitions()}
    if figure not in found:
        raise Problem("not-found")
    return found[figure]


def _day(day: date | None) -> str | None:
    return str(day) if day else None
