"""Processes that run until they are told to stop: intake, projector, relay, HTTP, or all."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import closing
from typing import Any

import structlog

from adapters.broker import check, check_in, check_out
from adapters.read_store.reader import ReadStore
from projections.catalogue import READ_MODELS
from services.bootstrap import Servers
from services.cli.connecting import stores, stores_and_broker
from services.cli.console import note, progress
from services.cli.rendering.times import counted
from services.cli.work.preparing import ready
from services.cli.work.running import Work, in_thread, run_until_stopped
from services.cli.work.serving import check_signing_in, serving, told_where
from services.clock import system_clock
from services.ingest import run_ingest
from services.intake.writer import Clock
from services.projector import run_projector
from services.relay import run_relay
from services.settings import Settings

_LOOK_SECONDS = 0.05

_log = structlog.get_logger(__name__)


def run_intake() -> None:
    """Take events in from the broker until stopped."""
    settings = ready()
    with stores_and_broker(settings) as servers:
        _check_broker(check_in, settings, servers)
        note(f"Taking events in from the stream {settings.broker_layout.stream}; Ctrl-C stops.")
        run_until_stopped(ingesting(settings, servers))


def run_read_models(*, once: bool) -> None:
    """Keep the read models up to date until stopped or, with `once`, until they are."""
    settings = ready()
    with stores(settings) as servers:
        if once:
            run_until_stopped(_catching_up(settings, servers.database_url))
        else:
            note(f"Keeping {counted(len(READ_MODELS), 'read model')} up to date; Ctrl-C stops.")
            run_until_stopped(projecting(settings, servers.database_url))


def run_relaying() -> None:
    """Publish accepted events and due flags until stopped."""
    settings = ready()
    with stores_and_broker(settings) as servers:
        _check_broker(check_out, settings, servers)
        note(f"Publishing to the stream {settings.broker_layout.out_stream}; Ctrl-C stops.")
        run_until_stopped(relaying(settings, servers))


def run_serving() -> None:
    """Serve the API over HTTP until stopped."""
    settings = ready()
    check_signing_in(settings)
    with stores(settings) as servers:
        run_until_stopped(serving(settings, servers.database_url, told_where(settings)))


def run_all() -> None:
    """Run intake, projector and relay side by side until stopped, and HTTP where it is set up."""
    settings = ready()
    work: list[Work] = []
    with stores_and_broker(settings) as servers:
        _check_broker(check, settings, servers)
        note("Taking events in, keeping the read models up to date, publishing; Ctrl-C stops.")
        if settings.issuers or settings.demo:
            check_signing_in(settings)
            work.append(serving(settings, servers.database_url, told_where(settings)))
        else:
            note("Not serving HTTP: no identity provider is named in CASE_TIMELINE_ISSUERS.")
        run_until_stopped(
            ingesting(settings, servers),
            projecting(settings, servers.database_url),
            relaying(settings, servers),
            *work,
        )


def _check_broker(
    look: Callable[..., Coroutine[Any, Any, None]], settings: Settings, servers: Servers
) -> None:
    assert servers.nats_url is not None
    unchecked = settings.broker_durability_unchecked
    layout = settings.broker_layout
    looking = look(servers.nats_url, servers.monitor_url, layout, durability_unchecked=unchecked)
    asyncio.run(looking)


def ingesting(settings: Settings, servers: Servers, clock: Clock = system_clock) -> Work:
    """Return the work of the intake."""

    async def work(stop: asyncio.Event) -> None:
        assert servers.nats_url is not None
        await run_ingest(
            settings,
            servers.database_url,
            servers.nats_url,
            servers.monitor_url,
            clock,
            stop,
        )

    return work


def relaying(settings: Settings, servers: Servers) -> Work:
    """Return the work of the relay."""

    async def work(stop: asyncio.Event) -> None:
        assert servers.nats_url is not None
        await run_relay(
            settings,
            servers.database_url,
            servers.nats_url,
            servers.monitor_url,
            system_clock,
            stop,
        )

    return work


def projecting(settings: Settings, database_url: str) -> Work:
    """Return the work of the projector."""

    def project(halt: threading.Event) -> None:
        _log.info("projector_started", count=len(READ_MODELS))
        run_projector(database_url, settings.log_level, halt)
        _log.info("projector_stopped")

    async def work(stop: asyncio.Event) -> None:
        await in_thread(project, stop)

    return work


def _catching_up(settings: Settings, database_url: str) -> Work:
    async def work(stop: asyncio.Event) -> None:
        done = asyncio.Event()
        projector = asyncio.create_task(projecting(settings, database_url)(done))

        def watch(halt: threading.Event) -> None:
            await_caught_up(database_url, halt)

        try:
            await in_thread(watch, stop)
        finally:
            done.set()
            await projector

    return work


def await_caught_up(database_url: str, halt: threading.Event) -> None:
    """Return when every read model has taken in all events, or `halt` is set; show how far."""
    with closing(ReadStore(database_url)) as read_store, progress() as shown:
        task = shown.add_task("Read models", total=None)
        while not halt.is_set():
            found = read_store.progress(READ_MODELS.values())
            reached, head = min(each.position for each in found), max(each.head for each in found)
            shown.update(task, completed=reached, total=head)
            if reached >= head:
                return
            halt.wait(_LOOK_SECONDS)
