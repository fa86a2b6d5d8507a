"""Puts the API together: the routes, and the shell that every request goes through."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    suppress,
)
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import Scope

from services.api import (
    access_log,
    case_changes,
    case_parts,
    descriptions,
    emergencies,
    intake,
    lists,
    projections,
    publishing,
    receipts,
    recording,
    stream,
)
from services.api.collectors import ServiceFigures
from services.api.context import Context
from services.api.health import Readiness
from services.api.limits import Lane
from services.api.limits.bodies import BATCH_BYTES, BODY_BYTES, FORM_BYTES
from services.api.metrics import HttpMetrics
from services.api.openapi import complete
from services.api.opening import opened_as_set
from services.api.problems import EXCEPTION_HANDLERS
from services.api.rates import PUBLISHING, Rates
from services.api.readiness import Needs
from services.api.refusals import REFUSALS
from services.api.registry import new_registry
from services.api.shell import RequestLimits, shell
from services.api.shell import operations as shell_routes
from services.clock import system_clock
from services.settings import Settings
from services.web.app import include_pages
from services.web.forms import FORMS

# What is traced holds paths, and paths hold references; `HttpMetrics` measures by route template.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}

Opening = Callable[[], AbstractAsyncContextManager[Context]]
"""Opens what stands behind the API for as long as it runs."""

ROUTERS = (
    publishing.router,
    case_parts.router,
    case_changes.router,
    *lists.ROUTERS,
    intake.router,
    projections.router,
    receipts.router,
    stream.router,
    recording.router,
    emergencies.router,
    access_log.router,
)
"""Every group of routes that a token is needed for, in the order in which they are described, and
in which the route of a request is looked for: those that are asked most come first."""

OPEN_ROUTERS = (descriptions.router,)
"""Those that everyone may ask."""


def create_app(opening: Opening | None = None, settings: Settings | None = None) -> FastAPI:
    """Return the application, by the environment's settings unless others are given.

    What stands behind it is opened when it starts: by `opening`, or else as the settings say.
    """
    settings = settings or Settings()
    registry = new_registry()
    metrics = HttpMetrics(registry)
    app = FastAPI(
        title="Case Timeline",
        version=version("case-timeline"),
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the address that was asked for
        telemetry=_NO_TELEMETRY,
        middleware=shell(_limits(settings), metrics),
    )
    needs = Needs(settings, lambda: context_of_app(app))
    readiness = Readiness(needs.checks, system_clock)
    figures = ServiceFigures(lambda: context_of_app(app), needs, readiness)
    registry.register(figures)
    app.state.metrics = metrics
    app.state.rates = Rates(settings.http_rate_per_person, settings.http_rate_per_source)
    app.router.lifespan_context = _living(
        opening or (lambda: opened_as_set(settings)), needs, readiness, figures
    )
    for error, handler in (EXCEPTION_HANDLERS | REFUSALS).items():
        app.add_exception_handler(error, handler)
    for router in (shell_routes(metrics, readiness), *ROUTERS, *OPEN_ROUTERS):
        # Included, each router would look for the route of a request twice, at some cost to all.
        app.router.routes.extend(router.routes)
    include_pages(app, settings)
    complete(app)
    return app


def context_of_app(app: FastAPI) -> Context:
    """Return what stands behind a running API; `AttributeError` where it does not run."""
    context = app.state.context
    assert isinstance(context, Context)
    return context


def end_streams(app: FastAPI) -> None:
    """Have live streams end, since a server that stops waits for every request under way."""
    with suppress(AttributeError):  # it did not come to start
        context_of_app(app).live.end()


def _living(
    opening: Opening, needs: Needs, readiness: Readiness, figures: ServiceFigures
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.context = await stack.enter_async_context(opening())
            stack.push_async_callback(needs.close)
            await stack.enter_async_context(readiness)
            gathering = asyncio.create_task(figures.run(), name="figures")
            stack.push_async_callback(_cancelled, gathering)
            yield

    return lifespan


def _limits(settings: Settings) -> RequestLimits:
    return RequestLimits(
        body_bytes=_most_bytes,
        deadline_seconds=settings.http_deadline.total_seconds(),
        requests_at_once=settings.http_requests_at_once,
        lanes=(Lane(frozenset({stream.PATH}), settings.http_streams_at_once),),
    )


def _most_bytes(scope: Scope) -> int:
    path: str = scope["path"]
    if path.startswith(FORMS):
        return FORM_BYTES
    return BATCH_BYTES if path == PUBLISHING else BODY_BYTES


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
