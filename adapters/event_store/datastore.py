"""Connections of the event store: any libpq setting, and never more rights than a service has."""

from collections.abc import Callable
from typing import Any

from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

SCHEMA = "case_timeline"
SERVICE_ROLE = "case_timeline_service"
"""The role every service acts as: it may add events, and can never change or remove one."""

_CONNECTION_DEFAULTS = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "case-timeline",
}
"""Without these a half-open network hangs a writer for minutes."""

RECONNECT_SECONDS = 2.0
"""How long a pool tries to replace a lost connection, at ever longer intervals; from then on it
tries as soon as anybody asks for one. Else it could take minutes after an outage of minutes."""


def connection_settings(database_url: str) -> dict[str, Any]:
    """Return libpq settings for `database_url`, with time-outs where it names none."""
    return _CONNECTION_DEFAULTS | conninfo_to_dict(database_url)


def act_as_service(connection: Connection[Any]) -> None:
    """Give up every right that a service does not need, for the rest of the session."""
    connection.execute(SQL("SET ROLE {}").format(Identifier(SERVICE_ROLE)))


class ServiceDatastore(PostgresDatastore):
    """The library's datastore, connected by URL and acting as the service role."""

    def __init__(self, database_url: str, *, pool_size: int = 2, lock_timeout: int = 10) -> None:
        super().__init__(
            dbname="",
            host="",
            port="",
            user="",
            password="",
            schema=SCHEMA,
            pool_size=pool_size,
            max_overflow=pool_size,
            connect_timeout=10,
            idle_in_transaction_session_timeout=5,
            lock_timeout=lock_timeout,
        )
        self.pool.reconnect_timeout = RECONNECT_SECONDS
        kwargs = self.pool.kwargs
        assert isinstance(kwargs, dict)
        row_factory = kwargs["row_factory"]
        kwargs.clear()
        kwargs.update(connection_settings(database_url), row_factory=row_factory)

    def after_connect_func(self) -> Callable[[Connection[Any]], None]:
        """Return what prepares each new connection."""
        prepare = super().after_connect_func()

        def after_connect(connection: Connection[Any]) -> None:
            prepare(connection)
            act_as_service(connection)
            # All that is asked for is found by an index. To plan that anew for each batch costs
            # more than to run it, and a table that was small a minute ago may not be so any more.
            connection.execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off")

        return after_connect
