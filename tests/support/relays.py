"""A relay between a test's database and a test's stream, and a look at what has gone out."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from adapters.broker import BrokerLayout
from adapters.broker.connection import connected
from adapters.broker.outgoing import OutStream
from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from domain.vocabulary.rules import FlagEffect
from projections.attention import AttentionRow, attention
from services.relay import Relay, run_relay
from services.settings import Settings
from tests.support.brokers import jetstream
from tests.support.intakes import Clock
from tests.support.read_stores import NOW


@dataclass(frozen=True)
class GoneOut:
    """A message of the stream that others subscribe to."""

    subject: str
    id: str
    position: int | None
    sent: Any

    @property
    def event_id(self) -> UUID:
        return UUID(self.id)


async def gone_out(nats_url: str, layout: BrokerLayout) -> list[GoneOut]:
    """Everything the stream holds, in its order."""
    async with jetstream(nats_url) as context:
        return await _held(context, layout)


async def count_out(nats_url: str, layout: BrokerLayout) -> int:
    """How many messages the stream holds."""
    async with jetstream(nats_url) as context:
        return (await context.stream_info(layout.out_stream)).state.messages


async def _held(context: JetStreamContext, layout: BrokerLayout) -> list[GoneOut]:
    found: list[GoneOut] = []
    sequence = 0
    while True:
        try:
            message = await context.get_msg(
                layout.out_stream, seq=sequence + 1, subject=">", next=True
            )
        except NotFoundError:
            return found
        assert message.seq is not None
        assert message.subject is not None
        sequence, headers = message.seq, message.headers or {}
        position = headers.get("Case-Timeline-Position")
        found.append(
            GoneOut(
                message.subject,
                headers["Nats-Msg-Id"],
                int(position) if position else None,
                json.loads(message.data or b"null"),
            )
        )


@asynccontextmanager
async def resumed(
    database_url: str, nats_url: str, layout: BrokerLayout, clock: Clock | None = None
) -> AsyncIterator[Relay]:
    """A relay that has found out how far the one before it came."""
    session = Session(database_url)
    try:
        async with connected(nats_url) as client:
            stream = await OutStream.look(client, layout)
            yield await Relay.resume(session, stream, layout, clock or Clock(NOW))
    finally:
        session.close()


async def relay_all(relay: Relay) -> None:
    """Let a relay publish all events that there are."""
    while await relay.step():
        pass


@asynccontextmanager
async def relaying(
    database_url: str, nats_url: str, layout: BrokerLayout, clock: Clock | None = None
) -> AsyncIterator["asyncio.Task[None]"]:
    """A relay as a process runs it, in a task of its own."""
    stop = asyncio.Event()
    settings = Settings(broker_durability_unchecked=True)
    task = asyncio.create_task(
        run_relay(settings, database_url, nats_url, None, clock or Clock(NOW), stop, layout=layout)
    )
    try:
        yield task
    finally:
        stop.set()
        await task


@dataclass
class Attention:
    """The read model of standing flags, filled by hand."""

    database_url: str

    def stands(
        self,
        due_at: datetime,
        *,
        rule: str = "R5",
        item: str = "R1",
        flag_id: UUID | None = None,
        case_id: UUID | None = None,
    ) -> UUID:
        """Have a flag stand; return its id."""
        row = AttentionRow(
            case_id=case_id or uuid4(),
            case_ref="asb:2024-0117",
            flag_id=flag_id or uuid4(),
            rule=rule,
            rule_version=1,
            overridden_by=None,
            title="An answer to a referral.",
            item=item,
            since=due_at - timedelta(days=10),
            soon_at=due_at - timedelta(days=1),
            due_at=due_at,
            effect=FlagEffect.DUTY,
            why="R1 was sent on 1 March and nobody has answered.",
            clears="An answer to R1.",
            inputs=(uuid4(),),
            owner="staff:12",
            team=(),
            authority="Cromwood Borough Council",
        )
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            Table(attention).write(connection.cursor(), [row])
        return row.flag_id

    def cleared(self, flag_id: UUID) -> None:
        """Have a flag no longer stand."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(
                b"DELETE FROM read_models.attention_v2 WHERE flag_id = %s", (flag_id,)
            )
