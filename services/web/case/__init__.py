"""The pages of a case: what happened, how it stands, and how it stood on any day before."""

from fastapi import APIRouter

from services.web.case import access_log, as_of, changes, emergency, revealing, routes

__all__ = ["router"]

router = APIRouter()
for _module in (routes, as_of, changes, access_log, revealing, emergency):
    router.include_router(_module.router)
