"""Runs a worker until it is told to stop, through any loss or refusal of the database."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from datetime import datetime
from typing import Any

import structlog

from adapters.read_store.session import ReadStoreError, ReadStoreUnavailable, Session
from projections.read_model import ReadModel
from services.projector.worker import Worker

_REBALANCE_SECONDS = 2.0
_POLL_SECONDS = 0.5
"""How long to wait for a wake-up; polling is the truth, wake-ups only make it quick."""
_SWITCH_SECONDS = 0.0005
_LONGEST_YIELD_SECONDS = 0.5
_STEPWISE, _WHOLE = 0, 1
"""The lanes: read models that change event by event, and those that read whole streams."""
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 5.0

_log = structlog.get_logger(__name__)


def run_projector(
    database_url: str,
    models: Iterable[ReadModel[Any]],
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> None:
    """Keep `models` up to date until `stop` is set. Blocking: give it a thread of its own.

    What reads whole streams has a lane of its own, so that the rest need not wait for it. It works
    half of the time at most while there is other work: both lanes share one interpreter.
    """
    # A lane that waits for the database at every turn would else wait for the other's arithmetic
    # as well, five milliseconds each time.
    sys.setswitchinterval(_SWITCH_SECONDS)
    lanes, quiet = _lanes(models), threading.Event()
    with ThreadPoolExecutor(len(lanes), "projector") as threads:
        running = [
            threads.submit(_run, database_url, lane, own, clock, stop, quiet) for lane, own in lanes
        ]
        try:
            for lane in as_completed(running):
                lane.result()
        finally:
            stop.set()  # one that failed must not leave the other behind, unseen


def _lanes(models: Iterable[ReadModel[Any]]) -> list[tuple[int, list[ReadModel[Any]]]]:
    stepwise: list[ReadModel[Any]] = []
    whole: list[ReadModel[Any]] = []
    for model in models:
        (whole if model.reads_whole_streams else stepwise).append(model)
    return [(lane, own) for lane, own in ((_STEPWISE, stepwise), (_WHOLE, whole)) if own]


def _run(
    database_url: str,
    lane: int,
    models: list[ReadModel[Any]],
    clock: Callable[[], datetime],
    stop: threading.Event,
    quiet: threading.Event,
) -> None:
    retry = _Retry(stop)
    turns = _Yielding(stop, quiet) if lane == _WHOLE else _Going(quiet)
    while not stop.is_set():
        try:
            with closing(Session(database_url)) as session:
                _work(Worker(session, models, clock, lane=lane), session, stop, retry, turns)
        except ReadStoreUnavailable as error:
            retry.pause("read_store_unavailable", error)
        except ReadStoreError as error:
            # A new session lets go of all locks, and makes tables that have gone missing.
            retry.pause("read_store_refused", error)


def _work(
    worker: Worker,
    session: Session,
    stop: threading.Event,
    retry: "_Retry",
    turns: "_Going | _Yielding",
) -> None:
    rebalance_at = 0.0
    while not stop.is_set():
        if time.monotonic() >= rebalance_at:
            worker.rebalance()
            rebalance_at = time.monotonic() + _REBALANCE_SECONDS
        started = time.monotonic()
        took_in = worker.step()
        retry.succeeded()
        turns.after(took_in, time.monotonic() - started)
        if not took_in:
            session.wait_for_events(_POLL_SECONDS)


class _Going:
    """The lane that goes first; says when it is quiet."""

    def __init__(self, quiet: threading.Event) -> None:
        self._quiet = quiet
        self._nothing_came = False

    def after(self, took_in: bool, seconds: float) -> None:
        """Note a turn that took so long, and whether there was anything to take in."""
        if took_in:
            self._quiet.clear()
        elif self._nothing_came:
            self._quiet.set()
        self._nothing_came = not took_in


class _Yielding:
    """The lane that gives way while the other one is not quiet."""

    def __init__(self, stop: threading.Event, quiet: threading.Event) -> None:
        self._stop = stop
        self._quiet = quiet

    def after(self, took_in: bool, seconds: float) -> None:
        """Leave the other lane as much time as a turn took."""
        if took_in and not self._quiet.is_set() and not self._stop.is_set():
            self._quiet.wait(min(seconds, _LONGEST_YIELD_SECONDS))


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
