"""A process that helps another one, and ends with it."""

import os
import signal
import threading
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import ForkServerContext


class HelperProcessEnded(Exception):  # noqa: N818 (names what happened)
    """A process that helps this one ended before it was to. The message is one sentence."""


def loaded_with(module: str) -> ForkServerContext:
    """Return how to start several helpers that run what `module` has: it is loaded once for all.

    To load it in each takes longer than to work on thousands of events.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def end_with_parent() -> threading.Event:
    """Have this process end when the one that started it does, however that ends.

    Returns what is set when it is asked to end. An interrupt from the terminal reaches both: the
    other one decides what becomes of the work.
    """
    stop = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    return stop
