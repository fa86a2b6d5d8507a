"""Connections that cost only so much: few at once, and none that keeps the service waiting."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from services.api.lingering import LingeringTransport
from services.api.problems import Problem


@dataclass(frozen=True)
class ConnectionLimits:
    """Bounds on connections; times are in seconds."""

    most: int = 1000
    """How many there may be at once."""
    most_of_a_peer: int = 100
    """How many of one address, unless that is a trusted proxy."""
    head_seconds: float = 5.0
    """How long a request line and headers may take to arrive."""
    stalled_seconds: float = 30.0
    """How long a reader may take nothing of its answer."""
    linger_seconds: float = 1.0
    """How long a refused sender is listened to, so that it gets to read the refusal."""


class Connections:
    """Counts the connections there are, and says whether there is a place for one more."""

    def __init__(self, limits: ConnectionLimits, unlimited: frozenset[str] = frozenset()) -> None:
        self.limits = limits
        self._unlimited = unlimited
        self._of_peer: Counter[str] = Counter()
        self._all = 0

    def enter(self, peer: str) -> bool:
        """Return whether there is a place for one more; if so it is counted, and has to leave."""
        too_many_of_it = self._of_peer[peer] >= self.limits.most_of_a_peer
        if self._all >= self.limits.most or (too_many_of_it and peer not in self._unlimited):
            return False
        self._of_peer[peer] += 1
        self._all += 1
        return True

    def leave(self, peer: str) -> None:
        """Count one less."""
        self._all -= 1
        self._of_peer[peer] -= 1
        if not self._of_peer[peer]:
            del self._of_peer[peer]


class BoundedConfig(uvicorn.Config):
    """uvicorn's configuration with what `BoundedProtocol` needs besides."""

    connections: Connections
    refused: Callable[[str], None]


class BoundedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 with what it lacks: a time limit for heads, for readers, and a cap.

    What is wrong with a request before there is one is answered with a problem document too.
    """

    config: BoundedConfig

    _lingering: LingeringTransport

    def __init__(
        self,
        config: BoundedConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = config.connections.limits
        self._waiting_for_head: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._peer, self._entered = "", False

    def connection_made(  # type: ignore[override]  # as the class it extends
        self, transport: asyncio.Transport
    ) -> None:
        """Take the connection, or answer at once that there is no place for it."""
        self._lingering = LingeringTransport(
            transport,
            self.loop,
            self._is_sending,
            linger_seconds=self._limits.linger_seconds,
            stalled_seconds=self._limits.stalled_seconds,
        )
        super().connection_made(self._lingering)
        self._peer = self.client[0] if self.client else ""
        self._entered = self.config.connections.enter(self._peer)
        if self._entered:
            self._await_head()
            return
        self._refuse("overloaded")
        # Who is refused is listened to for a while, but that is bounded too.
        if len(self.connections) > 2 * self._limits.most:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._entered:
            self.config.connections.leave(self._peer)
        self._head_is_here()
        self._lingering.lost()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request; what a refused sender still sends is thrown away."""
        # Else it would be kept for a request that nobody reads any more.
        if self.transport.is_closing():
            return
        super().data_received(data)
        self._expect_head()

    def on_response_complete(self) -> None:
        """Go on to the next request, a part of which may have come already."""
        super().on_response_complete()
        self._expect_head()

    def send_400_response(self, msg: str) -> None:
        """Refuse what could not be read as HTTP."""
        before_a_request = self.conn.our_state is h11.IDLE
        longest = self.config.h11_max_incomplete_event_size or 0
        too_large = before_a_request and len(self.conn.trailing_data[0]) > longest
        self._refuse("headers-too-large" if too_large else "malformed-request")

    def pause_writing(self) -> None:
        """Wait for the reader, and only so long."""
        super().pause_writing()
        seconds = self._limits.stalled_seconds
        self._stalled = self.loop.call_later(seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on writing."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def _expect_head(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._head_is_here()
        elif self.conn.trailing_data[0]:
            self._await_head()

    def _await_head(self) -> None:
        if not self._waiting_for_head:
            seconds = self._limits.head_seconds
            self._waiting_for_head = self.loop.call_later(seconds, self._head_is_late)

    def _head_is_here(self) -> None:
        if self._waiting_for_head:
            self._waiting_for_head.cancel()
            self._waiting_for_head = None

    def _head_is_late(self) -> None:
        self._waiting_for_head = None
        if self.conn.trailing_data[0]:
            self._refuse("request-timeout")
        else:
            self.transport.close()

    def _is_sending(self) -> bool:
        """Tell whether more may come of what will not be read."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY, h11.ERROR)

    def _refuse(self, slug: str) -> None:
        if self.transport.is_closing():
            return
        self.config.refused(slug)
        headers = {"connection": "close"}
        answer = Problem(slug, headers=headers).response()
        start = h11.Response(status_code=answer.status_code, headers=answer.raw_headers)
        # An answer that is under way already can only be cut off.
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = () if self._is_head_request() else (h11.Data(data=bytes(answer.body)),)
            for event in (start, *body, h11.EndOfMessage()):
                self.transport.write(self.conn.send(event))
        if self.cycle:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _is_head_request(self) -> bool:
        return self.conn.our_state is h11.SEND_RESPONSE and self.scope["method"] == "HEAD"
