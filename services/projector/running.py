"""Runs workers until they are told to stop, through any loss or refusal of the database.

What reads whole streams has a lane of its own, so that the rest need not wait for it: a worker in
a process of its own, which gives way where the machine has too little for both.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from enum import IntEnum
from multiprocessing import connection, get_context
from typing import Any

import structlog

from adapters.read_store.session import ReadStoreError, ReadStoreUnavailable, Session
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from services.clock import system_clock
from services.helper_process import HelperProcessEnded, end_with_parent
from services.log import configure_logging
from services.projector.counting import keep_counts
from services.projector.worker import Worker
from services.readiness import build_validators, calm_collector

_REBALANCE_SECONDS = 2.0
_POLL_SECONDS = 0.5
"""How long to wait for a wake-up; polling is the truth, wake-ups only make it quick."""
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 5.0
_NICENESS = 5
_STOPPING_SECONDS = 30.0

_log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


class Lane(IntEnum):
    """Which read models a worker keeps; workers share the work with others of their lane."""

    STEPWISE = 0
    """Those that change event by event."""
    WHOLE = 1
    """Those that read whole streams."""

    def of(self, models: Iterable[ReadModel[Any]]) -> list[ReadModel[Any]]:
        """Return those of `models` that belong to this lane."""
        return [model for model in models if model.reads_whole_streams == bool(self)]


def run_projector(database_url: str, log_level: str, stop: threading.Event) -> None:
    """Keep all read models, and what is counted from them, up to date until `stop` is set.

    Blocking: give it a thread of its own. Raises HelperProcessEnded if the process for whole
    streams ends by itself.
    """
    whole = get_context("spawn").Process(target=_run_whole, args=(database_url, log_level))
    whole.start()
    watching = threading.Thread(target=_watch, args=(whole.sentinel, stop))
    # It may be in the middle of a long count, which nobody has to wait for.
    counting = threading.Thread(
        target=keep_counts, args=(database_url, system_clock, stop), daemon=True
    )
    watching.start()
    counting.start()
    try:
        run_lane(database_url, Lane.STEPWISE, READ_MODELS.values(), system_clock, stop)
        ended = not whole.is_alive()
    finally:
        stop.set()
        whole.terminate()
        whole.join(_STOPPING_SECONDS)
        whole.kill()
        watching.join()
        counting.join(_STOPPING_SECONDS)
    if ended:
        raise HelperProcessEnded("The projector's process for whole streams ended; start again.")


def _watch(sentinel: int, stop: threading.Event) -> None:
    connection.wait([sentinel])
    stop.set()


def _run_whole(database_url: str, log_level: str) -> None:
    stop = end_with_parent()
    os.nice(_NICENESS)
    configure_logging(log_level)
    build_validators()
    calm_collector()
    run_lane(database_url, Lane.WHOLE, READ_MODELS.values(), system_clock, stop)


def run_lane(
    database_url: str,
    lane: Lane,
    models: Iterable[ReadModel[Any]],
    clock: Clock,
    stop: threading.Event,
) -> None:
    """Keep those of `models` that belong to a lane up to date until `stop` is set. Blocking."""
    own, retry = lane.of(models), _Retry(stop)
    while not stop.is_set():
        try:
            with closing(Session(database_url)) as session:
                _work(Worker(session, own, clock, lane=lane), session, stop, retry)
        except ReadStoreUnavailable as error:
            retry.pause("read_store_unavailable", error)
        except ReadStoreError as error:
            # A new session lets go of all locks, and makes tables that have gone missing.
            retry.pause("read_store_refused", error)


def _work(worker: Worker, session: Session, stop: threading.Event, retry: "_Retry") -> None:
    rebalance_at = 0.0
    while not stop.is_set():
        if time.monotonic() >= rebalance_at:
            worker.rebalance()
            rebalance_at = time.monotonic() + _REBALANCE_SECONDS
        took_in = worker.step()
        retry.succeeded()
        if not took_in:
            session.wait_for_events(_POLL_SECONDS)


class _Retry:
    """Pauses before trying again: longer each time, until something has succeeded."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._seconds = _FIRST_PAUSE_SECONDS

    def pause(self, event: str, error: BaseException) -> None:
        # Only the kind of error: its text may quote rows.
        _log.warning(event, error=type(error).__name__, retry_in_seconds=self._seconds)
        self._stop.wait(self._seconds)
        self._seconds = min(self._seconds * 2, _LONGEST_PAUSE_SECONDS)

    def succeeded(self) -> None:
        self._seconds = _FIRST_PAUSE_SECONDS
