"""Lets a reader wait until what they wrote is in what they read."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import Query

from projections.read_model import ReadModel
from services.api.callers import Asker
from services.api.context import InContext
from services.api.problems import Problem

LONGEST_WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.02


def waiting_for(models: Sequence[ReadModel[Any]]) -> Callable[..., Awaitable[None]]:
    """Return what has a request wait until these read models have come to `wait_for`."""

    async def wait(
        case_id: UUID,
        context: InContext,
        _: Asker,
        wait_for: Annotated[
            int | None,
            Query(
                ge=0,
                le=2**63 - 1,
                description="The position that a write answered, to be read only once it is in.",
            ),
        ] = None,
    ) -> None:
        """Return once it is there; `not-yet` after some seconds."""
        if wait_for is None:
            return
        last = asyncio.get_running_loop().time() + LONGEST_WAIT_SECONDS
        while await to_thread.run_sync(context.read_store.taken_in, models, case_id) < wait_for:
            if asyncio.get_running_loop().time() > last:
                raise Problem("not-yet", headers={"Retry-After": "1"})
            await asyncio.sleep(_LOOK_SECONDS)

    return wait
