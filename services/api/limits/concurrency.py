"""How many requests may be under way at once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.middleware import HttpMiddleware
from services.api.problems import Problem

REQUESTS_AT_ONCE = 100
PLACE_SECONDS = 1.0

_RETRY_AFTER = {"retry-after": "1"}


@dataclass(frozen=True)
class Lane:
    """Paths with places of their own, so that they neither wait for others nor crowd them out."""

    paths: frozenset[str]
    places: int


class Concurrency(HttpMiddleware):
    """Refuses what finds no place within `seconds`, instead of letting everything become slow.

    Refused at once, whoever does not heed `Retry-After` would be back at once, and to refuse it
    over and over leaves no time for the work that has a place.
    """

    def __init__(
        self,
        app: ASGIApp,
        places: int = REQUESTS_AT_ONCE,
        lanes: Sequence[Lane] = (),
        seconds: float = PLACE_SECONDS,
    ) -> None:
        super().__init__(app)
        self._seconds = seconds
        self._common = asyncio.Semaphore(places)
        self._places_of: dict[str, asyncio.Semaphore] = {}
        for lane in lanes:
            self._places_of |= dict.fromkeys(lane.paths, asyncio.Semaphore(lane.places))

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        places = self._places_of.get(scope["path"], self._common)
        try:
            async with asyncio.timeout(self._seconds):
                await places.acquire()
        except TimeoutError:
            # The body is received by now: the connection may stay, and a new one costs more.
            raise Problem("overloaded", headers=_RETRY_AFTER) from None
        try:
            await self.app(scope, receive, send)
        finally:
            places.release()
