"""RFC 9457 problem documents: the one form in which the API says no. They never echo input."""

import json
import secrets
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from services.api.faults import faults
from services.api.middleware import HttpMiddleware
from services.api.problem_types import PROBLEMS, ProblemType

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]
"""What FastAPI takes to answer an exception."""

MEDIA_TYPE = "application/problem+json"

_INCIDENT_BYTES = 8
_BY_STATUS = {
    400: "malformed-request",
    401: "invalid-token",
    403: "not-permitted",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid-parameter",
    429: "rate-limited",
    503: "unavailable",
}

_log = structlog.get_logger(__name__)


class Problem(HTTPException):
    """Raised anywhere below the API to answer with the problem of that slug.

    `detail` is one sentence on this occurrence, and `members` are added to the document: neither
    may hold anything that was sent. It is an `HTTPException` because FastAPI passes those on from
    wherever they are raised, and would make a 400 of others that reading a body raises.
    """

    def __init__(
        self,
        slug: str,
        detail: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> None:
        self.kind: ProblemType = PROBLEMS[slug]
        super().__init__(self.kind.status, detail or self.kind.title, headers)
        self.document: dict[str, object] = {
            "type": self.kind.uri,
            "title": self.kind.title,
            "status": self.kind.status,
            **({"detail": detail} if detail else {}),
            "remedy": self.kind.remedy,
            **members,
        }

    def response(self) -> Response:
        """Return the answer that says so."""
        headers = {"cache-control": "no-store", **(self.headers or {})}
        content = json.dumps(self.document)
        return Response(content, self.status_code, headers, media_type=MEDIA_TYPE)


def answer_with(problem: Problem, scope: Scope) -> Response:
    """Return the answer to the request of `scope`, and note there which problem it was.

    An application that also serves people has in its state what makes a page of a problem.
    """
    scope.setdefault("state", {})["problem"] = problem.kind.slug
    page = getattr(scope["app"].state, "problem_page", None) if "app" in scope else None
    return (page and page(problem, scope)) or problem.response()


def problem_noted(scope: Scope) -> str | None:
    """Return the slug of the problem that the request was answered with, if it was one."""
    slug: str | None = scope.get("state", {}).get("problem")
    return slug


async def answer_http_exception(request: Request, exception: HTTPException) -> Response:
    """Answer what routes and the framework raise; of the framework's, only status and headers."""
    if isinstance(exception, Problem):
        return answer_with(exception, request.scope)
    fallback = "malformed-request" if exception.status_code < 500 else "internal-error"
    slug = _BY_STATUS.get(exception.status_code, fallback)
    headers = dict(exception.headers or {})
    if slug == "method-not-allowed":
        headers["Allow"] = ", ".join(_methods_at(request))
    return answer_with(Problem(slug, headers=headers), request.scope)


def _methods_at(request: Request) -> list[str]:
    """Return the methods of an address; the framework names those of the first route it fits."""
    found: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.methods and route.path_regex.match(request.url.path):
            found |= route.methods
    return sorted(found)


async def answer_invalid_request(request: Request, error: RequestValidationError) -> Response:
    """Answer what FastAPI found wrong with parameters and body: which, and how, never the value."""
    errors = error.errors()
    if any(each["type"] == "json_invalid" for each in errors):
        return answer_with(Problem("malformed-json"), request.scope)
    found = faults(errors, request.scope.get("route"))
    return answer_with(Problem("invalid-parameter", errors=found), request.scope)


EXCEPTION_HANDLERS: dict[int | type[Exception], Handler] = {
    HTTPException: answer_http_exception,
    RequestValidationError: answer_invalid_request,
}
"""For `FastAPI(exception_handlers=...)`; whatever else is raised `ProblemsAnswered` answers."""


def internal_error(error: Exception) -> Problem:
    """Return what to answer an unforeseen error with; only its type is logged, never its text."""
    incident = secrets.token_hex(_INCIDENT_BYTES)
    _log.error("internal_error", error=type(error).__name__, incident=incident)
    return Problem("internal-error", incident=incident)


class ProblemsAnswered(HttpMiddleware):
    """Answers whatever is raised below it, so that the server sees no error, and logs none."""

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            problem = error if isinstance(error, Problem) else internal_error(error)
            # Where an answer is under way already, the server cuts it off.
            if not started:
                await answer_with(problem, scope)(scope, receive, send)
