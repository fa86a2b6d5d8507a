"""Lets a reader wait until what they wrote is in what they read."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import Query

from projections.read_model import ReadModel
from services.api.context import Context
from services.api.problems import Problem

LONGEST_WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.02

WaitFor = Annotated[
    int | None,
    Query(
        ge=0,
        le=2**63 - 1,
        description="The position that a write answered, to be read only once it is in.",
    ),
]
"""A parameter of a route."""


async def taken_in(
    context: Context, models: Sequence[ReadModel[Any]], case_id: UUID, position: int
) -> None:
    """Return once these read models have come to `position` of a case; `not-yet` after a time."""
    last = asyncio.get_running_loop().time() + LONGEST_WAIT_SECONDS
    while await to_thread.run_sync(context.read_store.taken_in, models, case_id) < position:
        if asyncio.get_running_loop().time() > last:
            raise Problem("not-yet", headers={"Retry-After": "1"})
        await asyncio.sleep(_LOOK_SECONDS)
