"""Whether the process lives, and whether it can do its work: checked in the background."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Self

import structlog
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

INTERVAL_SECONDS = 2.0
LIMIT_SECONDS = 2.0

_log = structlog.get_logger(__name__)


class State(StrEnum):
    """How something that the service needs was when it was last looked at."""

    OK = "ok"
    FAILING = "failing"
    SLOW = "slow"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """Something that the service needs: `run` returns where it is there, and raises where not."""

    name: str
    run: Callable[[], Awaitable[object]]


class CheckState(BaseModel):
    """How one check stands, and since when."""

    name: str
    state: State
    since: datetime


class ReadinessReport(BaseModel):
    """Whether the service is ready, and how each check stands."""

    ready: bool
    checks: list[CheckState]


class Readiness:
    """Runs each check over and over while it is entered, so that to ask costs nothing.

    Each begins every `interval` seconds and may take `limit`: what changes is known after the sum
    of both at the latest. One that takes longer is slow until it ends; it is not begun twice.
    """

    def __init__(
        self,
        checks: Sequence[Check],
        clock: Callable[[], datetime],
        *,
        interval: float = INTERVAL_SECONDS,
        limit: float = LIMIT_SECONDS,
    ) -> None:
        self._checks = checks
        self._clock = clock
        self._interval = interval
        self._limit = limit
        now = clock()
        self._states = {
            check.name: CheckState(name=check.name, state=State.UNKNOWN, since=now)
            for check in checks
        }
        self._running: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._running = [asyncio.create_task(self._keep_running(check)) for check in self._checks]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def report(self) -> ReadinessReport:
        """Return how everything stood when it was last looked at."""
        states = list(self._states.values())
        return ReadinessReport(ready=all(s.state is State.OK for s in states), checks=states)

    async def readyz(self, _request: Request) -> Response:
        """Answer 200 where all checks pass and 503 where one does not, naming each."""
        report = self.report()
        return JSONResponse(report.model_dump(mode="json"), 200 if report.ready else 503)

    async def _keep_running(self, check: Check) -> None:
        loop = asyncio.get_running_loop()
        while True:
            begun = loop.time()
            await self._run(check)
            await asyncio.sleep(max(0.0, begun + self._interval - loop.time()))

    async def _run(self, check: Check) -> None:
        running = asyncio.ensure_future(check.run())
        try:
            if not (await asyncio.wait([running], timeout=self._limit))[0]:
                self._note(check, State.SLOW)
                running.cancel()
                await asyncio.wait([running])
                return
        finally:
            running.cancel()
        error = asyncio.CancelledError() if running.cancelled() else running.exception()
        self._note(check, State.FAILING if error else State.OK, error)

    def _note(self, check: Check, state: State, error: BaseException | None = None) -> None:
        before = self._states[check.name]
        if before.state is state:
            return
        self._states[check.name] = CheckState(name=check.name, state=state, since=self._clock())
        if state is not State.OK:
            kind = type(error).__name__ if error else None
            _log.warning("check_failed", check=check.name, state=state.value, error=kind)
        elif before.state is not State.UNKNOWN:
            _log.info("check_passes_again", check=check.name)


async def healthz(_request: Request) -> Response:
    """Answer that the process lives, whatever it depends on."""
    return JSONResponse({"alive": True})
