"""A few tiny routes behind everything that a request of the API goes through."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import StreamingResponse
from prometheus_client import CollectorRegistry
from pydantic import BaseModel, ConfigDict

from services.api.connections import ConnectionLimits
from services.api.health import Readiness
from services.api.metrics import HttpMetrics
from services.api.problems import EXCEPTION_HANDLERS, Problem
from services.api.serving import ServeLimits
from services.api.shell import RequestLimits, operations, shell
from services.clock import system_clock
from services.threads import finished_in_thread
from tests.support.http_servers import Answer, get, served

CANARY = "Wilhelmina-Quirke-4711"
SLOW_HEAD = 0.3
QUICK = ServeLimits(ConnectionLimits(head_seconds=SLOW_HEAD, linger_seconds=0.3))
LIMITS = RequestLimits(
    body_bytes=lambda scope: 4096 if scope["path"] == "/batches" else 1024,
    body_seconds=0.3,
    place_seconds=0.1,
)


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: str
    tags: dict[str, int] = {}


@dataclass
class Gate:
    """Holds requests until it is opened, and counts those that wait."""

    opened: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0

    async def passed(self) -> None:
        self.waiting += 1
        try:
            await asyncio.to_thread(self.opened.wait, 10)
        finally:
            self.waiting -= 1


@dataclass
class Served:
    port: int
    gate: Gate
    refused: list[str]

    def get(self, path: str, *headers: str, method: str = "GET") -> Answer:
        return get(self.port, path, *headers, method=method)

    def metrics(self) -> str:
        return self.get("/metrics").body.decode()


def tiny(limits: RequestLimits, gate: Gate, metrics: HttpMetrics) -> FastAPI:
    app = FastAPI(middleware=shell(limits, metrics), exception_handlers=EXCEPTION_HANDLERS)
    app.include_router(operations(metrics, Readiness([], system_clock)))

    @app.post("/events")
    @app.post("/batches")
    async def take(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @app.post("/forms")
    async def fill_in(form: Form) -> dict[str, str]:
        return {}

    @app.get("/cases/{reference}")
    async def case(reference: str, known_on: date | None = None) -> dict[str, str]:
        return {}

    included = APIRouter(prefix="/people")

    @included.get("/{reference}")
    async def person(reference: str) -> dict[str, str]:
        return {}

    app.include_router(included, prefix="/v1")

    @app.get("/held")
    async def held() -> dict[str, str]:
        await gate.passed()
        return {}

    @app.get("/never")
    async def never() -> None:
        await asyncio.Event().wait()

    @app.get("/committing")
    async def committing() -> None:
        await finished_in_thread(gate.opened.wait, 10)

    @app.get("/fails")
    async def fails() -> None:
        raise RuntimeError(CANARY)

    @app.get("/fails-late")
    async def fails_late() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"first"
            raise RuntimeError(CANARY)

        return StreamingResponse(parts())

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"begun;"
            await gate.passed()
            yield b"ended"

        return StreamingResponse(parts())

    @app.get("/stale")
    async def stale() -> None:
        raise Problem("stale-version", "The case is at version 3.", version=3)

    return app


@contextmanager
def running(limits: RequestLimits = LIMITS, serving: ServeLimits = QUICK) -> Iterator[Served]:
    gate, refused = Gate(), []  # type: tuple[Gate, list[str]]
    metrics = HttpMetrics(CollectorRegistry())
    with served(tiny(limits, gate, metrics), serving, refused.append) as port:
        try:
            yield Served(port, gate, refused)
        finally:
            gate.opened.set()
