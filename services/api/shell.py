"""What every request goes through before its route, from the outside in."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import Scope

from services.api.health import Readiness, ReadinessReport, healthz
from services.api.limits import (
    BodyLimits,
    Concurrency,
    Deadline,
    HeadLimits,
    Lane,
    RateLimit,
    TokenBuckets,
)
from services.api.limits.bodies import BODIES_TOGETHER_BYTES, BODY_BYTES, BODY_SECONDS
from services.api.limits.concurrency import PLACE_SECONDS, REQUESTS_AT_ONCE
from services.api.limits.deadlines import DEADLINE_SECONDS
from services.api.limits.heads import HEAD_BYTES
from services.api.metrics import FORMS, HttpMetrics, Measured
from services.api.problems import ProblemsAnswered
from services.api.request_id import Stamped
from services.api.unread import UnreadCounted

OPERATIONS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Paths that answer however busy the others are, and that nothing is counted against."""

_OPERATIONS_PLACES = 10


@dataclass(frozen=True)
class RequestLimits:
    """Bounds on requests; times are in seconds."""

    head_bytes: int = HEAD_BYTES
    body_bytes: Callable[[Scope], int] = lambda _scope: BODY_BYTES
    """The most bytes that the body of the request of a scope may have."""
    bodies_together: int = BODIES_TOGETHER_BYTES
    """The most bytes of all bodies that are held at once."""
    body_seconds: float = BODY_SECONDS
    deadline_seconds: float = DEADLINE_SECONDS
    requests_at_once: int = REQUESTS_AT_ONCE
    place_seconds: float = PLACE_SECONDS
    """How long a request that finds no place waits for one."""
    lanes: tuple[Lane, ...] = ()
    """Paths with places of their own, such as a stream that stays open; operations have some."""
    rates: tuple[tuple[Callable[[Scope], Hashable | None], TokenBuckets], ...] = ()
    """Who is told apart, by what of the head, and how many requests each may make."""


def shell(limits: RequestLimits, metrics: HttpMetrics) -> list[Middleware]:
    """Return what to pass as `FastAPI(middleware=...)`."""
    lanes = (Lane(OPERATIONS, _OPERATIONS_PLACES), *limits.lanes)
    return [
        Middleware(Stamped),
        Middleware(Measured, metrics),
        Middleware(ProblemsAnswered),
        Middleware(UnreadCounted),
        Middleware(HeadLimits, limits.head_bytes),
        *(Middleware(RateLimit, _except_operations(key), each) for key, each in limits.rates),
        Middleware(
            BodyLimits,
            limits.body_bytes,
            seconds=limits.body_seconds,
            together=limits.bodies_together,
        ),
        Middleware(Concurrency, limits.requests_at_once, lanes, limits.place_seconds),
        Middleware(Deadline, limits.deadline_seconds),
    ]


def _except_operations(
    key: Callable[[Scope], Hashable | None],
) -> Callable[[Scope], Hashable | None]:
    return lambda scope: None if scope["path"] in OPERATIONS else key(scope)


def operations(metrics: HttpMetrics, readiness: Readiness) -> APIRouter:
    """Return the routes that whoever runs the service asks."""
    router = APIRouter(tags=["operations"])
    router.add_api_route("/healthz", healthz, summary="Whether the process lives")
    router.add_api_route(
        "/readyz",
        readiness.readyz,
        summary="Whether the service can do its work, and what is away",
        responses={200: {"model": ReadinessReport}, 503: {"model": ReadinessReport}},
    )
    router.add_api_route(
        "/metrics",
        metrics.scrape,
        summary="Metrics for Prometheus",
        response_class=Response,
        responses={200: {"content": {form: {"schema": {"type": "string"}} for form in FORMS}}},
    )
    return router
