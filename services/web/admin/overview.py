"""The first page for who keeps the service going: what is wrong now, if anything is."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from domain.access import Action
from domain.outcomes import Outcome
from services.access import Asking, Visitor
from services.api.collectors import waited_seconds
from services.api.context import Context, InContext
from services.web.admin.area import (
    ACCESS,
    GRANTS,
    INTAKE,
    NOTICES,
    POLICIES,
    READ_MODELS,
    SOURCES,
    Section,
    admin_page,
    sections_for,
)
from services.web.admin.granted import Granted, Review, all_granted
from services.web.admin.grants import SOON
from services.web.admin.read_models import LATE_SECONDS, lag
from services.web.dates import counted, how_long
from services.web.signing_in import SignedIn, person_signed_in

router = APIRouter(prefix="/admin")

_HINTS = {
    INTAKE: "Messages that wait or could not be accepted, and whether everything is accounted for.",
    READ_MODELS: "How far they have come, what they could not take in, and rebuilding them.",
    SOURCES: "The systems that publish: when they last did, and what became of it.",
    GRANTS: "Who may do what, since when and until when.",
    POLICIES: "The times that rules allow, and who changed them when.",
    ACCESS: "Who read or exported what, and why.",
    NOTICES: "Openings in an emergency, and what privacy officers read.",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of what is to be looked at."""

    heading: str
    figure: str
    href: str
    note: str
    colour: str


@router.get("")
def overview(request: Request, context: InContext, visitor: SignedIn) -> HTMLResponse:
    """Show what is wrong, of what the visitor looks after, and where everything is."""
    sections = sections_for(person_signed_in(request).roles)
    if not sections:
        # Whoever has nothing to do here is told so, in the words of the rule.
        context.gate.allow(visitor, Asking(action=Action.RUN_INTAKE))
    return admin_page(
        request,
        "overview.html",
        None,
        title="Admin",
        tiles=list(_tiles(context, visitor, sections)),
        places=[(each, _HINTS[each]) for each in sections],
        at=context.clock(),
    )


def _tiles(context: Context, visitor: Visitor, sections: list[Section]) -> Iterator[Tile]:
    for section, tell in ((INTAKE, _intake), (READ_MODELS, _read_models), (GRANTS, _grants)):
        if section in sections:
            context.gate.allow(visitor, Asking(action=section.needs))
            yield from tell(context, visitor)


def _intake(context: Context, visitor: Visitor) -> Iterator[Tile]:
    found, now = context.oversight.open_entries(), context.clock()
    for outcome, trouble in ((Outcome.QUARANTINED, "red"), (Outcome.WAITING, "yellow")):
        these = [each for each in found if each.outcome == outcome]
        number = sum(each.entries for each in these)
        oldest = min((each.oldest for each in these), default=None)
        note = f"Oldest: {how_long((now - oldest).total_seconds())}" if oldest else "None"
        heading = "Messages in quarantine" if trouble == "red" else "Messages that wait"
        href = f"{INTAKE.href}?outcome={outcome.value}#results"
        yield Tile(heading, f"{number:,}", href, note, trouble if number else "green")


def _read_models(context: Context, visitor: Visitor) -> Iterator[Tile]:
    found, now = lag(context)
    seconds = max((waited_seconds(each, now) for each in found), default=0.0)
    events = max((each.behind for each in found), default=0)
    is_late = seconds > LATE_SECONDS
    figure = how_long(seconds) if events else "None"
    note = f"{counted(events, 'event')} behind" if events else "All events taken in"
    colour = "red" if is_late else "green"
    yield Tile("Lag of read models", figure, READ_MODELS.href, note, colour)
    parked = sum(each.parked_cases for each in found)
    note = "Cases that cannot be shown up to date" if parked else "None"
    colour = "red" if parked else "green"
    yield Tile("Parked cases", f"{parked:,}", READ_MODELS.href, note, colour)


def _grants(context: Context, visitor: Visitor) -> Iterator[Tile]:
    now = context.clock()
    found = all_granted(context.gate.grants(visitor), now)
    granted: list[Granted | Review] = [*found.roles, *found.reviews]
    ending = [
        each
        for each in granted
        if not each.ended and (until := each.event.valid_until) and until < now + SOON
    ]
    note = f"Within {SOON.days} days"
    yield Tile("Grants that end soon", f"{len(ending):,}", GRANTS.href, note, "grey")
