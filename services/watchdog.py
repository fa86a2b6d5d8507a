"""Ends a process whose event loop has stopped, so that whoever supervises it starts a new one."""

import asyncio
import os
import sys
import threading
from types import TracebackType
from typing import Self

EXIT_CODE = 70  # EX_SOFTWARE
_LOOKS = 10


class Watchdog:
    """Watches the running loop from a thread of its own while it is entered.

    A loop that spins without yielding still looks alive from outside: connections stay open,
    nothing is read, health checks time out and no error is raised.
    """

    def __init__(self, limit: float = 10.0) -> None:
        self._pause = limit / _LOOKS
        self._alive = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._beat: asyncio.TimerHandle | None = None

    def __enter__(self) -> Self:
        self._keep_beating(asyncio.get_running_loop())
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        if self._beat:
            self._beat.cancel()

    def _keep_beating(self, loop: asyncio.AbstractEventLoop) -> None:
        self._alive.set()
        self._beat = loop.call_later(self._pause / 2, self._keep_beating, loop)

    def _watch(self) -> None:
        # Looks are counted, not seconds: after the whole process was suspended, the loop gets as
        # many chances to show itself as it has otherwise.
        missed = 0
        while not self._over.wait(self._pause):
            missed = 0 if self._alive.is_set() else missed + 1
            self._alive.clear()
            if missed >= _LOOKS:
                sys.stderr.write('{"event": "event_loop_dead", "level": "critical"}\n')
                sys.stderr.flush()
                os._exit(EXIT_CODE)
