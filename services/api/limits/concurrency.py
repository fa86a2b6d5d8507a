"""How many requests may be under way at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.limits.heads import refused_unread
from services.api.middleware import HttpMiddleware

REQUESTS_AT_ONCE = 100

_RETRY_AFTER = {"retry-after": "1"}


@dataclass(frozen=True)
class Lane:
    """Paths with places of their own, so that they neither wait for others nor crowd them out."""

    paths: frozenset[str]
    places: int


class Concurrency(HttpMiddleware):
    """Refuses at once what there is no place for, instead of letting everything become slow."""

    def __init__(
        self, app: ASGIApp, places: int = REQUESTS_AT_ONCE, lanes: Sequence[Lane] = ()
    ) -> None:
        super().__init__(app)
        self._common = Lane(frozenset(), places)
        self._lane_of = {path: lane for lane in lanes for path in lane.paths}
        self._taken = dict.fromkeys((self._common, *lanes), 0)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        lane = self._lane_of.get(scope["path"], self._common)
        if self._taken[lane] >= lane.places:
            raise refused_unread("overloaded", scope, _RETRY_AFTER)
        self._taken[lane] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._taken[lane] -= 1
