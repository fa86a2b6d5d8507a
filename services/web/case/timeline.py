"""The timeline of a case: what happened, when that was recorded, and what was corrected since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.responses import HTMLResponse

from domain.times import end_of_day
from domain.vocabulary.record import Precision
from projections.timeline import TimelineRow, timeline
from services.happening import known_late
from services.web.case.entries import Entry, entries
from services.web.case.filtering import Filter, options
from services.web.case.opened_case import OpenedCase
from services.web.case.withheld import row_of
from services.web.forms.answers import answers_of
from services.web.listing import Address, Paging
from services.web.strip import Mark, strip_of

_A_PAGE = 25
_OLDEST = "oldest"


def show_timeline(case: OpenedCase) -> HTMLResponse:
    """Show a page of the events, the latest first unless asked otherwise."""
    told = case.shown[timeline.name]
    query = case.request.query_params
    wanted = Filter.asked(answers_of(query.multi_items()))
    oldest_first = query.get("order") == _OLDEST
    found = [row for row in told if wanted.takes(row)]
    if not oldest_first:
        found.reverse()
    address = Address(case.address("").partition("?")[0], tuple(query.multi_items()))
    number = _page_number(query.get("page"), query.get("event"), found)
    paging = Paging(address.having(event=None), number, _A_PAGE, len(found))
    listed = found[paging.first - 1 : paging.last] if found else []
    return case.render(
        "timeline.html",
        subtitle=paging.title,
        entries=listed_entries(case, listed, told),
        hindsight=hindsight(case),
        paging=paging,
        strip=strip_of([_mark(row) for row in found]),
        filter=wanted,
        typed=dict(query),
        faults={each.name.partition(".")[0]: each.message for each in wanted.faults},
        options=options(told, case.persons),
        chosen=list(wanted.chosen(address, case.persons)),
        clear=case.address("", *([("order", _OLDEST)] if oldest_first else [])),
        action=address.path,
        kept=case.seen.query,
        oldest_first=oldest_first,
        other_order=str(
            address.having(order=None if oldest_first else _OLDEST, page=None, event=None)
        ),
        errors=bool(wanted.faults),
    )


def listed_entries(
    case: OpenedCase, shown: Sequence[dict[str, Any]], told: Sequence[dict[str, Any]]
) -> list[Entry]:
    """Return some of the events of a case; what they correct may be any of those `told`."""
    corrections = {row["event_id"] for row in shown if row["type"] == "EventCorrected"}
    targets = {
        each["event_id"]: row_of(TimelineRow, row)
        for row in told
        for each in row["corrections"]
        if each["event_id"] in corrections
    }
    return entries((row_of(TimelineRow, row) for row in shown), case.persons, targets)


def hindsight(case: OpenedCase) -> list[Entry]:
    """Return what had happened by the day that is asked for, but came to be known only later."""
    if case.seen.view.known_on is None:
        return []
    limit = end_of_day(case.seen.view.known_on)
    told = case.rows_recorded(timeline)
    late = [
        row
        for row in told
        if datetime.fromisoformat(row["occurred_at"])
        <= limit
        < datetime.fromisoformat(row["known_at"])
    ]
    return listed_entries(case, late, told)


def _page_number(page: str | None, event: str | None, found: Sequence[dict[str, Any]]) -> int:
    """Return which page to show: the one with an event, where that is asked for."""
    pages = max(1, -(-len(found) // _A_PAGE))
    if event and event.isdecimal():
        places = (place for place, row in enumerate(found) if row["version"] == int(event))
        return next(places, 0) // _A_PAGE + 1
    number = int(page) if page and page.isdecimal() and len(page) < 9 else 1
    return min(max(number, 1), pages)


class _Times:
    """The times of a shown row, of which a drawing needs no more."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.occurred_at = datetime.fromisoformat(row["occurred_at"])
        self.occurred_precision = Precision(row["occurred_precision"])
        until = row["occurred_to"]
        self.occurred_to = datetime.fromisoformat(until) if until else None


def _mark(row: dict[str, Any]) -> Mark:
    times = _Times(row)
    recorded = datetime.fromisoformat(row["recorded_at"])
    return Mark(times.occurred_at, recorded, known_late(times, recorded) is not None)
