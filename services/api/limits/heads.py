"""What the head of a request may be, before anything is done with its body."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.middleware import HttpMiddleware
from services.api.problems import Problem

HEAD_BYTES = 16 * 1024

CLOSE = {"connection": "close"}
"""Header of answers after which nothing more is read from the connection."""

_AROUND_A_HEADER = len(": \r\n")


def has_body(headers: Headers) -> bool:
    """Tell whether a body follows the head."""
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def refused_unread(slug: str, scope: Scope, headers: dict[str, str] | None = None) -> Problem:
    """Return the problem for a request whose body nobody will read.

    Where there is one the connection is closed, else it would have to be received all the same.
    """
    close = CLOSE if has_body(Headers(scope=scope)) else {}
    return Problem(slug, headers={**(headers or {}), **close})


class HeadLimits(HttpMiddleware):
    """Refuses heads that are too large, leave open where the body ends, or announce an encoding.

    The parser refuses those that are too large only as long as they are incomplete; one that
    arrives at once passes it. It also lets pass a length beside chunks, which two programs on one
    connection may understand in two ways.
    """

    def __init__(self, app: ASGIApp, head_bytes: int = HEAD_BYTES) -> None:
        super().__init__(app)
        self._head_bytes = head_bytes

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._check(scope)
        await self.app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        fields = sum(len(name) + len(value) + _AROUND_A_HEADER for name, value in scope["headers"])
        if fields + len(scope.get("raw_path", b"")) + len(scope["query_string"]) > self._head_bytes:
            raise Problem("headers-too-large", headers=CLOSE)
        headers = Headers(scope=scope)
        if "transfer-encoding" in headers and "content-length" in headers:
            raise Problem("malformed-request", headers=CLOSE)
        if any(value.lower() != "identity" for value in headers.getlist("content-encoding")):
            raise refused_unread("encoding-not-supported", scope)
