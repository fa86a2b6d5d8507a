"""Connections to the broker, and what keeps one bad message from ending them."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import AuthorizationError, Error
from nats.protocol import parser

CONNECT_SECONDS = 2
RECONNECT_PAUSE_SECONDS = 1
PING_SECONDS = 10
UNANSWERED_PINGS = 2
FOR_EVER = -1

# As the server separates them: it takes a vertical tab or a form feed for a part of a subject.
_MESSAGE = re.compile(
    rb"\AMSG[ \t]+([^ \t\r\n]+)[ \t]+([^ \t\r\n]+)[ \t]+(([^ \t\r\n]+)[ \t]+)?(\d+)\r\n"
)
_MESSAGE_WITH_HEADERS = re.compile(
    rb"\AHMSG[ \t]+([^ \t\r\n]+)[ \t]+([^ \t\r\n]+)[ \t]+(([^ \t\r\n]+)[ \t]+)?"
    rb"(\d+)[ \t]+(\d+)\r\n"
)


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


def tolerate_malformed_messages(client: Client) -> None:
    """Have a message arrive whatever its publisher put into its subject and its headers.

    nats-py stops reading from the server at a header block such as `NATS/1.0` with no line end, at
    a subject that is not UTF-8 and at one with a vertical tab; the server passes all of them on.
    The message is redelivered for ever, so one of them would stop the intake of all sources.
    Headers that cannot be read are left out; in a subject U+FFFD stands for what cannot be.
    """
    parse, build = client._process_headers, client._build_message

    async def parse_if_possible(headers: Any) -> dict[str, str] | None:
        try:
            return await parse(headers)
        except Exception:
            return None

    def build_anyway(sid: int, subject: bytes, reply: bytes, *content: Any) -> Msg:
        message: Msg = build(sid, _as_utf_8(subject), _as_utf_8(reply), *content)
        return message

    vars(client)["_process_headers"] = parse_if_possible
    vars(client)["_build_message"] = build_anyway
    # The library has these for all its connections; what is well-formed reads the same by them.
    parser.MSG_RE, parser.HMSG_RE = _MESSAGE, _MESSAGE_WITH_HEADERS


def _as_utf_8(raw: bytes) -> bytes:
    return raw.decode(errors="replace").encode()


async def let_go(client: Client) -> None:
    """Close a connection, whatever state it is in."""
    with suppress(OSError, Error):
        await client.close()
