"""Prometheus metrics of the API: by route template, and never by path, person or case."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.middleware import HttpMiddleware
from services.api.problem_types import PROBLEMS
from services.api.problems import problem_noted

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_GONE = "gone"

FORMS = ("text/plain", "application/openmetrics-text")
"""The media types in which metrics are told, as Prometheus asks for them."""


class HttpMetrics:
    """What is measured of requests, in a registry that other parts register collectors in too.

    Such a collector answers from memory: it is asked in the event loop, and when all else is
    overloaded.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self.seconds = Histogram(
            "case_timeline_http_request_seconds",
            "Time until an answer was complete, by route template.",
            ("route", "method", "status"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self.under_way = Gauge(
            "case_timeline_http_requests_under_way",
            "Requests whose answers are not complete.",
            registry=registry,
            multiprocess_mode="livesum",  # of all processes that serve, not of each by its number
        )
        self.problems = Counter(
            "case_timeline_http_problems",
            "Problem documents that were answered with, by slug.",
            ("problem",),
            registry=registry,
        )
        for slug in PROBLEMS:
            self.problems.labels(slug)

    def refused(self, slug: str) -> None:
        """Count an answer with the problem of that slug."""
        self.problems.labels(slug).inc()

    async def scrape(self, request: Request) -> Response:
        """Answer with all metrics of the registry, in the form that is asked for."""
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(self._registry), headers={"content-type": content_type})


class Measured(HttpMiddleware):
    """Measures every request that goes through it, refused ones too."""

    def __init__(self, app: ASGIApp, metrics: HttpMetrics) -> None:
        super().__init__(app)
        self._metrics = metrics

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = _GONE

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = f"{message['status'] // 100}xx"
            await send(message)

        begun = time.perf_counter()
        with self._metrics.under_way.track_inprogress():
            try:
                await self.app(scope, receive, watching)
            finally:
                seconds = time.perf_counter() - begun
                method = scope["method"] if scope["method"] in _METHODS else "other"
                self._metrics.seconds.labels(route_template(scope), method, status).observe(seconds)
                if slug := problem_noted(scope):
                    self._metrics.refused(slug)


def route_template(scope: Scope) -> str:
    """Return the path of the route that was chosen, as it is declared, or `unmatched`."""
    # A router's own routes do not know under which prefix the router was included.
    included = scope.get("fastapi", {}).get("effective_route_context")
    template: str = getattr(included or scope.get("route"), "path_format", "unmatched")
    return template
