"""The process of a server: starting it, telling whether it lives, signalling it."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

from adapters.embedded.errors import EmbeddedServerError

_POLL_SECONDS = 0.02


class ServerProcess:
    """The server of a directory, whoever started it.

    The server inherits a lock on `server.lock` from its starter, and so holds it exactly as long
    as any process of it lives. A pid file cannot say that: it outlives a crash, and it is not
    there yet when the starter is killed early. The pid file serves to find whom to signal.
    """

    def __init__(self, directory: Path, *, pid_file: Path, argument: Path) -> None:
        """`argument` is what the server was started on, by which its process is recognised."""
        self.log = directory / "server.log"
        self._lock = directory / "server.lock"
        self._pid_file = pid_file
        self._argument = argument
        self._child: subprocess.Popen[bytes] | None = None

    def lives(self) -> bool:
        """Whether any process of the server is there, even one that is still shutting down."""
        try:
            with self._lock.open("rb") as file:
                # Shared, so that two who look at the same time do not see each other.
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def pid(self) -> int | None:
        """The server's main process, or None if there is none that is surely it."""
        if not self.lives():
            return None
        pid = self._recorded_pid()
        if pid is not None and self._is_ours(pid):
            return pid
        # Started by us just now, and not yet so far as to write its pid file.
        child = self._child
        return child.pid if child is not None and child.returncode is None else None

    def spawn(self, command: Sequence[str]) -> None:
        """Start the server as a direct child. Call only when it does not live."""
        self._pid_file.unlink(missing_ok=True)
        self._child = child = self._popen(command)
        # Whoever ends the server, now or after we left it to others, leaves no zombie with us.
        Thread(target=child.wait, name=f"reap-{child.pid}", daemon=True).start()

    def run(self, command: Sequence[str]) -> None:
        """Run a program that prepares the server's directory, to its end.

        Should we be killed meanwhile, then the server "lives" until that program has ended, so
        that two never work on the directory at once.
        """
        with self._popen(command) as child:
            try:
                status = child.wait()
            except BaseException:
                child.kill()
                raise
        if status != 0:
            raise EmbeddedServerError(
                f"A server's set-up ended with status {status}: see {self.log}."
            )

    def send(self, number: signal.Signals) -> None:
        """Signal the server's main process, if there is one that is surely it."""
        pid = self.pid()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def ends_within(self, seconds: float) -> bool:
        """Wait until no process of the server is left."""
        deadline = time.monotonic() + seconds
        while self.lives():
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def _popen(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._lock.open("ab") as lock, self.log.open("ab") as log:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.log.parent,
                env=_environment(),
                pass_fds=[lock.fileno()],
                start_new_session=True,  # Ctrl-C in the terminal is for us, not for the server
            )

    def _recorded_pid(self) -> int | None:
        try:
            return int(self._pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _is_ours(self, pid: int) -> bool:
        if Path("/proc/self/cmdline").exists():
            try:
                arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                return False
            return os.fsencode(self._argument) in arguments
        # Without /proc, that some server holds the lock and that the pid lives must do.
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True


def _environment() -> dict[str, str]:
    # Without what would change the server's settings behind our back, and without our secrets.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "CASE_TIMELINE_"))}
    return {**inherited, "LC_ALL": "C"}
