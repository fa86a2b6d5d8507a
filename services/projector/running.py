"""Runs a worker until it is told to stop, through any loss of the database."""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog

from adapters.read_store.session import ReadStoreUnavailable, Session
from projections.read_model import ReadModel
from services.projector.worker import Worker

_REBALANCE_SECONDS = 2.0
_POLL_SECONDS = 0.5
"""How long to wait for a wake-up; polling is the truth, wake-ups only make it quick."""
_LONGEST_PAUSE_SECONDS = 5.0

_log = structlog.get_logger(__name__)


def run_projector(
    database_url: str,
    models: Iterable[ReadModel[Any]],
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> None:
    """Keep `models` up to date until `stop` is set. Blocking: give it a thread of its own."""
    models = list(models)
    pause = 0.1
    while not stop.is_set():
        try:
            session = Session(database_url)
        except ReadStoreUnavailable as error:
            pause = _pause(stop, pause, error)
            continue
        try:
            _work(Worker(session, models, clock), session, stop)
        except ReadStoreUnavailable as error:
            pause = _pause(stop, pause, error)
        else:
            pause = 0.1
        finally:
            session.close()


def _work(worker: Worker, session: Session, stop: threading.Event) -> None:
    rebalance_at = 0.0
    while not stop.is_set():
        if time.monotonic() >= rebalance_at:
            worker.rebalance()
            rebalance_at = time.monotonic() + _REBALANCE_SECONDS
        if not worker.step():
            session.wait_for_events(_POLL_SECONDS)


def _pause(stop: threading.Event, seconds: float, error: BaseException) -> float:
    # Only the kind of error: its text may quote rows.
    _log.warning("read_store_unavailable", error=type(error).__name__, retry_in_seconds=seconds)
    stop.wait(seconds)
    return min(seconds * 2, _LONGEST_PAUSE_SECONDS)
