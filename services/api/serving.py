"""Serves the API over HTTP until it is told to stop, then finishes what is under way."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.connections import (
    BoundedConfig,
    BoundedProtocol,
    ConnectionLimits,
    Connections,
)
from services.api.limits.heads import HEAD_BYTES

_BACKLOG = 256

_log = structlog.get_logger(__name__)


class AddressNotFree(Exception):  # noqa: N818 (names what happened)
    """The address cannot be listened on. The message is one sentence."""


@dataclass(frozen=True)
class ServeLimits:
    """How the HTTP server runs; times are in seconds."""

    connections: ConnectionLimits = field(default_factory=ConnectionLimits)
    head_bytes: int = HEAD_BYTES
    """How large an incomplete request head may become."""
    keep_alive_seconds: int = 5
    """How long a connection without a request is kept."""
    graceful_seconds: int = 20
    """How long requests under way have to end after a stop; longer than their deadline."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose X-Forwarded-For is believed, and which may open any number of connections."""


async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    stop: asyncio.Event,
    limits: ServeLimits | None = None,
    share_port: bool = False,
    listening: Callable[[int], None] = lambda _port: None,
    refused: Callable[[str], None] = lambda _slug: None,
) -> None:
    """Serve `app` until `stop` is set. Signals are the caller's, and so is the event loop.

    With `share_port` other processes may listen on the same port, and each takes its part of the
    connections. Port 0 means any that is free: `listening` is told which once connections are
    taken. `refused` is told the slug of each problem that was answered without asking `app`. What
    `app` raises when it starts is raised here. Raises `AddressNotFree` where something else
    listens there.
    """
    limits = limits or ServeLimits()
    _have_uvicorn_log_no_texts()
    starting = _Starting(app)
    with _listening_on(host, port, share_port) as listener:
        server = _Server(_config(starting, limits, refused), listener, listening)
        stopping = asyncio.create_task(_stop_when_asked(server, stop))
        try:
            await server.serve(sockets=[listener])
        except SystemExit:
            raise starting.error or RuntimeError("The application did not start.") from None
        finally:
            stopping.cancel()


def _config(app: ASGIApp, limits: ServeLimits, refused: Callable[[str], None]) -> BoundedConfig:
    config = BoundedConfig(
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,  # its lines hold paths, and paths may hold references
        server_header=False,
        proxy_headers=bool(limits.trusted_proxies),
        forwarded_allow_ips=list(limits.trusted_proxies),
        timeout_keep_alive=limits.keep_alive_seconds,
        timeout_graceful_shutdown=limits.graceful_seconds,
        h11_max_incomplete_event_size=limits.head_bytes,
    )
    # Its own `limit_concurrency` counts connections that say nothing, and refuses all others then.
    config.connections = Connections(limits.connections, frozenset(limits.trusted_proxies))
    config.refused = refused
    return config


class _Server(uvicorn.Server):
    def __init__(
        self, config: BoundedConfig, listener: socket.socket, listening: Callable[[int], None]
    ) -> None:
        super().__init__(config)
        self._listener = listener
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        port = self._listener.getsockname()[1]
        _log.info("http_started", port=port)
        self._listening(port)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _stop_when_asked(server: uvicorn.Server, stop: asyncio.Event) -> None:
    await stop.wait()
    server.should_exit = True


class _Starting:
    """Keeps what the application raised when it started; uvicorn keeps only that it did."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.error: BaseException | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except BaseException as error:
            if scope["type"] == "lifespan":
                self.error = error
            raise


@contextmanager
def _listening_on(host: str, port: int, share_port: bool) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server(
            (host, port), family=family, backlog=_BACKLOG, reuse_port=share_port
        )
    except OSError as error:
        where = f"port {port} of {host or 'this machine'}"
        raise AddressNotFree(
            f"Cannot listen on {where} ({error.strerror}); choose another, or stop what uses it."
        ) from None
    with listener:
        yield listener


class _TypesOnly(logging.Handler):
    """Logs that the server failed and with what type of error: its texts may hold anything."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        _log.error("http_server_failed", error=kind.__name__ if kind else "unknown")


def _have_uvicorn_log_no_texts() -> None:
    logger = logging.getLogger("uvicorn")
    logger.handlers = [_TypesOnly(logging.ERROR)]
    logger.propagate = False
