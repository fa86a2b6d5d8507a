"""Begins, finds and ends sessions in PostgreSQL."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

import psycopg
from psycopg import Connection
from psycopg_pool import PoolTimeout

from adapters.event_store.datastore import act_as_service
from adapters.pools import pool_to

_SECRET_BYTES = 32
_SEEN_EVERY = timedelta(seconds=30)
"""How exactly it is kept when someone was last seen, so that not every request writes."""
_KEPT = timedelta(days=1)
"""How long a session that has ended is kept; it counts for nothing meanwhile."""

_BEGIN = """
INSERT INTO case_timeline.web_session (token_hash, principal, name, began_at, seen_at, ends_at)
VALUES (%(token_hash)s, %(principal)s, %(name)s, %(now)s, %(now)s, %(ends_at)s)
"""
_FIND = """
SELECT principal, name, seen_at FROM case_timeline.web_session
WHERE token_hash = %(token_hash)s AND ends_at > %(now)s AND seen_at > %(idle_since)s
"""
_SEEN = """
UPDATE case_timeline.web_session SET seen_at = %(now)s
WHERE token_hash = %(token_hash)s AND seen_at < %(now)s
"""
_END = "DELETE FROM case_timeline.web_session WHERE token_hash = %(token_hash)s"
_FORGET = "DELETE FROM case_timeline.web_session WHERE ends_at < %(ended)s"


class Session(NamedTuple):
    """Someone who is signed in. What they may do is not said here: grants are events."""

    principal: str
    """Issuer and subject, as `<iss>|<sub>`: the same as with an access token."""
    name: str
    """What their provider calls them; to greet them with, and for nothing else."""
    id: str
    """Tells one session from another, and is no secret."""


class SessionStore:
    """Safe to use from several threads; blocking."""

    def __init__(
        self,
        database_url: str,
        clock: Callable[[], datetime],
        *,
        idle: timedelta,
        longest: timedelta,
    ) -> None:
        """End sessions that were not used for `idle`, and all of them after `longest`."""
        self._clock, self._idle, self._longest = clock, idle, longest
        self._pool = pool_to(database_url, _prepared, most=4, patience=2.0, is_checked=False)

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def begin(self, principal: str, name: str) -> str:
        """Begin a session; return its secret, which is kept nowhere."""
        secret, now = secrets.token_urlsafe(_SECRET_BYTES), self._clock()
        session = {"token_hash": _hash(secret), "principal": principal, "name": name, "now": now}
        with self._pool.connection() as connection:
            connection.execute(_BEGIN, session | {"ends_at": now + self._longest})
            connection.execute(_FORGET, {"ended": now - _KEPT})
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session of this secret, if it goes on; it counts as used."""
        try:
            return self._find(secret)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            if isinstance(error, PoolTimeout):
                raise
            # A server that was started again has closed all connections.
            self._pool.drain()
            return self._find(secret)

    def _find(self, secret: str) -> Session | None:
        now, token_hash = self._clock(), _hash(secret)
        asked = {"token_hash": token_hash, "now": now, "idle_since": now - self._idle}
        with self._pool.connection() as connection:
            found = connection.execute(_FIND, asked, prepare=True).fetchone()
            if found is None:
                return None
            principal, name, seen_at = found
            if now - seen_at >= min(_SEEN_EVERY, self._idle / 2):
                connection.execute(_SEEN, {"token_hash": token_hash, "now": now})
        return Session(principal, name, token_hash[:12].hex())

    def end(self, secret: str) -> None:
        """End a session at once, wherever it is used; where there is none, that is well too."""
        with self._pool.connection() as connection:
            connection.execute(_END, {"token_hash": _hash(secret)})


def _hash(secret: str) -> bytes:
    # Of 256 random bits: nobody finds them by trying, so a fast hash does.
    return sha256(secret.encode()).digest()


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'; SET statement_timeout = '5s'")
