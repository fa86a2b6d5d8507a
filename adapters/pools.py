"""How the connections of the stores are used, for whoever watches over the service."""

from typing import NamedTuple

from adapters.access_store.store import AccessStore
from adapters.event_store.desk import IntakeDesk
from adapters.event_store.oversight import IntakeOversight
from adapters.read_store.reader import ReadStore


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


def pool_use(store: AccessStore | IntakeDesk | IntakeOversight | ReadStore) -> PoolUse:
    """Return how a store's connections are used."""
    found = store._pool.get_stats()
    return PoolUse(
        open=found.get("pool_size", 0),
        idle=found.get("pool_available", 0),
        most=found.get("pool_max", 0),
        waiting=found.get("requests_waiting", 0),
    )
