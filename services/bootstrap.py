"""Finds or starts the servers that a command needs, and opens what stands on them."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from adapters.event_store.application import Cases
from adapters.event_store.desk import IntakeDesk
from adapters.event_store.migrating import check_migrated, migrate
from adapters.read_store.reader import ReadStore
from projections.catalogue import READ_MODELS
from services.review import CaseReview
from services.settings import Settings


@dataclass(frozen=True, slots=True)
class Servers:
    """Where PostgreSQL and NATS are, and whether they are our own embedded ones."""

    database_url: str
    database_is_embedded: bool
    nats_url: str | None = None
    nats_is_embedded: bool = False
    monitor_url: str | None = None
    """Where the broker tells how durable it is; None if not known."""


@contextmanager
def servers(settings: Settings, *, broker: bool = False) -> Iterator[Servers]:
    """Yield the servers that `settings` name; start embedded ones in the place of those unset.

    An embedded database is brought to the schema of this release; a given one is only checked.
    """
    with ExitStack() as stack:
        database_url, nats_url = settings.database_url, settings.nats_url
        monitor_url = settings.broker_monitor_url
        if database_url is None:
            postgres = EmbeddedPostgres(settings.data_dir / "postgres")
            url = stack.enter_context(_running(postgres))
            prepare_database(url)
        else:
            url = database_url.get_secret_value()
            check_migrated(url)
        broker_url = nats_url.get_secret_value() if nats_url else None
        if broker and broker_url is None:
            nats = EmbeddedNats(settings.data_dir / "nats")
            broker_url = stack.enter_context(_running(nats))
            monitor_url = nats.monitor_url
        yield Servers(
            database_url=url,
            database_is_embedded=database_url is None,
            nats_url=broker_url,
            nats_is_embedded=broker and nats_url is None,
            monitor_url=monitor_url,
        )


def prepare_database(owner_url: str) -> list[str]:
    """Bring a database to the schema of this release; return the migrations applied."""
    applied = migrate(owner_url)
    with closing(ReadStore(owner_url)) as read_store:
        read_store.ensure_tables(READ_MODELS.values())
    return applied


@contextmanager
def review(database_url: str) -> Iterator[CaseReview]:
    """Open what answers questions about cases."""
    with closing(Cases(database_url)) as cases, closing(ReadStore(database_url)) as read_store:
        yield CaseReview(cases, read_store)


@contextmanager
def intake_desk(database_url: str) -> Iterator[IntakeDesk]:
    """Open the ledger for a person to work with."""
    desk = IntakeDesk(database_url)
    try:
        yield desk
    finally:
        desk.close_connections()


@contextmanager
def _running(server: EmbeddedPostgres | EmbeddedNats) -> Iterator[str]:
    try:
        yield server.start()
    finally:
        server.stop()
