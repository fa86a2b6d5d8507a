"""The addresses of the register. No name and no home is ever part of one."""

import re
from typing import Annotated, cast
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from adapters.filter_store import FilterStore, Search, TooManyFilters
from adapters.filter_store.store import LONGEST_QUERY, MOST_FILTERS
from adapters.read_store.register import (
    NumberedOrder,
    Sought,
    numbered_page_of_cases,
)
from projections.case_state import case_state
from projections.case_state_row import CaseStateRow
from services.access import Visitor
from services.api.context import Context, InContext
from services.api.lists.formats import as_csv
from services.api.lists.paging import MOST_ROWS
from services.api.problems import Problem
from services.web.listing import Address, Chosen, Sorting
from services.web.page import Link, page
from services.web.register.asked import PERSON, PLACE, REFERENCE, SEARCH, asked_of, sought_of
from services.web.register.lines import COLUMNS, case_lines, in_file
from services.web.register.opening import InFilters, authorities_of, opening
from services.web.signing_in import SignedIn
from services.web.worklists.looking import PAGE_SIZE, Found, Looking

router = APIRouter(lifespan=opening)

PATH = "/cases"
_LIST = "cases"
_MOST_IN_FILE = 1000
_SEE_OTHER = 303
_ORDERS = ("ref", "opened", "risk", "updated")
_FIRST_ORDER = "-opened"
_LONGEST = 100
_LONGEST_NAME = 80
_NO_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}:[\w./-]*\d[\w./-]*|\d{4}[-/]\d+\Z", re.ASCII)
"""What can only be the reference of a case: it may stand in an address."""
_SEARCHED_BY = {REFERENCE: "Reference", PERSON: "Person", PLACE: "Address or property"}


class _Register:
    """The register as an address asks for it."""

    def __init__(
        self, request: Request, context: Context, visitor: Visitor, filters: FilterStore
    ) -> None:
        self.looking = Looking(request, context, visitor)
        self.filtering = asked_of(request, authorities_of(request, self.looking))
        self.search = _search(filters, visitor, self.filtering.kept[SEARCH])
        self.sorting = Sorting.asked(
            self.filtering.address, self.filtering.kept["sort"], _ORDERS, _FIRST_ORDER
        )

    @property
    def search_is_over(self) -> bool:
        """Whether the address names a search that is over, or somebody else's."""
        return bool(self.filtering.kept[SEARCH]) and self.search is None

    def page(self, number: int, size: int = PAGE_SIZE) -> Found[CaseStateRow]:
        """Return a page of the cases."""
        looking = self.looking
        sought: Sought = sought_of(self.filtering, self.search, looking.staff, looking.now)
        by_person = sought.person is not None
        return looking.page(
            case_state,
            lambda part: numbered_page_of_cases(
                sought,
                cast("NumberedOrder", self.sorting.column),
                descending=self.sorting.descending,
                part=part,
            ),
            number,
            size=size,
            reader=looking.reader_of_people if by_person else None,
            by_identity=by_person,
        )

    @property
    def searched(self) -> list[Chosen]:
        """What is searched for, with where the register is without it."""
        here = self.filtering.address.having(**{REFERENCE: None, SEARCH: None})
        if self.search is not None:
            heading, term = _SEARCHED_BY[self.search.kind], self.search.term
        elif self.filtering.kept[REFERENCE]:
            heading, term = _SEARCHED_BY[REFERENCE], self.filtering.kept[REFERENCE]
        else:
            return []
        return [Chosen(heading, [Link(term, str(here))])]


