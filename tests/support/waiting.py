"""Waiting for what another process or task will do soon, never longer than a stated time."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

Result = TypeVar("Result")

_POLL_SECONDS = 0.02


def eventually(
    predicate: Callable[[], Result], *, timeout: float = 10.0, what: str = "the condition"
) -> Result:
    """The predicate's first true result; fails the test if there is none within `timeout` s."""
    deadline = time.monotonic() + timeout
    while not (result := predicate()):
        if time.monotonic() > deadline:
            raise AssertionError(_failure(what, timeout, result))
        time.sleep(_POLL_SECONDS)
    return result


async def eventually_async(
    predicate: Callable[[], Awaitable[Result]],
    *,
    timeout: float = 10.0,  # noqa: ASYNC109 - the bound is on all calls together, and is reported
    what: str = "the condition",
) -> Result:
    """As `eventually`, for a predicate to await; the event loop goes on in the meantime."""
    deadline = time.monotonic() + timeout
    while not (result := await predicate()):
        if time.monotonic() > deadline:
            raise AssertionError(_failure(what, timeout, result))
        await asyncio.sleep(_POLL_SECONDS)
    return result


def _failure(what: str, timeout: float, result: object) -> str:
    return f"{what}: not within {timeout:g} s (last seen: {result!r})"
