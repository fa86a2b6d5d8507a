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
from adapters.read_store.session import Session

_LEAST_PAUSE_SECONDS = 30.0
"""Each count makes tables anew."""
_PAUSE_FOR_EACH_SECOND = 20.0
"""So many times as long as a count takes nothing is counted: it takes a twentieth of the time."""
_LONGEST_WITHOUT_RECKONING = timedelta(minutes=10)
"""Then the ledger is gone through though nothing came: what is in it may have been settled."""

_LEDGER = "intake/reckoning"

_log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


def keep_counts(database_url: str, clock: Clock, stop: threading.Event) -> None:
    """Count again and again until `stop` is set, whatever happens meanwhile."""
    while not stop.is_set():
        begun = time.monotonic()
        try:
            _count(database_url, clock)
        except Exception as error:  # nothing that is wrong with them may end the counts to come
            # Only the kind of error: its text may quote rows.
            _log.warning("not_counted", error=type(error).__name__)
        took = time.monotonic() - begun
        stop.wait(max(_LEAST_PAUSE_SECONDS, _PAUSE_FOR_EACH_SECOND * took))


def _count(database_url: str, clock: Clock) -> None:
    with ExitStack() as stack:
        session = stack.enter_context(closing(Session(database_url)))
        desk = IntakeDesk(database_url)
        stack.callback(desk.close_connections)
        session.count_figures()
        with session.claim(_LEDGER) as is_ours:
            if is_ours:
                reckon_if_due(desk, clock)


def reckon_if_due(desk: IntakeDesk, clock: Clock) -> bool:
    """Go through the ledger, unless somebody did lately and nothing came since; tell whether."""
    now, before = clock(), desk.reckoned()
    if before is not None:
        is_recent = now - before.at < _LONGEST_WITHOUT_RECKONING
        if is_recent and before.last_entry == desk.last_entry():
            return False
    desk.keep_reckoned(desk.reckon(now))
    return True
