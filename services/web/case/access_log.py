"""Who asked for a case, or took something of it out; for those who oversee that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from domain.access import RULES, Action
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose, RecordPart
from services.access import Asking
from services.access.access_log import Before, LogEntry, log_of_case
from services.api.context import InContext
from services.web.case.asked import AskedFor
from services.web.case.not_open import CaseRoute, needs_to_say
from services.web.case.opened_case import OpenedCase
from services.web.case.sections import ACCESS
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/cases/{case_id:uuid}", route_class=CaseRoute)

_A_PAGE = 50
_PLACE = r"^[1-9][0-9]{0,17}\.[1-9][0-9]{0,17}$"


@dataclass(frozen=True, slots=True)
class ToldAccess:
    """One entry of the log in words."""

    entry: LogEntry
    who: str
    what: str
    why: Sequence[str]
    rules: Sequence[str]


@router.get("/access")
def show_access(
    case_id: UUID,
    request: Request,
    visitor: SignedIn,
    context: InContext,
    seen: AskedFor,
    before: Annotated[str | None, Query(pattern=_PLACE)] = None,
) -> HTMLResponse:
    """Show what was asked of the case, permitted or not, the latest first."""
    if (question := needs_to_say(request, ACCESS.action, seen)) is not None:
        return question
    asking = Asking(action=Action.READ_ACCESS_LOG, part=ACCESS.part, purpose=seen.purpose)
    opened = context.gate.open(visitor, asking, case_id)
    reading = context.reading(opened)
    reading.check()
    place = Before(*map(int, before.split("."))) if before else Before()
    found = log_of_case(context.gate, context.review, opened, place, _A_PAGE)
    case = OpenedCase(request, context, opened, ACCESS, seen.from_now(), reading, {})
    following = f"{found.next.record}.{found.next.event}" if found.next else None
    return case.render(
        "access.html",
        entries=[_told(entry, opened.masked) for entry in found.entries],
        older=case.address(ACCESS.slug, ("before", following)) if following else None,
        newest=case.address(ACCESS.slug) if before else None,
    )


def _told(entry: LogEntry, masked: frozenset[PersonalClass]) -> ToldAccess:
    withheld = PersonalClass.IDENTITY in masked
    who = entry.staff or entry.principal or ("Withheld" if withheld else "Not recorded")
    part = _label(RecordPart, entry.part)
    why = [_label(AccessPurpose, entry.purpose)] if entry.purpose else []
    return ToldAccess(
        entry,
        who,
        f"{_label(Action, entry.action)}: {part[:1].lower()}{part[1:]}",
        [*why, *([entry.reason] if entry.reason else [])],
        [RULES[rule].why for rule in entry.rules if rule in RULES],
    )


def _label(codes: type[CodedList], told: str) -> str:
    return next((code.label for code in codes if code.value == told), told)
