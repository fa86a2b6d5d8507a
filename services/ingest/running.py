"""Runs the intake from the broker until it is told to stop, or had better not go on."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import structlog
from faststream.nats import NatsBroker

from adapters.broker import BrokerLayout, BrokerNotReady, BrokerUnreachable, check_in
from adapters.broker.streams import verify
from adapters.event_store.application import Cases
from services.ingest.handing_in import Ingest
from services.ingest.receiving import receiving
from services.intake import Intake, Writer
from services.settings import Settings
from services.threads import finished_in_thread
from services.watchdog import Watchdog

Clock = Callable[[], datetime]

_SECOND_LOOK_SECONDS = 1.0
_MOST_UNANSWERED_LOOKS = 6
_GIVEN_UP_AT_ONCE = 500
_TELL_AGAIN_SECONDS = 0.5

_log = structlog.get_logger(__name__)


async def run_ingest(
    settings: Settings,
    database_url: str,
    nats_url: str,
    monitor_url: str | None,
    clock: Clock,
    stop: asyncio.Event,
    *,
    layout: BrokerLayout | None = None,
) -> None:
    """Take events in until `stop` is set. Raises `BrokerNotReady` when that is not safe, or stops.

    `monitor_url` is where the broker reports on itself, see `check_in`. Signals are the caller's.
    Raises `StoreUnavailable` where there is no database at the start; one lost later is awaited.
    """
    layout = layout or settings.broker_layout
    unchecked = settings.broker_durability_unchecked
    await check_in(nats_url, monitor_url, layout, durability_unchecked=unchecked)
    # In a thread, because it waits for the database as long as it may.
    with closing(await asyncio.to_thread(Cases, database_url)) as cases, Watchdog():
        writer = Writer(cases, clock)
        async with Intake(writer) as intake:
            ingest = Ingest(intake, layout, clock)
            async with receiving(nats_url, layout, ingest.take) as broker:
                _log.info("ingest_started", stream=layout.stream, durable=layout.durable)
                await _until(
                    stop,
                    _keep_looking(broker, layout, settings.broker_check_interval),
                    _keep_giving_up(writer, clock, settings),
                )
    _log.info("ingest_stopped")


async def _until(
    stop: asyncio.Event, watching: Coroutine[Any, Any, None], upkeep: Coroutine[Any, Any, None]
) -> None:
    tasks = [asyncio.create_task(work) for work in (stop.wait(), watching, upkeep)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await ended(tasks)
    for task in done:
        task.result()


async def ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks and return once all have ended, however often they have to be told.

    Before Python 3.12 `asyncio.wait_for`, which the broker's client uses, swallows a cancellation
    that comes at the moment of its answer.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_TELL_AGAIN_SECONDS)


async def _keep_looking(broker: NatsBroker, layout: BrokerLayout, interval: timedelta) -> None:
    """Raise `BrokerNotReady` when the stream or its consumer is gone or changed.

    The client would go on asking for messages that can never come, and say nothing. Raises
    `BrokerUnreachable` when nothing is answered on a connection that the client holds for good: it
    may have stopped reading. A broker that is away is awaited for as long as that takes.
    """
    pause, away, doubtful, unanswered = interval.total_seconds(), False, False, 0
    while True:
        await asyncio.sleep(_SECOND_LOOK_SECONDS if doubtful else pause)
        client = broker.connection
        if client.is_closed:
            raise BrokerUnreachable("The broker's client has given up its connection.")
        try:
            if not client.is_connected:
                raise BrokerUnreachable
            await verify(client, layout)
        except BrokerUnreachable:
            if not away:
                _log.warning("broker_away")
            away = True
            # A look while reconnecting says nothing of the connection that comes next.
            unanswered += client.is_connected
            if unanswered >= _MOST_UNANSWERED_LOOKS:
                _log.error("broker_not_heard", looks=unanswered)
                raise
        except BrokerNotReady as problem:
            if doubtful:
                _log.error("broker_not_ready", reason=str(problem))
                raise
            doubtful, unanswered = True, 0
        else:
            if away:
                _log.info("broker_back")
            away, doubtful, unanswered = False, False, 0


async def _keep_giving_up(writer: Writer, clock: Clock, settings: Settings) -> None:
    """Put what has waited too long for its predecessor into quarantine, where people look."""
    while True:
        overdue = clock() - settings.waiting_deadline
        try:
            given_up = await finished_in_thread(writer.give_up_waiting, overdue)
        except Exception as error:
            _log.warning("giving_up_failed", error=type(error).__name__)
            given_up = 0
        if given_up:
            _log.info("gave_up_waiting", count=given_up)
        if given_up < _GIVEN_UP_AT_ONCE:
            await asyncio.sleep(settings.waiting_check_interval.total_seconds())
