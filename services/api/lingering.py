"""A transport that closes in a way that lets the other side read the last answer."""

import asyncio
from collections.abc import Callable
from typing import Any


class LingeringTransport(asyncio.Transport):
    """Passes everything on but `close`.

    To close a connection with data that nobody has read resets it, and the peer loses the answer
    that says why. So where `unread` tells that the peer may still be sending, its other half is
    closed, and what still comes is left to the protocol to throw away, for `linger_seconds`. What
    is written but not sent yet is sent first, unless its reader takes nothing for
    `stalled_seconds`.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        unread: Callable[[], bool],
        *,
        linger_seconds: float,
        stalled_seconds: float,
    ) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._unread = unread
        self._linger_seconds = linger_seconds
        self._stalled_seconds = stalled_seconds
        self._closing = False
        self._patience: asyncio.TimerHandle | None = None

    def close(self) -> None:
        """Close the connection, within the time that there is for that."""
        if self.is_closing():
            return
        self._closing = True
        if self._unread() and self._transport.can_write_eof():
            self._transport.write_eof()
            self._transport.resume_reading()
        else:
            self._transport.close()
        self._wait()

    def lost(self) -> None:
        """Note that the connection is closed, and that there is nothing to wait for."""
        if self._patience:
            self._patience.cancel()

    def _wait(self) -> None:
        unsent = self._transport.get_write_buffer_size()
        seconds = self._stalled_seconds if unsent else self._linger_seconds
        self._patience = self._loop.call_later(seconds, self._look, unsent)

    def _look(self, unsent_before: int) -> None:
        if self._transport.get_write_buffer_size() < unsent_before:
            self._wait()
        else:
            self._transport.abort()

    def is_closing(self) -> bool:
        """Tell whether it is closed or about to be."""
        return self._closing or self._transport.is_closing()

    def abort(self) -> None:
        """Close the connection without waiting for anything."""
        self._transport.abort()

    def write(self, data: Any) -> None:
        """Send data."""
        self._transport.write(data)

    def pause_reading(self) -> None:
        """Receive nothing for now; but a connection that closes is read to its end."""
        if not self._closing:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Receive again."""
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what is known of the connection."""
        return self._transport.get_extra_info(name, default)
