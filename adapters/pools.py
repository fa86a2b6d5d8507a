"""Pools of connections to PostgreSQL: what those of all stores share, and how they are used."""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from psycopg import Connection
from psycopg_pool import ConnectionPool

from adapters.event_store.datastore import RECONNECT_SECONDS, connection_settings

Pool = ConnectionPool[Connection[Any]]


def pool_to(
    database_url: str,
    configure: Callable[[Connection[Any]], None],
    *,
    most: int,
    patience: float = 10,
    is_checked: bool = True,
    is_open: bool = True,
) -> Pool:
    """Return a pool of at most so many connections, each prepared by `configure`.

    Whoever asks for one waits for `patience` seconds. Where it `is_checked`, which takes a round
    trip, they get none that a server has closed meanwhile.
    """
    return ConnectionPool(
        kwargs={**connection_settings(database_url), "autocommit": True},
        min_size=0,
        max_size=most,
        timeout=patience,
        reconnect_timeout=RECONNECT_SECONDS,
        configure=configure,
        check=ConnectionPool.check_connection if is_checked else None,
        open=is_open,
    )


class Pooled(Protocol):
    """A store that keeps its connections in a pool."""

    _pool: Pool


class PoolUse(NamedTuple):
    """How a pool of connections stands; it is not asked of the database."""

    open: int
    """How many connections there are."""
    idle: int
    """How many of them nobody uses."""
    most: int
    """How many there may be."""
    waiting: int
    """How many requests wait for one."""


def pool_use(store: Pooled) -> PoolUse:
    """Return how a store's connections are used."""
    found = store._pool.get_stats()
    return PoolUse(
        open=found.get("pool_size", 0),
        idle=found.get("pool_available", 0),
        most=found.get("pool_max", 0),
        waiting=found.get("requests_waiting", 0),
    )
