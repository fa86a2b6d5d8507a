"""Shows the figures of a period, and what lies behind each."""

from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta

from adapters.read_store.dashboard import READ_MODELS
from adapters.read_store.kpi import Definition, Period
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from domain.times import in_london
from services.cli.answers import FactLine, FigureLine, Kpi, KpiCases
from services.cli.connecting import stores
from services.cli.console import emit, note
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.kpi import print_figures, print_kpi_cases
from services.cli.rendering.times import counted
from services.cli.work.attention import code_of_authority
from services.clock import system_clock
from services.settings import Settings

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "financial-year": 12}


def show_figures(
    month: date | None,
    quarter: date | None,
    year: date | None,
    financial_year: date | None,
    authority: str | None,
    figure: str | None,
    *,
    as_json: bool,
) -> None:
    """Show the figures of one period, this month's unless told, or what lies behind one."""
    april = financial_year.replace(month=4) if financial_year else None
    given = {"month": month, "quarter": quarter, "year": year, "financial-year": april}
    asked = [_period(kind, day) for kind, day in given.items() if day is not None]
    if len(asked) > 1:
        raise CommandError(
            "Give one of --month, --quarter, --year and --financial-year.", ExitCode.USAGE
        )
    today = in_london(system_clock()).date()
    period = asked[0] if asked else _period("month", today.replace(day=1))
    if period.starts_on > today:
        raise CommandError(f"That {period.kind} lies in the future.", ExitCode.USAGE)
    where = code_of_authority(authority)
    with stores(Settings()) as servers, closing(ReadStore(servers.database_url)) as read_store:
        with closing(Session(servers.database_url)) as session:
            session.count_figures()
        behind = max(each.behind for each in read_store.progress(READ_MODELS))
        if behind:
            note(f"The latest {counted(behind, 'event')} may not be counted yet.", "attention")
        if figure is None:
            answer = _kpi(read_store, period, where)
            emit(answer) if as_json else print_figures(answer, today)
        else:
            facts = _behind(read_store, figure, period, where)
            emit(facts) if as_json else print_kpi_cases(facts)


def _period(kind: str, starts_on: date) -> Period:
    months = starts_on.month - 1 + _MONTHS[kind]
    after = date(starts_on.year + months // 12, months % 12 + 1, 1)
    return Period(kind, starts_on, after - timedelta(days=1))


def _kpi(read_store: ReadStore, period: Period, authority: str | None) -> Kpi:
    meanings = {each.figure: each for each in read_store.definitions()}
    found = read_store.figures(period, authority)
    order = list(meanings)
    lines = [
        FigureLine(**asdict(meanings[each.figure]), **_own(asdict(each)))
        for each in sorted(found, key=lambda each: order.index(each.figure))
    ]
    counted = {each.figure for each in found}
    return Kpi(
        period=period.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        authority=authority,
        figures=lines,
        without_facts=[name for name in order if name not in counted],
    )


def _own(line: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in line.items() if name != "figure"}


def _behind(read_store: ReadStore, figure: str, period: Period, authority: str | None) -> KpiCases:
    definition = _defined(read_store, figure)
    facts = read_store.facts(definition.figure, period, authority)
    return KpiCases(
        period=period.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        authority=authority,
        figure=definition.figure,
        meaning=definition.meaning,
        facts=[FactLine(**asdict(each)) for each in facts],
    )


def _defined(read_store: ReadStore, figure: str) -> Definition:
    wanted = figure.strip().lower().replace("-", "_")
    found = {each.figure: each for each in read_store.definitions()}
    if wanted not in found:
        raise CommandError(
            f"There is no figure {figure}; there are {', '.join(found)}.", ExitCode.USAGE
        )
    return found[wanted]
