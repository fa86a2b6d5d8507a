"""Finds the servers for a command, and says which they are."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from adapters.broker import provision
from adapters.embedded import EmbeddedNats
from adapters.event_store.datastore import connection_settings
from services import bootstrap
from services.bootstrap import Servers
from services.cli.console import note
from services.cli.exits import CommandError, ExitCode
from services.settings import Settings, redacted


@dataclass(frozen=True, slots=True)
class Broker:
    """A broker to publish to."""

    url: str
    monitor_url: str | None
    provisioned: Sequence[str] = ()
    """What was created or changed on an embedded one just now."""


@contextmanager
def stores(settings: Settings) -> Iterator[Servers]:
    """Yield PostgreSQL, embedded where none is set."""
    _announce_database(settings)
    with bootstrap.servers(settings) as servers:
        yield servers


@contextmanager
def stores_and_broker(settings: Settings) -> Iterator[Servers]:
    """Yield PostgreSQL and NATS, embedded where not set; an embedded broker is provisioned."""
    _announce_database(settings)
    _announce_broker(settings)
    with bootstrap.servers(settings, broker=True) as servers:
        if servers.nats_is_embedded and servers.nats_url:
            asyncio.run(provision(servers.nats_url, settings.broker_layout))
        yield servers


@contextmanager
def broker(settings: Settings) -> Iterator[Broker]:
    """Yield NATS alone, embedded where none is set; an embedded one is provisioned."""
    _announce_broker(settings)
    if settings.nats_url is not None:
        url = settings.nats_url.get_secret_value()
        yield Broker(url, settings.broker_monitor_url)
        return
    with EmbeddedNats(settings.data_dir / "nats") as server:
        url = server.start()
        done = asyncio.run(provision(url, settings.broker_layout))
        yield Broker(url, server.monitor_url, done)


def checked(name: str, url: SecretStr) -> str:
    """Return a database URL as text; raise `CommandError` if it is none."""
    try:
        connection_settings(url.get_secret_value())
    except Exception:  # the driver's error quotes the URL
        raise CommandError(f"{name} is not an address of PostgreSQL.", ExitCode.USAGE) from None
    return url.get_secret_value()


def announce_embedded_database(settings: Settings) -> None:
    """Say where the embedded PostgreSQL keeps its data."""
    note(f"PostgreSQL: embedded in {settings.data_dir / 'postgres'}")


def announce_database(name: str, url: SecretStr) -> None:
    """Say where PostgreSQL is, without user or password."""
    note(f"PostgreSQL: {name}, {redacted(checked(name, url))}")


def _announce_database(settings: Settings) -> None:
    if settings.database_url is None:
        announce_embedded_database(settings)
    else:
        announce_database("CASE_TIMELINE_DATABASE_URL", settings.database_url)


def _announce_broker(settings: Settings) -> None:
    if settings.nats_url is None:
        note(f"NATS: embedded in {settings.data_dir / 'nats'}")
        return
    places = settings.nats_url.get_secret_value().split(",")
    shown = ", ".join(redacted(place.strip()) for place in places)
    note(f"NATS: CASE_TIMELINE_NATS_URL, {shown}")
