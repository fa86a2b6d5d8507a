"""Who read what: of a case and as notices, for those who oversee that; of oneself, for all."""

from datetime import date, datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from domain.access import Action
from domain.vocabulary.access import Role
from domain.vocabulary.rights import RecordPart
from services.access.access_log import Before, LogEntry, Page, log_of_case, notices, own_log
from services.api.answers import answer
from services.api.asked import For
from services.api.callers import Asker
from services.api.case_parts import PROBLEMS_OF_READING
from services.api.context import InContext
from services.api.described import NOT_MODIFIED, documented

router = APIRouter(prefix="/v1", tags=["access"], responses=NOT_MODIFIED)

_OF_ONESELF = documented("invalid-token", "invalid-parameter", "rate-limited", "unavailable")
_PLACE = r"^[1-9][0-9]{0,17}\.[1-9][0-9]{0,17}$"


class Log(BaseModel):
    """A page of the record of access, the latest first."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    entries: list[LogEntry]
    next: str | None
    """For `before`, to go on; null after the last."""


class OwnGrant(BaseModel):
    """A role that is in force."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    role: Role
    label: str
    areas: list[str]
    """The authorities whose cases it is for; none for all of them."""
    publishes: str | None
    """The source whose events it lets a system publish."""
    until: datetime | None


class OwnReview(BaseModel):
    """Cases, and days of them, that are granted for a review."""

    cases: list[UUID]
    scope_from: date | None
    scope_to: date | None
    until: datetime


class Myself(BaseModel):
    """What is granted to who asks."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    principal: str
    """The issuer and subject of the token."""
    staff: list[str]
    """How cases name them."""
    roles: list[OwnGrant]
    reviews: list[OwnReview]


class Turned(NamedTuple):
    """To which page of a log: from where on, and how many entries."""

    before: Before
    limit: int


def turned(
    before: Annotated[
        str | None, Query(pattern=_PLACE, description="From where on, as `next` gave it.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="As many entries at the most.")] = 100,
) -> Turned:
    """Return which page is asked for; the first, unless said."""
    return Turned(Before(*map(int, before.split("."))) if before else Before(), limit)


Turn = Annotated[Turned, Depends(turned)]
"""A parameter of a route: which page of a log."""


@router.get(
    "/cases/{case_id:uuid}/access-log",
    summary="Who asked for a case, or took something of it out",
    operation_id="read_access_log",
    response_model=Log,
    responses=PROBLEMS_OF_READING,
)
def read_access_log(
    case_id: UUID,
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    turn: Turn,
) -> Response:
    """Answer what was asked of it here, permitted or not, and what other systems told of."""
    asking = why.to(Action.READ_ACCESS_LOG, RecordPart.ACCESS_LOG)
    opened = context.gate.open(visitor, asking, case_id)
    context.reading(opened).check()
    return _answered(request, log_of_case(context.gate, context.review, opened, *turn))


@router.get(
    "/notices",
    summary="What safeguarding and privacy officers are told of at once",
    operation_id="read_notices",
    response_model=Log,
    responses=_OF_ONESELF | documented("not-permitted"),
)
def read_notices(
    request: Request, context: InContext, visitor: Asker, why: For, turn: Turn
) -> Response:
    """Answer when the glass was broken, and what privacy officers read, of cases you may see."""
    # Whoever reviews such openings is told of them.
    context.gate.allow(visitor, why.to(Action.REVIEW_GLASS, RecordPart.ACCESS_LOG))
    return _answered(request, notices(context.gate, visitor, *turn))


@router.get(
    "/me/access-log",
    summary="What you asked for yourself",
    operation_id="read_own_access_log",
    response_model=Log,
    responses=_OF_ONESELF,
)
def read_own_access_log(
    request: Request, context: InContext, visitor: Asker, turn: Turn
) -> Response:
    """Answer what is on record of the visitor; that needs no role."""
    return _answered(request, own_log(context.gate, visitor, *turn))


@router.get(
    "/me",
    summary="What is granted to you",
    operation_id="read_me",
    response_model=Myself,
    responses=_OF_ONESELF,
)
def read_me(request: Request, context: InContext, visitor: Asker) -> Response:
    """Answer which roles and reviews of the visitor are in force."""
    who, now = context.gate.standing(visitor), context.clock()
    roles = [
        OwnGrant(
            role=grant.role,
            label=grant.role.label,
            areas=sorted(grant.areas),
            publishes=grant.publishes,
            until=grant.until,
        )
        for grant in who.in_force(now)
    ]
    reviews = [
        OwnReview(
            cases=sorted(each.cases),
            scope_from=each.scope_from,
            scope_to=each.scope_to,
            until=each.until,
        )
        for each in who.reviews
        if each.in_force_at(now)
    ]
    myself = {
        "principal": visitor.principal,
        "staff": sorted(who.staff),
        "roles": roles,
        "reviews": reviews,
    }
    return answer(request, myself)


def _answered(request: Request, page: Page) -> Response:
    following = f"{page.next.record}.{page.next.event}" if page.next else None
    return answer(request, {"entries": list(page.entries), "next": following})
