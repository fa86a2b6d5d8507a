"""Blocking work beside an event loop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


async def finished_in_thread(
    work: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
) -> Result:
    """Run `work` in a thread and return its result; when cancelled, end only once it has ended.

    A thread cannot be cancelled, and what it works on must not be closed under it.
    """
    running = asyncio.create_task(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        raise
