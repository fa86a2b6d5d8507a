"""What came in and is not settled: how much and why, each entry, and several decided again."""

from collections import Counter
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, Response

from adapters.event_store.open_entries import OpenCount, OpenWanted
from domain.access import Action
from domain.outcomes import Outcome
from services.access import Visitor
from services.access.unsettled import Unsettled
from services.api.context import InContext
from services.api.intake import unsettled_of
from services.web.admin.area import INTAKE, admin_page, to
from services.web.admin.intake_filter import (
    Wanted,
    chosen,
    groups,
    in_words,
    options,
    query_of,
    wanted_of,
)
from services.web.listing import Address, Paging
from services.web.page import Link
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes

router = APIRouter(prefix="/admin/intake")

AT_ONCE = 200
"""How many entries are decided again together."""
MOST_AT_ONCE = 1_000
"""How many of them one press of the button decides again: a person waits for it."""

_SIZE = 25
_ADDRESS = "/admin/intake"

_Page = Annotated[int, Query(ge=1, le=1_000_000)]
_Code = Annotated[str, Form(max_length=500)]


@router.get("")
def list_unsettled(
    request: Request, context: InContext, visitor: SignedIn, wanted: Wanted, page: _Page = 1
) -> HTMLResponse:
    """Show how many messages wait or are in quarantine, why, and which."""
    unsettled_of(context).check(visitor)
    counts = context.desk.open_counts()
    total = sum(each.entries for each in counts if wanted.fits(each))
    address = Address(_ADDRESS, query_of(wanted))
    paging = Paging(address, min(page, -(-total // _SIZE) or 1), _SIZE, total)
    offset = (paging.number - 1) * _SIZE
    messages = context.desk.open_page(wanted, offset=offset, limit=_SIZE) if total else []
    return admin_page(
        request,
        "intake.html",
        INTAKE,
        title=f"Intake{paging.title}",
        groups=groups(counts),
        by_outcome=Counter({each: _sum(counts, each) for each in Outcome}),
        now=context.clock(),
        messages=messages,
        in_words=in_words,
        wanted=wanted,
        query=query_of(wanted),
        chosen=chosen(wanted, address),
        options=options(counts),
        paging=paging,
        most=MOST_AT_ONCE,
        may_read=may_sometimes(person_signed_in(request).roles, Action.READ_MESSAGE),
        retried=_retried(request),
    )


def _sum(counts: list[OpenCount], outcome: Outcome) -> int:
    return sum(each.entries for each in counts if each.outcome == outcome)


def _retried(request: Request) -> dict[str, int] | None:
    """Return how a retry of several ended, where one has just ended."""
    told = {name: request.query_params.get(name, "") for name in ("tried", "settled", "left")}
    if not all(value.isascii() and value.isdigit() and len(value) < 8 for value in told.values()):
        return None
    return {name: int(value) for name, value in told.items()}


@router.get("/retry")
def ask_before_retry(
    request: Request, context: InContext, visitor: SignedIn, wanted: Wanted
) -> HTMLResponse:
    """Ask whether several messages are to be decided again, and say how many."""
    unsettled_of(context).check(visitor)
    found = [each for each in context.desk.open_counts() if wanted.fits(each)]
    return admin_page(
        request,
        "retry.html",
        INTAKE,
        title="Try messages again",
        trail=(Link(INTAKE.text, INTAKE.href),),
        count=sum(each.entries for each in found),
        groups=groups(found),
        in_words=in_words,
        query=query_of(wanted),
        back=str(Address(_ADDRESS, query_of(wanted))),
        most=MOST_AT_ONCE,
    )


@router.post("/retry")
async def retry_several(
    context: InContext,
    visitor: SignedIn,
    outcome: _Code = "",
    reason: _Code = "",
    source: _Code = "",
    day: _Code = "",
) -> Response:
    """Decide again what is looked for, oldest first, and say what became of it."""
    wanted = wanted_of({"outcome": outcome, "reason": reason, "source": source, "day": day})
    tried, settled = await _decided_again(unsettled_of(context), visitor, wanted)
    told = Address(_ADDRESS, query_of(wanted))
    return to(str(told.having(tried=tried, settled=settled, left=tried - settled)))


async def _decided_again(
    unsettled: Unsettled, visitor: Visitor, wanted: OpenWanted
) -> tuple[int, int]:
    """Return how many entries were decided again, and how many of them are settled now."""
    tried = settled = after = 0
    while tried < MOST_AT_ONCE:
        ids = await to_thread.run_sync(unsettled.some, visitor, wanted, after, AT_ONCE)
        if not ids:
            break
        entries = await to_thread.run_sync(unsettled.undecided, visitor, ids)
        receipts = await unsettled.decide_again(entries)
        tried, after = tried + len(receipts), ids[-1]
        settled += sum(
            each.outcome not in (Outcome.WAITING, Outcome.QUARANTINED) for each in receipts
        )
    return tried, settled
