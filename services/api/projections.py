"""How far the read models have come, for whoever keeps the service going."""

from collections.abc import Sequence

from fastapi import APIRouter

from domain.access import Action
from projections.catalogue import READ_MODELS
from services.access import Asking
from services.api.callers import Asker
from services.api.collectors import waited_seconds
from services.api.context import InContext
from services.api.described import Body, documented

router = APIRouter(prefix="/v1", tags=["operations"])


class ReadModelStatus(Body):
    """How far a read model has come."""

    name: str
    version: int
    position: int
    behind_events: int
    behind_seconds: float
    parked_cases: int
    """Cases that it cannot fold; everything else goes on."""


class ProjectionsList(Body):
    """How far each read model has come; positions are places in the order of all events."""

    head: int
    read_models: Sequence[ReadModelStatus]


@router.get(
    "/projections",
    summary="How far the read models have come",
    operation_id="list_projections",
    responses=documented("not-permitted"),
)
def list_projections(context: InContext, visitor: Asker) -> ProjectionsList:
    """Return, by read model, how many events and how many seconds it lags."""
    context.gate.allow(visitor, Asking(action=Action.RUN_READ_MODELS))
    models = READ_MODELS.values()
    found = {each.read_model: each for each in context.read_store.progress(models)}
    now = context.clock()
    read_models = [
        ReadModelStatus(
            name=model.name,
            version=model.version,
            position=found[model.id].position,
            behind_events=found[model.id].behind,
            behind_seconds=waited_seconds(found[model.id], now),
            parked_cases=found[model.id].parked_cases,
        )
        for model in models
    ]
    return ProjectionsList(head=max(each.head for each in found.values()), read_models=read_models)
