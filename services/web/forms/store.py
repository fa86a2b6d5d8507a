"""The drafts, opened with the service and closed with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, FastAPI, Request

from adapters.draft_store import DraftStore, DraftStoreUnavailable
from services.api.context import Context


@asynccontextmanager
async def opening(app: FastAPI) -> AsyncIterator[None]:
    """Have the application keep drafts; the lifespan of the forms, which begins after the API's."""
    context = app.state.context
    assert isinstance(context, Context)
    with closing(DraftStore(context.database_url, context.clock)) as drafts:
        app.state.drafts = drafts
        with suppress(*DraftStoreUnavailable):  # those whose term is over are not shown anyway
            await to_thread.run_sync(drafts.forget_ended)
        yield


def _drafts(request: Request) -> DraftStore:
    drafts = request.app.state.drafts
    assert isinstance(drafts, DraftStore)
    return drafts


Drafts = Annotated[DraftStore, Depends(_drafts)]
"""A parameter of a route: the drafts of forms."""
