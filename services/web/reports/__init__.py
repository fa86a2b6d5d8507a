"""Reports over all cases: figures by period, authorities, and a person's or a home's history."""

from fastapi import APIRouter

from services.web.reports import authorities, figures, histories

router = APIRouter()
for _area in (figures, authorities, histories):
    router.include_router(_area.router)

__all__ = ["router"]
