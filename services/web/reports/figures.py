"""Key figures by month, quarter or year; each leads to the cases behind it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from adapters.read_store.behind import Behind, CaseFact
from adapters.read_store.kpi import Period
from adapters.read_store.numbered import Part
from domain.access import Action
from domain.vocabulary.rights import RecordPart
from services.access import Asking, Visitor
from services.api.asked import Why
from services.api.context import Context, InContext
from services.api.lists.figures import today
from services.api.lists.paging import Lister
from services.api.problems import Problem
from services.dimensions import part_of
from services.web.listing import Address, Paging
from services.web.page import Link, page
from services.web.reports.asked import Asked, AskedPeriods
from services.web.reports.groups import grouped
from services.web.reports.series import KINDS, FigureSeries, called, is_under_way, read_series
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes
from services.wording import words

router = APIRouter()

KPIS, BENCHMARK, AUTHORITIES = "/reports/kpis", "/reports/benchmark", "/authorities"
_A_PAGE = 50
_CHART = ("new_cases", "closed_cases", "referrals_sent")

_BENCHMARK = (
    ("homes", "Homes", ""),
    ("concerns_per_1000_homes", "Concerns per 1,000 homes", ""),
    ("referrals_per_1000_homes", "Referrals per 1,000 homes", ""),
    ("domestic_abuse_per_1000_homes", "Domestic abuse cases per 1,000 homes", ""),
    ("hoarding_per_1000_homes", "Hoarding cases per 1,000 homes", ""),
    ("referrals_accepted_percent", "Referrals accepted", "%"),
    ("feedback_within_28_days_percent", "Feedback within 28 days", "%"),
    ("invited_percent", "Housing invited to meetings", "%"),
    ("median_days_to_decision", "Median days to a decision", ""),
    ("median_days_to_meeting", "Median days to a meeting", ""),
    ("general_needs_percent", "In general needs homes", "%"),
)
"""The columns of the benchmark, what they are called, and their unit."""


def allow(context: Context, visitor: Visitor) -> None:
    """Raise `Forbidden` unless the visitor may read figures."""
    context.gate.allow(visitor, Asking(action=Action.READ_FIGURES, part=RecordPart.REPORT))


def parts_of_reports(request: Request) -> list[Link]:
    """Return the reports that who is signed in may open."""
    links = [
        Link("Key figures", KPIS),
        Link("Authorities", AUTHORITIES),
        Link("Benchmark", BENCHMARK),
    ]
    if may_list(request):
        links += [Link("People", "/people"), Link("Homes", "/properties")]
    return links


def may_list(request: Request) -> bool:
    """Tell whether it is worth leading to cases: an analyst may see none."""
    return may_sometimes(person_signed_in(request).roles, Action.LIST)


@router.get(KPIS)
def key_figures(
    request: Request, visitor: SignedIn, context: InContext, asked: AskedPeriods
) -> HTMLResponse:
    """Show every figure over several periods; what is split leads to its parts."""
    allow(context, visitor)
    day = today(context)
    last = asked.last(day)
    series = read_series(context, asked.period, last, asked.how_many)
    groups = [
        (heading, [_listed(series, figure, asked) for figure in figures])
        for heading, figures in grouped(series.meanings)
    ]
    return page(
        request,
        "reports/kpis.html",
        title="Key figures",
        groups=groups,
        chart=series.chart("Cases and referrals", _CHART, asked.authority),
        **_common(request, context, series, asked, KPIS),
    )


@router.get(KPIS + "/{figure}")
def one_figure(
    figure: str, request: Request, visitor: SignedIn, context: InContext, asked: AskedPeriods
) -> HTMLResponse:
    """Show one figure: what it means, how it went, and its parts where it is split."""
    allow(context, visitor)
    series = read_series(context, asked.period, asked.last(today(context)), asked.how_many)
    meaning = series.meanings.get(figure)
    if meaning is None:
        raise Problem("not-found")
    parts = series.parts(figure, asked.authority)
    return page(
        request,
        "reports/kpi.html",
        title=words(figure),
        breadcrumbs=(Link("Key figures", str(Address(KPIS, asked.query))),),
        meaning=meaning,
        name=words(figure),
        lines=parts or [series.line(figure, asked.authority)],
        chart=None if parts else series.chart(words(figure), (figure,), asked.authority),
        **_common(request, context, series, asked, f"{KPIS}/{figure}"),
    )


@router.get(KPIS + "/{figure}/cases")
def cases_behind(
    figure: str,
    request: Request,
    visitor: SignedIn,
    context: InContext,
    asked: AskedPeriods,
    part: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = None,
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Show what a figure counts of the cases that one may see: it need not add up to it."""
    allow(context, visitor)
    meanings = {each.figure: each for each in context.read_store.definitions()}
    if figure not in meanings:
        raise Problem("not-found")
    period = asked.last(today(context))
    lister = Lister(context, visitor, Why())
    behind = Behind(figure, period, asked.authority, part)
    some_of_them = Part((number - 1) * _A_PAGE, _A_PAGE)
    total, some = behind.numbered_facts(lister.reader, some_of_them)
    address = Address(request.url.path, tuple(request.query_params.multi_items()))
    paging = Paging(address, number, _A_PAGE, total)
    passing = lister.passing(list({each.case_id for each in some}))
    return page(
        request,
        "reports/cases.html",
        title=f"{words(figure)}: cases{paging.title}",
        breadcrumbs=(
            Link("Key figures", str(Address(KPIS, asked.query))),
            Link(words(figure), str(Address(f"{KPIS}/{figure}", asked.query))),
        ),
        meaning=meanings[figure],
        name=words(figure),
        part=part_of(figure, part) if part else None,
        period=called(period),
        authority=asked.authority,
        counted_at=context.read_store.counted_at(),
        facts=[_fact(each, figure) for each in some if each.case_id in passing],
        has_parts=any(each.dimension for each in some) and not part,
        paging=paging,
    )