@router.get(PATH)
def register(
    request: Request, visitor: SignedIn, context: InContext, filters: InFilters
) -> Response:
    """Show a page of the cases that one may see."""
    asked = _Register(request, context, visitor, filters)
    filtering = asked.filtering
    if not filtering.is_short:
        return RedirectResponse(filtering.short, _SEE_OTHER)
    found = asked.page(filtering.number)
    paging = found.paging(filtering.address)
    saved = filters.saved(visitor.principal, _LIST)
    return page(
        request,
        "register/register.html",
        title=f"Cases{paging.title}",
        errors=bool(filtering.faults),
        lines=list(case_lines(found, asked.looking)),
        paging=paging,
        filtering=filtering,
        chosen=[*asked.searched, *filtering.chosen],
        searched=asked.searched,
        search_is_over=asked.search_is_over,
        searched_by=_SEARCHED_BY,
        search_kind=asked.search.kind if asked.search else REFERENCE,
        sorting=asked.sorting,
        file_href=str(Address(f"{PATH}.csv", filtering.address.query)),
        most_in_file=_MOST_IN_FILE,
        saved=[(each.name, f"{PATH}?{each.query}") for each in saved],
        is_saved=any(each.query == filtering.query for each in saved),
        query=filtering.query,
        may_save=len(saved) < MOST_FILTERS,
    )


@router.get(f"{PATH}.csv")
def file_of_cases(
    request: Request, visitor: SignedIn, context: InContext, filters: InFilters
) -> Response:
    """Return the filtered register as a file, up to as many cases as a file may have."""
    asked = _Register(request, context, visitor, filters)
    lines = []
    for number in range(1, _MOST_IN_FILE // MOST_ROWS + 1):
        found = asked.page(number, MOST_ROWS)
        if found.number != number:
            break
        lines += [in_file(line) for line in case_lines(found, asked.looking)]
        if found.total <= number * MOST_ROWS:
            break
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'attachment; filename="cases.csv"',
    }
    # Spreadsheets take what has this mark in front for UTF-8.
    text = "\ufeff" + as_csv(COLUMNS, lines)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@router.post(f"{PATH}/search")
def search(
    visitor: SignedIn,
    filters: InFilters,
    by: Annotated[str, Form()] = REFERENCE,
    term: Annotated[str, Form()] = "",
) -> Response:
    """Keep what is looked for, and send on to where it is not part of the address."""
    wanted = " ".join(term.replace("\0", "").split())[:_LONGEST]
    here = Address(PATH)
    if not wanted:
        return RedirectResponse(str(here), _SEE_OTHER)
    if by == REFERENCE and _NO_NAME.fullmatch(wanted):
        return RedirectResponse(str(here.having(**{REFERENCE: wanted})), _SEE_OTHER)
    kind = by if by in _SEARCHED_BY else REFERENCE
    search_id = filters.begin_search(visitor.principal, kind, wanted)
    return RedirectResponse(str(here.having(**{SEARCH: str(search_id)})), _SEE_OTHER)


@router.post(f"{PATH}/saved")
def save(
    visitor: SignedIn,
    filters: InFilters,
    name: Annotated[str, Form()] = "",
    query: Annotated[str, Form()] = "",
) -> Response:
    """Keep a filter under a name; the search in it, which is soon over, is left out."""
    kept = Address(PATH, tuple(_pairs(query))).having(**{SEARCH: None, "page": None})
    called = " ".join(name.replace("\0", "").split())[:_LONGEST_NAME]
    told = str(kept).partition("?")[2]
    if called and len(told) <= LONGEST_QUERY:
        try:
            filters.save(visitor.principal, _LIST, called, told)
        except TooManyFilters:
            raise Problem("too-large", "You keep as many filters as one may.") from None
    return RedirectResponse(str(kept), _SEE_OTHER)


@router.post(f"{PATH}/saved/remove")
def remove(visitor: SignedIn, filters: InFilters, name: Annotated[str, Form()] = "") -> Response:
    """Forget a filter."""
    filters.remove(visitor.principal, _LIST, name.replace("\0", ""))
    return RedirectResponse(PATH, _SEE_OTHER)


def _search(filters: FilterStore, visitor: Visitor, told: str) -> Search | None:
    try:
        search_id = UUID(told)
    except ValueError:
        return None
    return filters.search(visitor.principal, search_id)


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=100)
    except ValueError:
        return []
