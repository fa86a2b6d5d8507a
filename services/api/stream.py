"""Tells live dashboards that something changed, and never what: server-sent events.

Nothing is queued for anyone: each stream goes on from its own place in the global order when its
reader has taken what was sent, and one whose reader takes nothing is cut off by the server. With
`Last-Event-ID`, which browsers send by themselves, it goes on where it was.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Header, Request
from pydantic_core import to_json
from starlette.responses import StreamingResponse

from adapters.identity.caller import TokenRefused
from adapters.read_store.session import ReadStoreError
from domain.access import RULES, Action
from services.access import AccessUnavailable, Asking, Forbidden, Visitor
from services.api.callers import Asker
from services.api.context import Context, InContext
from services.api.described import documented
from services.api.live import Stretch

PATH = "/v1/stream"
HEARTBEAT = timedelta(seconds=15)
"""After how long without news something is sent all the same, to keep the connection open."""

_RETRY_MILLISECONDS = 2000
_BETWEEN_SECONDS = 0.25
"""How long changes are gathered at the least, however many there are."""
_AWAY_SECONDS = 1.0
_DECIDING_AT_ONCE = 4

# What OpenAPI 3.2 has for each item of a stream; by 3.1 it says nothing, and is passed over.
_ITEM = {
    "type": "object",
    "properties": {
        "event": {"enum": ["changed", "position"]},
        "id": {"type": "string", "description": "The position, for `Last-Event-ID`."},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}

router = APIRouter(tags=["live"])


class _Stream:
    """One reader's stream."""

    def __init__(self, context: Context, visitor: Visitor, token: str, after: int | None) -> None:
        self._context = context
        self._visitor = visitor
        self._token = token
        self._after = after
        self._position = 0

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield what is sent, until the token has run out, nothing is granted any more, or the
        service stops."""
        with self._context.live.listened_to():
            async for part in self._parts():
                yield part

    async def _parts(self) -> AsyncIterator[bytes]:
        live = self._context.live
        head = await live.head()
        self._position = head if self._after is None else min(self._after, head)
        yield f"retry: {_RETRY_MILLISECONDS}\n\n".encode() + _moved(self._position)
        while await self._may_go_on():
            if not await live.moves_beyond(self._position, HEARTBEAT.total_seconds()):
                yield b": still here\n\n"
                continue
            try:
                found = await live.after(self._position)
                told = await self._told(found)
            except Forbidden:
                return
            except (AccessUnavailable, ReadStoreError):
                # It is not known what may be told: nothing is, and nothing is left out either.
                await asyncio.sleep(_AWAY_SECONDS)
                continue
            if not await self._may_go_on():
                return
            self._position = found.end
            yield told
            await asyncio.sleep(_BETWEEN_SECONDS)

    async def _may_go_on(self) -> bool:
        try:
            self._context.verifier.verify(self._token)
        except TokenRefused:
            return False
        return not self._context.live.is_over

    async def _told(self, found: Stretch) -> bytes:
        """Return what the reader is told of these changes, by what is granted to them now."""
        return await to_thread.run_sync(self._sifted, found, limiter=self._context.deciding)

    def _sifted(self, found: Stretch) -> bytes:
        check_standing(self._context, self._visitor)
        cases = list(dict.fromkeys(change.case_id for change in found.changes))
        asking = Asking(action=Action.LIST)
        seen = self._context.gate.sift(self._visitor, asking, cases).masked if cases else {}
        lines = [
            b"event: changed\nid: %d\ndata: %s\n\n" % (change.position, to_json(change._asdict()))
            for change in found.changes
            if change.case_id in seen
        ]
        # What the reader may not see moves the position too, and nothing else is told of it.
        return b"".join(lines) + _moved(found.end)


def _moved(position: int) -> bytes:
    return b'event: position\nid: %d\ndata: {"position":%d}\n\n' % (position, position)


def check_standing(context: Context, visitor: Visitor) -> None:
    """Raise `Forbidden` where no role that is in force is granted to the visitor."""
    if not context.gate.standing(visitor).roles(context.clock()):
        raise Forbidden("no-role", RULES["no-role"].why)


def deciders() -> CapacityLimiter:
    """Return what keeps streams from taking all threads and connections from requests."""
    return CapacityLimiter(_DECIDING_AT_ONCE)


@router.get(
    PATH,
    summary="Live: that something changed, where, and when",
    operation_id="stream",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Server-sent events: `changed` with position, type, case_id and "
            "recorded_at for each event of a case that you may see in lists; `position` for how "
            "far the record has come. A comment every 15 seconds keeps the connection open.",
            "content": {"text/event-stream": {"itemSchema": _ITEM}},
        },
        **documented("invalid-token", "not-permitted", "invalid-parameter", "unavailable"),
    },
)
async def stream(
    request: Request,
    context: InContext,
    visitor: Asker,
    last_event_id: Annotated[
        int | None,
        Header(
            ge=0,
            le=2**63 - 1,
            description="The position to go on after; left out, only what comes from now on.",
        ),
    ] = None,
) -> StreamingResponse:
    """Tell of each event of a case that you may see, from when it is recorded."""
    await to_thread.run_sync(check_standing, context, visitor, limiter=context.deciding)
    token = request.headers["authorization"].partition(" ")[2]
    told = _Stream(context, visitor, token, last_event_id).parts()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)
