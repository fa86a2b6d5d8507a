"""Runs the relay until it is told to stop, through any loss of the database or the broker."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from adapters.broker import BrokerLayout, BrokerNotReady, check_out
from adapters.broker.connection import connected
from adapters.broker.outgoing import OutStream
from adapters.read_store.session import ReadStoreError, ReadStoreUnavailable, Session
from services.relay.passing_on import Clock, Relay
from services.settings import Settings
from services.threads import finished_in_thread
from services.watchdog import Watchdog

_POLL_SECONDS = 0.5
"""How long to wait for a wake-up; polling is the truth, wake-ups only make it quick."""
_FLAGS_SECONDS = 5.0
"""How often to look for flags that have fallen due; they count in hours and days."""
_STANDBY_SECONDS = 1.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 5.0

_log = structlog.get_logger(__name__)


async def run_relay(
    settings: Settings,
    database_url: str,
    nats_url: str,
    monitor_url: str | None,
    clock: Clock,
    stop: asyncio.Event,
    *,
    layout: BrokerLayout | None = None,
) -> None:
    """Pass on events and flags until `stop` is set; while another relay does, stand by.

    Raises `BrokerNotReady` where the broker is not as needed at the start; what is lost or changed
    later is awaited. `monitor_url` is where the broker reports on itself, see `check_out`.
    """
    layout = layout or settings.broker_layout
    unchecked = settings.broker_durability_unchecked
    await check_out(nats_url, monitor_url, layout, durability_unchecked=unchecked)
    retry = _Retry(stop)
    with Watchdog():
        _log.info("relay_started", stream=layout.out_stream)
        while not stop.is_set():
            try:
                await _attempt(database_url, nats_url, layout, clock, stop, retry)
            except ReadStoreUnavailable as error:
                await retry.pause("read_store_unavailable", error=type(error).__name__)
            except ReadStoreError as error:
                await retry.pause("read_store_refused", error=type(error).__name__)
            except BrokerNotReady as problem:
                await retry.pause("relay_interrupted", reason=str(problem))
    _log.info("relay_stopped")


async def _attempt(
    database_url: str,
    nats_url: str,
    layout: BrokerLayout,
    clock: Clock,
    stop: asyncio.Event,
    retry: "_Retry",
) -> None:
    """Work, or stand by, until `stop` is set or something is lost.

    Then everything is let go of, so that a relay elsewhere may have more luck.
    """
    async with _session(database_url) as session:
        if not await _claimed(session, f"relay/{layout.out_stream}", stop):
            return
        async with connected(nats_url) as client:
            stream = await OutStream.look(client, layout)
            relay = await Relay.resume(session, stream, layout, clock)
            _log.info("relay_active", stream=layout.out_stream, position=relay.position)
            await _work(relay, session, stop, retry)


async def _work(relay: Relay, session: Session, stop: asyncio.Event, retry: "_Retry") -> None:
    flags_at = 0.0
    while not stop.is_set():
        relayed = await relay.step()
        retry.succeeded()
        if time.monotonic() >= flags_at and not await _announced_some(relay):
            flags_at = time.monotonic() + _FLAGS_SECONDS
        if not relayed:
            await finished_in_thread(session.wait_for_events, _POLL_SECONDS)


async def _announced_some(relay: Relay) -> bool:
    """Announce flags; return whether there may be more. Events go out whatever ails the flags."""
    try:
        return await relay.announce()
    except ReadStoreUnavailable:
        raise
    except ReadStoreError as error:
        _log.error("flags_not_announced", error=type(error).__name__)
        return False


@asynccontextmanager
async def _session(database_url: str) -> AsyncIterator[Session]:
    session = await finished_in_thread(Session, database_url)
    try:
        await finished_in_thread(session.listen)
        yield session
    finally:
        session.close()


async def _claimed(session: Session, name: str, stop: asyncio.Event) -> bool:
    """Return True once this relay is the one to work; False if `stop` is set before."""
    standing_by = False
    while not stop.is_set():
        if await finished_in_thread(session.try_claim, name):
            return True
        if not standing_by:
            _log.info("relay_standing_by")
            standing_by = True
        await _set_within(stop, _STANDBY_SECONDS)
    return False


async def _set_within(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


class _Retry:
    """Pauses before trying again: longer each time, until something has succeeded."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._seconds = _FIRST_PAUSE_SECONDS

    async def pause(self, event: str, **why: str) -> None:
        # Only the kind of a database's error: its text may quote rows.
        _log.warning(event, retry_in_seconds=self._seconds, **why)
        await _set_within(self._stop, self._seconds)
        self._seconds = min(self._seconds * 2, _LONGEST_PAUSE_SECONDS)

    def succeeded(self) -> None:
        self._seconds = _FIRST_PAUSE_SECONDS
