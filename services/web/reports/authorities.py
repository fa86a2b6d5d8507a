"""How the work with local authorities goes: all of them side by side, and a scorecard of one."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from adapters.read_store.kpi import Period
from services.api.context import InContext
from services.api.lists.authorities import FIGURES
from services.api.lists.figures import today
from services.web.charts import Figure, bar_chart
from services.web.listing import Address
from services.web.page import Link, page
from services.web.reports.asked import Asked, AskedPeriods
from services.web.reports.figures import (
    AUTHORITIES,
    KPIS,
    allow,
    may_list,
    parts_of_reports,
)
from services.web.reports.series import KINDS, Line, called, is_under_way, read_series
from services.web.signing_in import SignedIn
from services.wording import words

router = APIRouter()

SIDE_BY_SIDE = (
    "referrals_sent",
    "referrals_accepted",
    "feedback_any",
    "days_to_decision",
    "invited",
    "referrals_awaiting_decision",
)
"""The figures by which authorities are shown side by side."""
_PREFIX = "authority:"


@router.get(AUTHORITIES)
def authorities(
    request: Request, visitor: SignedIn, context: InContext, asked: AskedPeriods
) -> HTMLResponse:
    """Show the authorities side by side, for one period."""
    allow(context, visitor)
    day = today(context)
    last = asked.last(day)
    series = read_series(context, asked.period, last, 1)
    codes = [*series.authorities, None]
    rows = [
        (
            code,
            str(Address(f"{AUTHORITIES}/{code}", asked.query)),
            [series.line(figure, code).cells[0] for figure in SIDE_BY_SIDE],
        )
        for code in codes
    ]
    return page(
        request,
        "reports/authorities.html",
        title="Authorities",
        rows=rows,
        figures=[series.line(figure, None).name for figure in SIDE_BY_SIDE],
        period=called(last),
        under_way=is_under_way(last, day),
        asked=asked,
        kinds=KINDS,
        form=AUTHORITIES,
        neighbours=_beside(asked, last, day),
        reports=parts_of_reports(request),
        counted_at=series.counted_at,
    )


@router.get(AUTHORITIES + "/{code:path}")
def scorecard(
    code: str, request: Request, visitor: SignedIn, context: InContext, asked: AskedPeriods
) -> HTMLResponse:
    """Show the figures of the work with one authority, beside those over all."""
    allow(context, visitor)
    code = code.removeprefix(_PREFIX)
    day = today(context)
    last = asked.last(day)
    series = read_series(context, asked.period, last, 2)
    lines = [
        (own, series.line(own.figure, None, own.dimension))
        for figure in FIGURES
        if figure in series.meanings
        for own in (series.parts(figure, code) or [series.line(figure, code)])
    ]
    path = f"{AUTHORITIES}/{code}"
    percent = [
        Figure(_named(own), own.cells[-1].value, own.cells[-1].shown)
        for own, _ in lines
        if series.meanings[own.figure].unit == "per cent" and own.cells[-1].value is not None
    ]
    chart = bar_chart("Shares", "Figure", "Share", percent) if percent else None
    kept = Address("", asked.query).having(authority=code)
    return page(
        request,
        "reports/scorecard.html",
        title=f"Authority {code}",
        breadcrumbs=(Link("Authorities", str(Address(AUTHORITIES, asked.query))),),
        code=code,
        is_known=code in series.authorities,
        lines=lines,
        meanings=series.meanings,
        chart=chart,
        before=called(series.periods[0]),
        period=called(last),
        under_way=is_under_way(last, day),
        cases=str(kept.having(day=last.starts_on.isoformat())) if may_list(request) else None,
        kpis=KPIS,
        asked=asked,
        kinds=KINDS,
        form=path,
        neighbours=_beside(asked, last, day, path),
        reports=parts_of_reports(request),
        counted_at=series.counted_at,
    )


def _named(line: Line) -> str:
    return f"{words(line.figure)}: {line.name}" if line.dimension else line.name


def _beside(asked: Asked, last: Period, day: date, path: str = AUTHORITIES) -> list[Link]:
    address = Address(path, asked.query)
    before = last.before().starts_on.isoformat()
    links = [Link("Earlier", str(address.having(day=before)))]
    if last.ends_on < day:
        links.append(Link("Later", str(address.having(day=last.after().starts_on.isoformat()))))
    return links
