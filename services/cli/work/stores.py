"""Prepares the servers: the database's schema, the broker's streams."""

import asyncio
from collections.abc import Sequence

from adapters.broker import BrokerLayout, check, provision
from adapters.embedded import EmbeddedPostgres
from services.bootstrap import prepare_database
from services.cli.answers import BrokerChecked, Migrated, Provisioned
from services.cli.connecting import (
    announce_database,
    announce_embedded_database,
    broker,
    checked,
)
from services.cli.console import emit, out
from services.settings import Settings


def bring_up_to_date(*, as_json: bool) -> None:
    """Bring the database to the schema of this release, as the owner of the schema."""
    answer = Migrated(applied=_migrated(Settings()))
    if as_json:
        emit(answer)
    elif answer.applied:
        out().print(f"Applied: {', '.join(answer.applied)}.")
    else:
        out().print("The database has the schema of this release already.")


def _migrated(settings: Settings) -> Sequence[str]:
    for name in ("migration_database_url", "database_url"):
        if (url := getattr(settings, name)) is not None:
            setting = f"CASE_TIMELINE_{name.upper()}"
            announce_database(setting, url)
            return prepare_database(checked(setting, url))
    announce_embedded_database(settings)
    with EmbeddedPostgres(settings.data_dir / "postgres") as server:
        return prepare_database(server.start())


def provision_broker(*, as_json: bool) -> None:
    """Set up the streams and the consumer."""
    settings = Settings()
    layout = settings.broker_layout
    with broker(settings) as found:
        # An embedded one has just been provisioned; asking again is harmless.
        done = [*found.provisioned, *asyncio.run(provision(found.url, layout))]
    if as_json:
        emit(Provisioned(stream=layout.stream, done=done))
    elif done:
        out().print("\n".join(done), soft_wrap=True)
    else:
        out().print(f"{_streams(layout)} are set up as needed already.")


def check_broker(*, as_json: bool) -> None:
    """Fail unless the broker is set up as needed and keeps what it confirms."""
    settings = Settings()
    layout, unchecked = settings.broker_layout, settings.broker_durability_unchecked
    with broker(settings) as found:
        checking = check(found.url, found.monitor_url, layout, durability_unchecked=unchecked)
        asyncio.run(checking)
    answer = BrokerChecked(stream=layout.stream, ok=True, durability_checked=not unchecked)
    if as_json:
        emit(answer)
    else:
        durable = "; its durability was not checked" if unchecked else " and durable"
        out().print(f"{_streams(layout)} are set up as needed{durable}.")


def _streams(layout: BrokerLayout) -> str:
    return f"The streams {layout.stream} and {layout.out_stream}"
