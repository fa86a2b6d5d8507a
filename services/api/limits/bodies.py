"""How large a body may be and how long it may take to arrive."""

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.limits.heads import CLOSE, has_body
from services.api.middleware import HttpMiddleware
from services.api.problems import Problem

BODY_BYTES = 256 * 1024
BATCH_BYTES = 1024 * 1024
FORM_BYTES = 4 * 1024 * 1024
"""Of a form that files may be chosen in, of which only a fingerprint is kept."""
BODIES_TOGETHER_BYTES = 64 * 1024 * 1024
BODY_SECONDS = 10.0


class BodyLimits(HttpMiddleware):
    """Receives the whole body, within its limits, before anything below it begins to work.

    So a slow sender holds nothing but its connection: no place among the requests under way, and
    no time of their deadline. `limit` gives the most bytes for the request of a scope, `together`
    bounds what is held for all of them.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: Callable[[Scope], int] = lambda _scope: BODY_BYTES,
        *,
        seconds: float = BODY_SECONDS,
        together: int = BODIES_TOGETHER_BYTES,
    ) -> None:
        super().__init__(app)
        self._limit = limit
        self._seconds = seconds
        self._together = together
        self._held = 0

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not has_body(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        body = bytearray()
        try:
            if await self._received(body, scope, receive):
                await self.app(scope, _handing_over(body, receive), send)
        finally:
            self._held -= len(body)

    async def _received(self, body: bytearray, scope: Scope, receive: Receive) -> bool:
        """Fill `body`; return whether the sender was there to the end."""
        limit = self._limit(scope)
        if int(Headers(scope=scope).get("content-length", "0")) > limit:
            raise _too_large(limit)
        try:
            async with asyncio.timeout(self._seconds):
                while (message := await receive())["type"] == "http.request":
                    self._take(message.get("body", b""), body, limit)
                    if not message.get("more_body", False):
                        return True
        except TimeoutError:
            raise Problem("request-timeout", headers=CLOSE) from None
        return False

    def _take(self, part: bytes, body: bytearray, limit: int) -> None:
        if len(body) + len(part) > limit:
            raise _too_large(limit)
        if self._held + len(part) > self._together:
            raise Problem("overloaded", headers={"retry-after": "1", **CLOSE})
        body += part
        self._held += len(part)


def _too_large(limit: int) -> Problem:
    detail = f"A body may have {limit // 1024} KiB here."
    return Problem("too-large", detail, headers=CLOSE)


def _handing_over(body: bytearray, receive: Receive) -> Receive:
    """Return what gives the whole body at once, and then whether the sender has gone."""
    given = False

    async def hand_over() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return hand_over