@router.get(BENCHMARK)
def benchmark(
    request: Request,
    visitor: SignedIn,
    context: InContext,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
) -> HTMLResponse:
    """Show the benchmark of a calendar year, overall and by authority."""
    allow(context, visitor)
    now = today(context).year
    wanted = min(year or now, now)
    rows = context.read_store.benchmark(wanted)
    years = [Link(str(each), f"{BENCHMARK}?year={each}") for each in range(now - 3, now + 1)]
    return page(
        request,
        "reports/benchmark.html",
        title=f"Benchmark {wanted}",
        year=wanted,
        years=years,
        columns=_BENCHMARK,
        rows=[(row, [_measured(row, name, unit) for name, _, unit in _BENCHMARK]) for row in rows],
        under_way=wanted == now,
        counted_at=context.read_store.counted_at(),
        reports=parts_of_reports(request),
    )


def _common(
    request: Request, context: Context, series: FigureSeries, asked: Asked, path: str
) -> dict[str, Any]:
    day = today(context)
    last = series.periods[-1]
    return {
        "asked": asked,
        "kinds": KINDS,
        "authorities": series.authorities,
        "columns": [(called(each), is_under_way(each, day)) for each in series.periods],
        "hrefs": _case_links(request, series.periods, asked),
        "neighbours": asked.neighbours(path, last, day),
        "form": path,
        "reports": parts_of_reports(request),
        "here": KPIS,
        "counted_at": series.counted_at,
    }


def _case_links(request: Request, periods: list[Period] | Any, asked: Asked) -> list[str] | None:
    """Return the queries that lead to the cases behind a figure of each period."""
    if not may_list(request):
        return None
    kept = Address("", asked.query)
    return [str(kept.having(day=period.starts_on.isoformat())) for period in periods]


def _listed(series: FigureSeries, figure: str, asked: Asked) -> dict[str, Any]:
    split = series.is_split(figure)
    return {
        "figure": figure,
        "name": words(figure),
        "href": str(Address(f"{KPIS}/{figure}", asked.query)),
        "meaning": series.meanings[figure].meaning,
        "line": None if split else series.line(figure, asked.authority),
    }


def _fact(each: CaseFact, figure: str) -> dict[str, Any]:
    return {
        "case_id": each.case_id,
        "case_ref": each.case_ref,
        "day": each.day,
        "until": each.until,
        "item": each.item,
        "part": part_of(figure, each.dimension) if each.dimension else "",
        "value": f"{each.value:,.1f}".removesuffix(".0"),
    }


def _measured(row: dict[str, Any], name: str, unit: str) -> str:
    value = row.get(name)
    if value is None:
        return "Held back" if row.get("is_suppressed") else "None"
    return f"{value:,.1f}".removesuffix(".0") + unit
