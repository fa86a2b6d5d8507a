"""Gives each request an id, which its answer and whatever is logged meanwhile carry."""

import re
import secrets
from collections.abc import Iterable

from starlette.types import Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from services.api.middleware import HttpMiddleware

HEADER = b"x-request-id"

_TRACEPARENT = re.compile(rb"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_ON_EVERY_ANSWER = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
_RANDOM_BYTES = 16


def request_id(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return the trace id of the one well-formed `traceparent` (W3C), or else a random one."""
    given = [value for name, value in headers if name == b"traceparent"]
    if len(given) == 1 and (trace := _TRACEPARENT.fullmatch(given[0])):
        return trace[1].decode()
    return secrets.token_hex(_RANDOM_BYTES)


class Stamped(HttpMiddleware):
    """Binds `request` for the log, and stamps the answer with it.

    Answers are not to be stored or sniffed by whoever stands between, unless a route says how.
    """

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        identity = request_id(scope["headers"])

        async def stamping(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (HEADER, identity.encode())]
                present = {name.lower() for name, _ in headers}
                headers += [each for each in _ON_EVERY_ANSWER if each[0] not in present]
                message = {**message, "headers": headers}
            await send(message)

        with bound_contextvars(request=identity):
            await self.app(scope, receive, stamping)
