"""Runs work side by side until it is told to stop, by a signal or by one of its parts."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

from services.cli.console import note
from services.cli.exits import ExitCode

Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Something that goes on until the event it is given is set."""


def run_until_stopped(*work: Work) -> None:
    """Run all of `work` until Ctrl-C or SIGTERM; the first failure of any stops the others."""
    try:
        uvloop.run(_side_by_side(*work))
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None


async def _side_by_side(*work: Work) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _asked_to_stop, stop)
    async with asyncio.TaskGroup() as together:
        for each in work:
            together.create_task(each(stop))


def _asked_to_stop(stop: asyncio.Event) -> None:
    if stop.is_set():
        os._exit(ExitCode.INTERRUPTED)
    note("Stopping; a second Ctrl-C stops at once.")
    stop.set()


async def in_thread(work: Callable[[threading.Event], None], stop: asyncio.Event) -> None:
    """Run blocking work in a thread; it is given what is set when it is to end."""
    halt = threading.Event()
    working = asyncio.create_task(asyncio.to_thread(work, halt))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        halt.set()
        await asyncio.wait([working])  # a thread cannot be cancelled
    await working
