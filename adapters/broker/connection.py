"""Connections to the broker, and what keeps one bad message from ending them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from nats.aio.client import Client
from nats.errors import AuthorizationError, Error

CONNECT_SECONDS = 2
RECONNECT_PAUSE_SECONDS = 1
PING_SECONDS = 10
UNANSWERED_PINGS = 2
FOR_EVER = -1


class BrokerNotReady(Exception):  # noqa: N818 (names the state)
    """The broker cannot be used as it is; the message is one sentence for the operator."""


class BrokerUnreachable(BrokerNotReady):
    """The broker did not answer; it may do so later."""


@asynccontextmanager
async def connected(nats_url: str, *, patience: float = 5.0) -> AsyncIterator[Client]:
    """Be connected, again and again if need be; raise `BrokerUnreachable` after `patience` s."""
    client = Client()
    failures: list[Exception] = []

    async def remember(error: Exception) -> None:
        failures[:] = [error]

    try:
        async with asyncio.timeout(patience):
            await client.connect(
                servers_of(nats_url),
                error_cb=remember,
                name="case-timeline",
                connect_timeout=CONNECT_SECONDS,
                reconnect_time_wait=RECONNECT_PAUSE_SECONDS,
                max_reconnect_attempts=FOR_EVER,
                ping_interval=PING_SECONDS,
                max_outstanding_pings=UNANSWERED_PINGS,
            )
    except (TimeoutError, OSError, Error) as error:
        await let_go(client)
        refused = any(isinstance(failure, AuthorizationError) for failure in (*failures, error))
        what = "refuses these credentials" if refused else f"did not answer in {patience:g} s"
        raise BrokerUnreachable(f"The broker {what}.") from None
    try:
        yield client
    finally:
        await let_go(client)


def servers_of(nats_url: str) -> list[str]:
    """Return the servers that a URL, or a list of them separated by commas, names."""
    return [url.strip() for url in nats_url.split(",")]


def tolerate_malformed_headers(client: Client) -> None:
    """Have a message whose headers cannot be read arrive without them.

    nats-py stops reading from the server at a header block such as `NATS/1.0` with no line end,
    which the server passes on as a publisher sent it. The message is redelivered for ever, so one
    of them would stop the intake of all sources.
    """
    parse = client._process_headers

    async def parse_if_possible(headers: Any) -> dict[str, str] | None:
        try:
            return await parse(headers)
        except Exception:
            return None

    vars(client)["_process_headers"] = parse_if_possible


async def let_go(client: Client) -> None:
    """Close a connection, whatever state it is in."""
    with suppress(OSError, Error):
        await client.close()
