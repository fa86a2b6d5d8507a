"""The pages for who keeps the service going, and for who oversees access to it."""

from fastapi import APIRouter

from services.web.admin import (
    access,
    entry,
    grants,
    intake,
    overview,
    policies,
    read_models,
    reconciliation,
    revoking,
    sources,
)
from services.web.admin.rebuilding import opening

router = APIRouter(lifespan=opening)
for _part in (
    overview,
    reconciliation,
    intake,
    entry,
    read_models,
    sources,
    grants,
    revoking,
    policies,
    access,
):
    router.include_router(_part.router)

__all__ = ["router"]
