"""Another process that uses an embedded server: started, left and killed by a test.

Run as a program it starts or joins the server, prints its URL, and leaves when its input ends.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from adapters.embedded.server import EmbeddedServer

SERVERS: dict[str, Callable[[Path], EmbeddedServer]] = {
    "postgres": EmbeddedPostgres,
    "nats": EmbeddedNats,
}


class ServerUser:
    """Such a process, on the server of `directory`."""

    def __init__(self, server: str, directory: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__, server, str(directory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def url(self) -> str:
        """The URL it was given, once it uses the server."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask_to_leave(self) -> None:
        """Let it begin to leave, without waiting for it."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def leave(self) -> None:
        """Have it leave the server as it should."""
        self.ask_to_leave()
        assert self.process.wait(timeout=60) == 0
        self._close()

    def kill(self) -> None:
        """End it without a chance to leave."""
        self.process.kill()
        self.process.wait(timeout=60)
        self._close()

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process.returncode is None:
            self.kill()


def main(server: str, directory: str) -> None:
    """Use the server until the input ends."""
    with SERVERS[server](Path(directory)) as embedded:
        print(embedded.start(), flush=True)  # noqa: T201 - the answer to the test
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
