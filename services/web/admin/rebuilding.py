"""Rebuilds read models while the service serves, in the background, one after the other.

There is no way yet to ask the projector for it, so the process that was asked does it itself. A
claim in the database keeps any two, of whatever process, from building the same one.
"""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from queue import SimpleQueue
from typing import Annotated, Any

import structlog
from anyio import to_thread
from fastapi import Depends, FastAPI, Request

from adapters.read_store.session import Session
from projections.read_model import ReadModel
from services.api.context import Context
from services.projector.rebuild import Rebuilt, rebuild_together
from services.web.admin.pace import Pace

_PROCESSES = 2
"""Processes that fold for it, so that the one that serves need not; few events need none."""
_PATIENCE_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class State(StrEnum):
    """How far a rebuild has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    ELSEWHERE = "elsewhere"
    """Somebody else is rebuilding it, so this one did nothing."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Rebuild:
    """One rebuild that was asked for here."""

    begun_at: datetime
    state: State = State.WAITING
    taken_in: int = 0
    """Of how many events, about, it has made something."""
    goal: int = 0
    ended_at: datetime | None = None
    found: Rebuilt | None = None
    error: str | None = None
    """The kind of error, where it failed; what it says may quote rows."""

    @property
    def under_way(self) -> bool:
        """Whether it has yet to end."""
        return self.state in (State.WAITING, State.RUNNING)


class _Stopped(Exception):  # noqa: N818 (names what happened)
    """The service stops, and the rebuild with it; the live rows stay as they are."""


class Rebuilding:
    """The rebuilds that were asked for in this process since it started; the latest of each."""

    def __init__(self, context: Context) -> None:
        self.pace = Pace()
        self._context = context
        self._lock = threading.Lock()
        self._latest: dict[str, Rebuild] = {}
        self._wanted: SimpleQueue[ReadModel[Any] | None] = SimpleQueue()
        self._stop = threading.Event()
        # One at a time, so that requests keep most of the machine and of the database.
        self._thread = threading.Thread(target=self._work, name="rebuilding", daemon=True)
        self._thread.start()

    def latest(self) -> dict[str, Rebuild]:
        """Return the latest rebuild of each read model by its name."""
        with self._lock:
            return dict(self._latest)

    def begin(self, model: ReadModel[Any]) -> bool:
        """Have a read model rebuilt in the background; False where that is under way already."""
        with self._lock:
            before = self._latest.get(model.name)
            if before is not None and before.under_way:
                return False
            self._latest[model.name] = Rebuild(self._context.clock())
        self._wanted.put(model)
        return True

    def close(self) -> None:
        """Give up what is under way; what takes long to give up ends with the process."""
        self._stop.set()
        self._wanted.put(None)
        self._thread.join(_PATIENCE_SECONDS)

    def _work(self) -> None:
        while (model := self._wanted.get()) is not None and not self._stop.is_set():
            self._rebuild(model)

    def _rebuild(self, model: ReadModel[Any]) -> None:
        self._tell(model, state=State.RUNNING)

        def tell(taken_in: int, goal: int) -> None:
            if self._stop.is_set():
                raise _Stopped
            self._tell(model, taken_in=taken_in, goal=goal)

        try:
            with closing(Session(self._context.database_url)) as session:
                clock = self._context.clock
                found = rebuild_together(session, [model], clock, processes=_PROCESSES, tell=tell)
        except Exception as error:
            # Only the kind of error: its text may quote rows.
            _log.warning("rebuild_failed", read_model=model.name, error=type(error).__name__)
            self._end(model, state=State.FAILED, error=type(error).__name__)
        else:
            state = State.DONE if found else State.ELSEWHERE
            self._end(model, state=state, found=found[0] if found else None)

    def _end(self, model: ReadModel[Any], **changes: Any) -> None:
        self._tell(model, ended_at=self._context.clock(), **changes)

    def _tell(self, model: ReadModel[Any], **changes: Any) -> None:
        with self._lock:
            self._latest[model.name] = replace(self._latest[model.name], **changes)


@asynccontextmanager
async def opening(app: FastAPI) -> AsyncIterator[None]:
    """Have the application rebuild read models; the lifespan of these pages, after the API's."""
    context = app.state.context
    assert isinstance(context, Context)
    app.state.rebuilding = rebuilding = Rebuilding(context)
    try:
        yield
    finally:
        await to_thread.run_sync(rebuilding.close)


def _rebuilding(request: Request) -> Rebuilding:
    rebuilding = request.app.state.rebuilding
    assert isinstance(rebuilding, Rebuilding)
    return rebuilding


InBackground = Annotated[Rebuilding, Depends(_rebuilding)]
"""A parameter of a route: what rebuilds read models."""
