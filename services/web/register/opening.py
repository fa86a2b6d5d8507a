"""Opens what keeps people's filters and searches, beside the rest of the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from adapters.filter_store import FilterStore
from adapters.read_store.register import authorities_of_cases
from services.api.context import Context
from services.web.worklists.looking import Looking
from services.web.worklists.remembered import Remembered

_KEPT_SECONDS = 300
"""It takes a while to find them, and a new one among them is rare."""


@asynccontextmanager
async def opening(app: FastAPI) -> AsyncIterator[None]:
    """Hold the store of filters open while the application serves."""
    context = app.state.context
    assert isinstance(context, Context)
    with closing(FilterStore(context.database_url, context.clock)) as filters:
        app.state.filters = filters
        app.state.authorities = Remembered[tuple[str | None, ...]]()
        yield


async def _filters(request: Request) -> FilterStore:
    # In the event loop: whatever is no coroutine takes a thread for each request.
    filters = request.app.state.filters
    assert isinstance(filters, FilterStore)
    return filters


InFilters = Annotated[FilterStore, Depends(_filters)]
"""A parameter of a route: what keeps filters and searches."""


def authorities_of(request: Request, looking: Looking) -> tuple[str | None, ...]:
    """Return the authorities that the cases one may see lie with, as of the last minutes; None is
    among them where some lie with none that is known."""
    remembered: Remembered[tuple[str | None, ...]] = request.app.state.authorities

    def ask() -> tuple[str | None, ...]:
        (found,) = looking.reader.ask(authorities_of_cases())
        return tuple(authority for (authority,) in found)

    return remembered.get((looking.reach, looking.now.timestamp() // _KEPT_SECONDS), ask)
