"""What needs attention over all cases: the flags that stand, the most urgent first."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from adapters.read_store.attention import FlagPlace, Wanted, page_of_flags
from adapters.read_store.reading_as import rows_in
from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.attention import AttentionRow, attention
from projections.masking import MASKED
from services.api.asked import For
from services.api.callers import Asker
from services.api.context import InContext
from services.api.lists.columns import columns_schema
from services.api.lists.cursors import Cursors
from services.api.lists.formats import PROBLEMS_OF_LISTS, chosen, described, listed
from services.api.lists.paging import Lister, Paged, Term

_COLUMNS = tuple(AttentionRow.model_fields)
_STATE = "state"
_SCHEMA = columns_schema(AttentionRow, _COLUMNS)
_SCHEMA["properties"][_STATE] = {"enum": [str(each) for each in Timeliness]}
_SCHEMA["required"].append(_STATE)
_CURSORS = Cursors(FlagPlace, "attention")

router = APIRouter(
    prefix="/v1/attention",
    tags=["lists"],
    responses=described(_SCHEMA) | PROBLEMS_OF_LISTS,
)


class AttentionPage(Paged):
    """Which flags."""

    owner: Term | None = None
    """Who has to settle it, as cases name them."""
    team: Term | None = None
    """Someone who works on the case beside its lead."""
    authority: Term | None = None
    """The code of the local authority the case lies with."""
    rule: Term | None = None
    """The rule that raised it, such as `R5`."""
    state: Timeliness | None = None


@router.get("", summary="What needs attention", operation_id="list_attention")
def list_attention(
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[AttentionPage, Query()],
) -> Response:
    """Return a page of the flags that stand over the cases you may see, the most urgent first."""
    chosen(request, asked.format)
    lister, now = Lister(context, visitor, why), context.clock()
    wanted = Wanted(**asked.model_dump(exclude={"limit", "cursor", "format"}))

    def fetch(after: FlagPlace | None, limit: int) -> list[AttentionRow]:
        (found,) = lister.reader.ask(page_of_flags(wanted, now, after, limit))
        return list(rows_in(attention, found))

    after, by_identity = _CURSORS.read(asked.cursor), bool(asked.owner or asked.team)
    seen, last = lister.page(fetch, _place_of, after, asked.limit, by_identity=by_identity)
    rows = [{**each.told(_COLUMNS), _STATE: each.row.timeliness(now)} for each in seen]
    cursor = _CURSORS.written(last) if last else None
    return listed(request, asked.format, "attention", (*_COLUMNS, _STATE, MASKED), rows, cursor)


def _place_of(row: AttentionRow) -> FlagPlace:
    return FlagPlace(row.effect is FlagEffect.STOP, row.due_at, row.flag_id)
