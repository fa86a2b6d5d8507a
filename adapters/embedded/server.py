"""What the embedded servers have in common: start or join, leave or stop, crash."""

import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from adapters.embedded.errors import EmbeddedServerError
from adapters.embedded.lease import Lease
from adapters.embedded.process import ServerProcess

_POLL_SECONDS = (0.02, 0.5)  # at first, at most: each attempt leaves a line in a server's log
_ATTEMPTS = 3
_STOP_SECONDS = 30.0


class EmbeddedServer(ABC):
    """A server in a directory, shared by every process that starts it there.

    As a context manager it is started on entry and left on exit. `timeout` bounds, in seconds,
    how long a server may take until it answers, recovery from a crash included.
    """

    name: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]
    crash_signal: ClassVar[signal.Signals]

    def __init__(
        self, directory: Path, *, pid_file: Path, argument: Path, timeout: float = 60.0
    ) -> None:
        self.directory = directory
        self._timeout = timeout
        self._process = ServerProcess(directory, pid_file=pid_file, argument=argument)
        self._lease = Lease(directory, patience=3 * timeout)

    @property
    def log(self) -> Path:
        """What the server and its set-up wrote."""
        return self._process.log

    def start(self) -> str:
        """Start the server, or join the one that runs, and return its URL.

        May be called again: it then brings back a server that crashed.
        """
        with self._lease.deciding():
            self._lease.take()
            try:
                self._await_ready()
                return self._url()
            except BaseException:
                self._leave()
                raise

    def stop(self) -> None:
        """Leave the server, and stop it if nobody else uses it. Harmless if not started."""
        with self._lease.deciding():
            self._leave()

    def kill(self) -> None:
        """Crash the server, for every user, as a power cut would; `start` brings it back."""
        self._process.send(self.crash_signal)
        if not self._process.ends_within(_STOP_SECONDS):
            raise self._error("did not end when killed")

    def is_running(self) -> bool:
        """Whether the server is there, whoever started it."""
        return self._process.pid() is not None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @abstractmethod
    def _prepare(self) -> list[str]:
        """Make the directory fit for a start, and return the command that starts the server."""

    @abstractmethod
    def _ready(self) -> bool:
        """Whether the server answers."""

    @abstractmethod
    def _url(self) -> str:
        """Where clients of the server, which is ready, connect."""

    def _await_ready(self) -> None:
        deadline = time.monotonic() + self._timeout
        attempts = 0
        pause, longest = _POLL_SECONDS
        # A server found here may also be on its way out, left by a process killed while stopping
        # it: then it ends while we wait, and the next round starts a new one.
        while not self._ready():
            if not self._process.lives():
                if attempts == _ATTEMPTS:
                    raise self._error("ended while starting")
                attempts += 1
                self._launch()
            if time.monotonic() > deadline:
                raise self._error(f"did not answer within {self._timeout:.0f} seconds")
            time.sleep(pause)
            pause = min(1.2 * pause, longest)

    def _launch(self) -> None:
        try:
            self._process.spawn(self._prepare())
        except OSError as error:
            raise self._error(f"cannot be started ({error})") from error

    def _leave(self) -> None:
        if self._lease.release():
            self._terminate()

    def _terminate(self) -> None:
        # Both signals keep everything that was ever confirmed; the second one recovers slower.
        for number in (self.stop_signal, self.crash_signal):
            self._process.send(number)
            if self._process.ends_within(_STOP_SECONDS):
                return
        raise self._error("did not end when stopped")

    def _error(self, what: str) -> EmbeddedServerError:
        return EmbeddedServerError(f"The embedded {self.name} {what}: see {self.log}.")
