"""How far the read models have come, what they could not take in, and their rebuilding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from adapters.read_store.looked_after import ParkedCase
from adapters.read_store.reader import Progress
from domain.access import Action
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from services.access import Asking, NotThere, Visitor
from services.api.collectors import waited_seconds
from services.api.context import Context, InContext
from services.web.admin.area import READ_MODELS as SECTION
from services.web.admin.area import admin_page, to
from services.web.admin.rebuilding import InBackground, Rebuild, Rebuilding
from services.web.page import Link
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin/read-models")

LATE_SECONDS = 60
"""From how many seconds on a read model is said to lag."""


@dataclass(frozen=True, slots=True)
class Line:
    """One read model, as it is shown."""

    name: str
    version: int
    position: int
    behind: int
    seconds: float
    rate: float | None
    """How many events it took in each second of late; None where that is not known yet."""
    parked: Sequence[ParkedCase]
    rebuild: Rebuild | None
    elsewhere: bool
    """Whether it is being rebuilt, and not by this process."""

    @property
    def trouble(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.parked) or self.is_late

    @property
    def is_late(self) -> bool:
        """Whether it lags so far that people notice."""
        return self.seconds > LATE_SECONDS

    @property
    def left_seconds(self) -> float | None:
        """About how long until it has caught up, at this rate."""
        return self.behind / self.rate if self.behind and self.rate else None


def check(context: Context, visitor: Visitor) -> None:
    """Raise `Forbidden` where a visitor may not look after the read models."""
    context.gate.allow(visitor, Asking(action=Action.RUN_READ_MODELS))


def lag(context: Context) -> tuple[list[Progress], datetime]:
    """Return how far the read models have come, and when that was."""
    return context.read_store.progress(READ_MODELS.values()), context.clock()


@router.get("")
def list_read_models(
    request: Request, context: InContext, visitor: SignedIn, rebuilding: InBackground
) -> HTMLResponse:
    """Show how far each has come, those in trouble first."""
    check(context, visitor)
    lines = _lines(context, rebuilding)
    asked = request.query_params.get("asked", "")
    return admin_page(
        request,
        "read_models.html",
        SECTION,
        title="Read models",
        lines=sorted(lines, key=lambda each: (not each.trouble, -each.behind, each.name)),
        head=max(each.position + each.behind for each in lines),
        under_way=[each for each in lines if each.rebuild and each.rebuild.under_way],
        asked=asked if asked in READ_MODELS else None,
        at=context.clock(),
    )


@router.get("/{name}/rebuild")
def ask_before_rebuild(
    name: str, request: Request, context: InContext, visitor: SignedIn
) -> HTMLResponse:
    """Ask whether a read model is to be rebuilt, and say what that does."""
    check(context, visitor)
    model = _named(name)
    return admin_page(
        request,
        "rebuild.html",
        SECTION,
        title=f"Rebuild {model.name}",
        trail=(Link(SECTION.text, SECTION.href),),
        name=model.name,
        events=max(each.head for each in context.read_store.progress([model])),
    )


@router.post("/{name}/rebuild")
def begin_rebuild(
    name: str, context: InContext, visitor: SignedIn, rebuilding: InBackground
) -> Response:
    """Begin to rebuild a read model in the background."""
    check(context, visitor)
    model = _named(name)
    rebuilding.begin(model)
    return to(f"{SECTION.href}?asked={model.name}#{model.name}")


def _named(name: str) -> ReadModel[Any]:
    if name not in READ_MODELS:
        raise NotThere
    return READ_MODELS[name]


def _lines(context: Context, rebuilding: Rebuilding) -> list[Line]:
    models, rebuilds = list(READ_MODELS.values()), rebuilding.latest()
    progress, now = lag(context)
    found = {each.read_model: each for each in progress}
    rates = rebuilding.pace.see({each.read_model: each.position for each in progress}, now)
    parked = context.read_store.parked(models)
    claimed = context.read_store.being_rebuilt(models)
    lines = []
    for model in models:
        own = rebuilds.get(model.name)
        lines.append(
            Line(
                name=model.name,
                version=model.version,
                position=found[model.id].position,
                behind=found[model.id].behind,
                seconds=waited_seconds(found[model.id], now),
                rate=rates.get(model.id),
                parked=[each for each in parked if each.read_model == model.id],
                rebuild=own,
                elsewhere=model.id in claimed and not (own and own.under_way),
            )
        )
    return lines
