"""Adds the pages to the application that serves the API."""

from fastapi import APIRouter, Depends, FastAPI

from services.settings import Settings
from services.web import (
    admin,
    assets,
    case,
    dashboard,
    home,
    register,
    reports,
    review,
    signing_in,
    worklists,
)
from services.web.environment import new_environment
from services.web.errors import problem_page
from services.web.forms.routes import router as forms_router
from services.web.page import Pages
from services.web.signing_in import from_our_own_pages, include_signing_in

ROUTERS: tuple[APIRouter, ...] = (
    assets.router,
    signing_in.router,
    home.router,
    forms_router,
    case.router,
    review.router,
    reports.router,
    dashboard.router,
    register.router,
    worklists.router,
    admin.router,
)
"""The routes of every area, in the order in which they are tried."""


def include_pages(app: FastAPI, settings: Settings) -> None:
    """Have `app` serve the pages, and tell browsers of problems by pages too."""
    app.state.pages = Pages(new_environment(), settings.landlord, settings.demo)
    app.state.problem_page = problem_page
    include_signing_in(app, settings)
    for router in ROUTERS:
        app.include_router(
            router, include_in_schema=False, dependencies=[Depends(from_our_own_pages)]
        )
