"""Has what takes long to count counted whenever something changed, in moderation, and kept.

These are the figures of the dashboard, and what the whole ledger of the intake comes to.
"""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import datetime, timedelta

import structlog

from adapters.event_store.desk import IntakeDesk
from adapters.read_store.session import ReadStoreError, Session

_LEAST_PAUSE_SECONDS = 2.0
_PAUSE_FOR_EACH_SECOND = 20.0
"""So many times as long as a count takes nothing is counted: it takes a twentieth of the time."""
_PAUSE_AFTER_FAILURE_SECONDS = 30.0
_LONGEST_WITHOUT_RECKONING = timedelta(minutes=10)
"""Then the ledger is gone through though nothing came: what is in it may have been settled."""

_log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


def keep_counts(database_url: str, clock: Clock, stop: threading.Event) -> None:
    """Count again and again until `stop` is set, through any loss or refusal of the database."""
    while not stop.is_set():
        try:
            with ExitStack() as stack:
                session = stack.enter_context(closing(Session(database_url)))
                desk = IntakeDesk(database_url)
                stack.callback(desk.close_connections)
                _count(session, Reckoner(desk, clock), stop)
        except ReadStoreError as error:
            # Only the kind of error: its text may quote rows.
            _log.warning(
                "not_counted",
                error=type(error).__name__,
                retry_in_seconds=_PAUSE_AFTER_FAILURE_SECONDS,
            )
            stop.wait(_PAUSE_AFTER_FAILURE_SECONDS)


class Reckoner:
    """Goes through the ledger where something came since it last did, and keeps what it found."""

    def __init__(self, desk: IntakeDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock
        self._last_entry: int | None = None
        self._at: datetime | None = None

    def reckon_if_due(self) -> bool:
        """Do so unless nothing came since, or for a while; return whether it was done."""
        now, last_entry = self._clock(), self._desk.last_entry()
        is_old = self._at is None or now - self._at >= _LONGEST_WITHOUT_RECKONING
        if last_entry == self._last_entry and not is_old:
            return False
        self._desk.keep_reckoned(self._desk.reckon(now))
        self._at, self._last_entry = now, last_entry
        return True


def _count(session: Session, reckoner: Reckoner, stop: threading.Event) -> None:
    while not stop.is_set():
        begun = time.monotonic()
        session.count_figures()
        reckoner.reckon_if_due()
        took = time.monotonic() - begun
        stop.wait(max(_LEAST_PAUSE_SECONDS, _PAUSE_FOR_EACH_SECOND * took))
