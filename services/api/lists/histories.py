"""A person, or a property, over all the cases and files that the visitor may see."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from domain.places import place_of
from projections.file_history import FileHistoryRow
from projections.masking import MASKED
from projections.person_history import PersonHistoryRow, person_history, same_person
from projections.property_history import PropertyHistoryRow, property_history
from services.access import NotThere
from services.api.asked import For
from services.api.callers import Asker
from services.api.context import InContext
from services.api.described import documented
from services.api.lists.columns import columns_schema
from services.api.lists.formats import PROBLEMS_OF_LISTS, InForm, chosen, described, listed
from services.api.lists.paging import Lister, Seen, Term

_PREFIX = "person:"
_REFERENCES: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def _columns(row: type[FileHistoryRow]) -> tuple[str, ...]:
    # A case that someone may see may be linked to one that they may not.
    return tuple(name for name in row.model_fields if name != "links")


_OF_PERSON = _columns(PersonHistoryRow)
_OF_PROPERTY = _columns(PropertyHistoryRow)

router = APIRouter(
    prefix="/v1",
    tags=["lists"],
    responses=PROBLEMS_OF_LISTS,
)


class PropertySearch(InForm):
    """A property, named in the body of a request, since it tells where people live."""

    property: Term
    """The reference of the property."""


@router.get(
    "/people/{ref}",
    summary="A person over all cases that you may see",
    operation_id="read_person",
    responses={
        **described(columns_schema(PersonHistoryRow, _OF_PERSON), references=_REFERENCES),
        **documented("not-found"),
    },
)
def read_person(
    ref: Annotated[Term, Path(description="The person, as events refer to them; not a name.")],
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[InForm, Query()],
) -> Response:
    """Return what each case holds of a person, under every reference of theirs, latest first."""
    chosen(request, asked.format)
    seen = of_person(Lister(context, visitor, why), ref)
    if not seen:
        raise NotThere
    rows = [each.told(_OF_PERSON) for each in latest_first(seen)]
    references = sorted({each.row.person for each in seen})
    return listed(
        request, asked.format, "person", (*_OF_PERSON, MASKED), rows, None, references=references
    )


@router.post(
    "/properties/search",
    summary="A property over all cases that you may see",
    operation_id="search_properties",
    responses=described(columns_schema(PropertyHistoryRow, _OF_PROPERTY)),
)
def search_properties(
    request: Request, context: InContext, visitor: Asker, why: For, asked: PropertySearch
) -> Response:
    """Return what each case holds of a property, by whichever of its references, latest first."""
    chosen(request, asked.format)
    lister = Lister(context, visitor, why)
    rows = [each.told(_OF_PROPERTY) for each in latest_first(of_property(lister, asked.property))]
    return listed(request, asked.format, "property", (*_OF_PROPERTY, MASKED), rows, None)


def of_person(lister: Lister, ref: str) -> list[Seen[PersonHistoryRow]]:
    """Return the rows of a person, and of every reference that a row shown says is theirs."""
    references, looked_up = {ref, _PREFIX + ref}, set[str]()
    seen: dict[tuple[object, str], Seen[PersonHistoryRow]] = {}
    while new := references - looked_up:
        looked_up |= new
        found = [
            row
            for column in ("person", "alias_of")
            for row in lister.reader.rows_having(person_history, column, sorted(new))
            if (row.case_id, row.person) not in seen
        ]
        for each in lister.sieve(found):
            seen[each.row.case_id, each.row.person] = each
        references |= same_person(each.row for each in seen.values())
    return list(seen.values())


def of_property(lister: Lister, reference: str) -> list[Seen[PropertyHistoryRow]]:
    """Return the rows of a property, by whichever of its references."""
    place = place_of(reference)
    found = lister.reader.rows_having(property_history, "place", [place] if place else [])
    return lister.sieve(found)


def latest_first(seen: list[Seen[Any]]) -> list[Seen[Any]]:
    """Return rows by when they were last mentioned."""
    return sorted(seen, key=_recency, reverse=True)


def _recency(seen: Seen[Any]) -> tuple[datetime, str]:
    return seen.row.last_mention_at, seen.row.case_ref
