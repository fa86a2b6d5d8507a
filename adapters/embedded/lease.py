"""Who uses a server: first in starts it, last out stops it, across processes.

Two files carry the protocol. `start.lock` is held exclusively by whoever is starting or stopping
the server. `users.lock` is held shared by every user for as long as it uses the server. The
kernel drops both when a process dies, however it dies, so a killed user is never counted.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from adapters.embedded.errors import EmbeddedServerError

_POLL_SECONDS = 0.02


class Lease:
    """One user's share in the server of a directory. Not for several threads at once."""

    def __init__(self, directory: Path, *, patience: float) -> None:
        self._directory = directory
        self._patience = patience
        self._share: IO[bytes] | None = None

    @contextmanager
    def deciding(self) -> Iterator[None]:
        """Be the only one who starts or stops this server, waiting `patience` seconds at most."""
        deadline = time.monotonic() + self._patience
        with self._open("start.lock") as file:
            while not _locked(file, fcntl.LOCK_EX):
                if time.monotonic() > deadline:
                    raise EmbeddedServerError(
                        f"Another process has been starting or stopping the server in"
                        f" {self._directory} for {self._patience:.0f} seconds."
                    )
                time.sleep(_POLL_SECONDS)
            yield

    def take(self) -> None:
        """Count as a user from now on. Only while `deciding`; taking twice is taking once."""
        if self._share is None:
            share = self._open("users.lock")
            # Nobody holds this lock exclusively but inside `deciding`, so this cannot block.
            fcntl.flock(share, fcntl.LOCK_SH)
            self._share = share

    def release(self) -> bool:
        """Stop counting as a user; True if nobody else is one. Only while `deciding`."""
        share, self._share = self._share, None
        if share is None:
            return False
        with share:
            # Turning a shared lock into an exclusive one is not atomic, and loses the shared one
            # on failure. Neither matters: users come and go while `deciding` only, and we leave.
            return _locked(share, fcntl.LOCK_EX)

    def _open(self, name: str) -> IO[bytes]:
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            return (self._directory / name).open("ab")
        except OSError as error:
            raise EmbeddedServerError(
                f"Cannot keep a server in {self._directory}: {error.strerror}."
            ) from error


def _locked(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
