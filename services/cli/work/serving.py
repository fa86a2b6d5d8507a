"""Serves the API: in this process, or in several that share the port."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from math import ceil
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from tempfile import TemporaryDirectory

import structlog
import uvloop

from adapters.identity.demo import DemoNotAllowedError
from services.api.app import create_app, end_streams
from services.api.opening import NobodyCanSignIn, check_anyone_can_sign_in, opened
from services.api.registry import SHARED_FOLDER
from services.api.serving import AddressNotFree, ServeLimits, serve
from services.cli.console import note
from services.cli.exits import CommandError, ExitCode
from services.cli.failures import explained
from services.cli.work.preparing import ready
from services.cli.work.running import Work, in_thread
from services.clock import system_clock
from services.helper_process import HelperProcessEnded, end_with_parent
from services.settings import Settings
from services.watchdog import Watchdog

_LOOK_SECONDS = 0.2
_SECONDS_BEYOND_THE_DEADLINE = 5

_log = structlog.get_logger(__name__)

Listening = Callable[[int], None]


def check_signing_in(settings: Settings) -> None:
    """Raise `CommandError` where nobody could sign in, or anybody where real cases may be."""
    try:
        check_anyone_can_sign_in(settings)
    except (NobodyCanSignIn, DemoNotAllowedError) as error:
        raise CommandError(str(error), ExitCode.USAGE) from None


def told_where(settings: Settings) -> Listening:
    """Return what tells the person at the terminal where HTTP is served."""

    def tell(port: int) -> None:
        note(f"Serving on {address(settings, port)}; Ctrl-C stops.")

    return tell


def address(settings: Settings, port: int) -> str:
    """Return where the API is, for who is on this machine."""
    host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    return f"http://{host}:{port}"


def serving(settings: Settings, database_url: str, listening: Listening) -> Work:
    """Return the work of serving: in as many processes as are set."""
    if settings.http_workers > 1:
        return _in_processes(settings, database_url, listening)
    return _serving(settings, database_url, listening)


def _serving(
    settings: Settings, database_url: str, listening: Listening, *, share_port: bool = False
) -> Work:
    async def work(stop: asyncio.Event) -> None:
        app = create_app(lambda: opened(settings, database_url, system_clock), settings)
        ending = asyncio.create_task(_end_streams_at(stop, partial(end_streams, app)))
        try:
            with Watchdog():
                await serve(
                    app,
                    settings.http_host,
                    settings.http_port,
                    stop=stop,
                    limits=_limits(settings),
                    share_port=share_port,
                    listening=listening,
                    refused=app.state.metrics.refused,
                )
        except AddressNotFree as error:
            raise CommandError(str(error), ExitCode.USAGE) from None
        finally:
            ending.cancel()
        _log.info("http_stopped")

    return work


async def _end_streams_at(stop: asyncio.Event, end: Callable[[], None]) -> None:
    await stop.wait()
    end()


def _limits(settings: Settings) -> ServeLimits:
    longest = ceil(settings.http_deadline.total_seconds())
    return ServeLimits(
        graceful_seconds=longest + _SECONDS_BEYOND_THE_DEADLINE,
        trusted_proxies=settings.http_trusted_proxies,
    )


def _in_processes(settings: Settings, database_url: str, listening: Listening) -> Work:
    def supervise(halt: threading.Event) -> None:
        with _counts_shared(), _port_kept(settings) as port:
            workers = _started(settings.http_workers, database_url, port)
            listening(port)
            try:
                ended = _first_ended(workers, halt)
            finally:
                _stopped(workers, _limits(settings).graceful_seconds + _SECONDS_BEYOND_THE_DEADLINE)
        if ended:
            raise HelperProcessEnded("A process that serves HTTP ended; start again.")

    async def work(stop: asyncio.Event) -> None:
        await in_thread(supervise, stop)

    return work


def _started(count: int, database_url: str, port: int) -> list[SpawnProcess]:
    context = get_context("spawn")
    workers = [context.Process(target=_run, args=(database_url, port)) for _ in range(count)]
    for worker in workers:
        worker.start()
    return workers


def _first_ended(workers: list[SpawnProcess], halt: threading.Event) -> bool:
    """Return once `halt` is set, or True once any of these has ended by itself."""
    while not halt.is_set():
        if connection.wait([worker.sentinel for worker in workers], _LOOK_SECONDS):
            return not halt.is_set()
    return False


def _stopped(workers: list[SpawnProcess], seconds: float) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(seconds)
        worker.kill()


@contextmanager
def _counts_shared() -> Iterator[None]:
    """Have what processes count added up, see `services.api.registry`."""
    with TemporaryDirectory(prefix="case-timeline-metrics-") as folder:
        os.environ[SHARED_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[SHARED_FOLDER]


@contextmanager
def _port_kept(settings: Settings) -> Iterator[int]:
    """Hold the port, which the processes share; yields which it is."""
    host, port = settings.http_host, settings.http_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Others of this user could share it too, and take requests away from us: look first.
        socket.create_server((host, port), family=family).close()
        with socket.socket(family, socket.SOCK_STREAM) as kept:
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            kept.bind((host, port))
            yield kept.getsockname()[1]
    except OSError as error:
        where = f"port {port} of {host or 'this machine'}"
        raise CommandError(
            f"Cannot listen on {where} ({error.strerror}); choose another, or stop what uses it.",
            ExitCode.USAGE,
        ) from None


def _run(database_url: str, port: int) -> None:
    """Serve in a process of its own until that is told to stop, or whoever started it ends."""
    asked = end_with_parent()
    settings = ready().model_copy(update={"http_port": port})
    try:
        work = _serving(settings, database_url, lambda _port: None, share_port=True)
        uvloop.run(_until_asked(work, asked))
    except CommandError as error:
        note(str(error), style="error")
        sys.exit(error.code)
    except Exception as error:
        sentence, code = explained(error)
        note(sentence, style="error")
        sys.exit(code)


async def _until_asked(work: Work, asked: threading.Event) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    if asked.is_set():
        return
    await work(stop)
