"""The register of cases: pages of it, sorted, by filters; and searches for a case or a person."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from adapters.read_store.reading_as import rows_in
from adapters.read_store.register import Order, Place, Sought, page_of_cases
from domain.times import Day
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification
from projections.case_state import case_state
from projections.case_state_row import CaseStateRow, CaseStatus
from projections.masking import MASKED
from services.api.asked import For
from services.api.callers import Asker
from services.api.context import InContext
from services.api.lists.columns import columns_schema
from services.api.lists.cursors import Cursors
from services.api.lists.formats import PROBLEMS_OF_LISTS, chosen, described, listed
from services.api.lists.paging import Lister, Paged, Term

COLUMNS = (
    "case_id",
    "case_ref",
    "status",
    "classification",
    "classified_at",
    "strands",
    "authority",
    "housing_type",
    "opened_at",
    "opened_known_at",
    "immediate_danger",
    "risk_level",
    "risk_assessed_at",
    "risk_review_due",
    "visitor_risk_level",
    "lead",
    "team",
    "allocated_at",
    "open_actions",
    "open_referrals",
    "meetings_held",
    "closed_at",
    "closure_reason",
    "assurance",
    "reopenings",
    "last_event_at",
    "last_recorded_at",
    "version",
)
"""What the register shows of a case; the whole of it stands in the case itself."""

_SCHEMA = columns_schema(CaseStateRow, COLUMNS)
_IDENTIFYING = ("lead", "person")
"""Filters by who someone is."""

router = APIRouter(
    prefix="/v1/cases",
    tags=["lists"],
    responses=described(_SCHEMA) | PROBLEMS_OF_LISTS,
)


class RegisterPage(Paged):
    """Which cases, in which order."""

    classification: Classification | None = None
    risk_level: RiskLevel | None = None
    status: CaseStatus | None = None
    lead: Term | None = None
    """Who leads on it, as cases name them."""
    authority: Term | None = None
    """The code of the local authority it lies with."""
    opened_from: Day | None = None
    """The earliest day on which it may have opened."""
    opened_to: Day | None = None
    """The latest day on which it may have opened."""
    sort: Order = Order.OPENED_AT
    descending: bool = True


class Search(RegisterPage):
    """A search, in the body of a request, since what is looked for may be personal."""

    reference: Term | None = None
    """Part of a case's reference."""
    person: Term | None = None
    """The reference of someone in the case, or part of their name."""


@router.get("", summary="The register of cases", operation_id="list_cases")
def list_cases(
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[RegisterPage, Query()],
) -> Response:
    """Return a page of the cases that you may see, as of now."""
    return _page(request, Lister(context, visitor, why), asked)


@router.post("/search", summary="Search for cases", operation_id="search_cases")
def search_cases(
    request: Request, context: InContext, visitor: Asker, why: For, asked: Search
) -> Response:
    """Return a page of those of the cases you may see that have to do with what is looked for."""
    return _page(request, Lister(context, visitor, why), asked)


def _page(request: Request, lister: Lister, asked: RegisterPage) -> Response:
    chosen(request, asked.format)
    filters = asked.model_dump(exclude={"limit", "cursor", "format", "sort", "descending"})
    sought = Sought(**filters)
    cursors = Cursors(Place, f"{asked.sort}{'-' if asked.descending else '+'}")

    def fetch(after: Place | None, limit: int) -> list[CaseStateRow]:
        question = page_of_cases(
            sought, asked.sort, descending=asked.descending, after=after, limit=limit
        )
        (found,) = lister.reader.ask(question)
        return list(rows_in(case_state, found))

    def place_of(row: CaseStateRow) -> Place:
        return Place(getattr(row, asked.sort.value), row.case_id)

    by_identity = any(filters.get(name) for name in _IDENTIFYING)
    after = cursors.read(asked.cursor)
    seen, last = lister.page(fetch, place_of, after, asked.limit, by_identity=by_identity)
    rows = [each.told(COLUMNS) for each in seen]
    cursor = cursors.written(last) if last else None
    return listed(request, asked.format, "cases", (*COLUMNS, MASKED), rows, cursor)
