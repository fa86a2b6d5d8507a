"""A person, or a home, over all the cases and files that one may see.

What is looked for comes in the body of a request, and so into no address and no log. A person's
page is named by their reference, which is a pseudonym; that of a home tells where people live, so
its page has no address of its own.
"""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.read_store.persons import persons_named
from adapters.read_store.reading_as import rows_in
from domain.access import Action
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.risk import RiskLevel
from projections.masking import shown
from projections.people import people
from projections.person_history import PersonHistoryRow
from projections.property_history import PropertyHistoryRow
from services.access import NotThere
from services.api.asked import Why
from services.api.context import Context, InContext
from services.api.lists.figures import today
from services.api.lists.histories import latest_first, of_person, of_property
from services.api.lists.paging import Lister, Seen
from services.web.case.banner import risk_tag
from services.web.case.withheld import row_of
from services.web.page import Link, page
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes

router = APIRouter()

PEOPLE, HOMES = "/people", "/properties"
_SEE_OTHER = 303
_MOST = 50
_LONGEST = 100

Looked = Annotated[str, Form(max_length=1000)]


@router.get(PEOPLE)
def people_search(request: Request, visitor: SignedIn, context: InContext) -> HTMLResponse:
    """Show the form to look for a person."""
    return _people(request, "", None)


@router.post(PEOPLE, response_model=None)
def find_people(
    request: Request, visitor: SignedIn, context: InContext, looked_for: Looked = ""
) -> Response:
    """Lead to a person by their reference, or show those whose name holds what was typed."""
    told = " ".join(looked_for.split())
    if not told or len(told) > _LONGEST or not told.isprintable():
        return _people(request, told[:_LONGEST], None, "Enter a reference or part of a name")
    lister = Lister(context, visitor, Why())
    seen = of_person(lister, told)
    if seen:
        return RedirectResponse(person_page(seen[0].row.person), _SEE_OTHER)
    (found,) = lister.reader.ask(persons_named(told, _MOST))
    named = [
        each.row
        for each in lister.sieve(list(rows_in(people, found)))
        if PersonalClass.IDENTITY not in each.masked
    ]
    by_person: dict[str, dict[str, Any]] = {}
    for row in named:
        entry = by_person.setdefault(
            row.person, {"name": row.name, "href": person_page(row.person), "cases": []}
        )
        entry["cases"].append(row.case_ref)
    return _people(request, told, list(by_person.items()))


@router.get(PEOPLE + "/{ref:path}")
def person(ref: str, request: Request, visitor: SignedIn, context: InContext) -> HTMLResponse:
    """Show what each case holds of a person, under every reference of theirs, latest first."""
    if not ref or len(ref) > _LONGEST or not ref.isprintable():
        raise NotThere
    seen = latest_first(of_person(Lister(context, visitor, Why()), ref))
    if not seen:
        raise NotThere
    rows = [_of_person(each) for each in seen]
    references = sorted({row.person for row in rows})
    return page(
        request,
        "reports/person.html",
        title="A person over all cases",
        breadcrumbs=(Link("People", PEOPLE),),
        rows=rows,
        references=references,
        markers=_markers(rows),
        today=today(context),
        roles=sorted({role.label for row in rows for role in row.current_roles}),
        risk=_highest(row.risk_level for row in rows),
        risk_tag=risk_tag,
    )


@router.get(HOMES)
def home_search(request: Request, visitor: SignedIn, context: InContext) -> HTMLResponse:
    """Show the form to look for a home."""
    return _homes(request, context, "", None)


@router.post(HOMES)
def find_home(
    request: Request, visitor: SignedIn, context: InContext, looked_for: Looked = ""
) -> HTMLResponse:
    """Show what each case holds of a home, by whichever of its references, latest first."""
    told = looked_for.strip()
    if not told or len(told) > _LONGEST or not told.isprintable():
        return _homes(request, context, told[:_LONGEST], None, "Enter the home's reference or UPRN")
    seen = latest_first(of_property(Lister(context, visitor, Why()), told))
    return _homes(request, context, told, [_of_property(each) for each in seen])


def person_page(ref: str) -> str:
    """Return where a person's page is."""
    return f"{PEOPLE}/{quote(ref, safe=':/')}"


def _people(
    request: Request,
    looked_for: str,
    found: list[tuple[str, dict[str, Any]]] | None,
    fault: str | None = None,
) -> HTMLResponse:
    _check(request)
    return page(
        request,
        "reports/people.html",
        title="Find a person",
        errors=fault is not None,
        status=422 if fault else 200,
        fault=fault,
        looked_for=looked_for,
        found=found,
        most=_MOST,
    )


def _homes(
    request: Request,
    context: Context,
    looked_for: str,
    rows: list[PropertyHistoryRow] | None,
    fault: str | None = None,
) -> HTMLResponse:
    _check(request)
    return page(
        request,
        "reports/homes.html",
        title="Find a home",
        errors=fault is not None,
        status=422 if fault else 200,
        fault=fault,
        looked_for=looked_for,
        rows=rows,
        markers=_markers(rows or []),
        today=today(context),
        person_page=person_page,
    )


def _check(request: Request) -> None:
    """Show no search to whom no rule lets see any case: there is nothing to find for them."""
    if not may_sometimes(person_signed_in(request).roles, Action.LIST):
        raise NotThere


def _of_person(seen: Seen[PersonHistoryRow]) -> PersonHistoryRow:
    return row_of(PersonHistoryRow, shown(seen.row, seen.masked))


def _of_property(seen: Seen[PropertyHistoryRow]) -> PropertyHistoryRow:
    return row_of(PropertyHistoryRow, shown(seen.row, seen.masked))


def _markers(rows: list[Any]) -> list[Any]:
    held = {(row.case_ref, each.marker_id): each for row in rows for each in row.markers_in_force}
    return list(held.values())


def _highest(levels: Any) -> RiskLevel | None:
    told = [level for level in levels if level]
    return max(told, key=lambda level: level.place) if told else None
