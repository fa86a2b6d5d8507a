"""Has the figures of the dashboard counted again whenever something changed, in moderation."""

import threading
import time
from contextlib import closing

import structlog

from adapters.read_store.session import ReadStoreError, Session

_LEAST_PAUSE_SECONDS = 2.0
_PAUSE_FOR_EACH_SECOND = 20.0
"""So many times as long as a count takes nothing is counted: it takes a twentieth of the time."""
_PAUSE_AFTER_FAILURE_SECONDS = 30.0

_log = structlog.get_logger(__name__)


def keep_figures(database_url: str, stop: threading.Event) -> None:
    """Count again and again until `stop` is set, through any loss or refusal of the database."""
    while not stop.is_set():
        try:
            with closing(Session(database_url)) as session:
                _count(session, stop)
        except ReadStoreError as error:
            # Only the kind of error: its text may quote rows.
            _log.warning(
                "figures_not_counted",
                error=type(error).__name__,
                retry_in_seconds=_PAUSE_AFTER_FAILURE_SECONDS,
            )
            stop.wait(_PAUSE_AFTER_FAILURE_SECONDS)


def _count(session: Session, stop: threading.Event) -> None:
    while not stop.is_set():
        begun = time.monotonic()
        session.count_figures()
        took = time.monotonic() - begun
        stop.wait(max(_LEAST_PAUSE_SECONDS, _PAUSE_FOR_EACH_SECOND * took))
