"""Publishes what goes out: in order, and once, whatever became of an earlier attempt.

Each message names the sequence number that the last message of the stream must have and, unless it
is the first of those sent together, that message's id. So no message is ever stored unless the one
before it is: not where one in the middle was refused, not where a process that lost its right to
publish still does, not where a message was on its way when its connection broke. What the stream
holds therefore tells how far publishing has come.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from nats.aio.client import Client
from nats.errors import Error, MaxPayloadError
from nats.js.api import Header, PubAck, RawStreamMsg
from nats.js.errors import APIError, NotFoundError, ServiceUnavailableError

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable
from adapters.broker.layout import BrokerLayout
from adapters.broker.streams import verify_out

POSITION = "Case-Timeline-Position"
"""Header of a relayed event: its place in the global order of accepted events."""

MOST_AT_ONCE = 256
"""How many messages are under way together: the server waits for its disk before each answer."""

_ANSWER_SECONDS = 10.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to publish; its id is the one under which the broker knows it again."""

    subject: str
    id: UUID
    body: bytes
    position: int | None = None
    """The place of an accepted event in the global order."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of messages: as many as there are numbers here, from the first on, are stored."""

    sequences: Sequence[int]
    failure: BrokerNotReady | None
    """Why the others are not, or are not known to be: look at the stream again."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """An event that the stream holds."""

    position: int
    event_id: UUID


class OutStream:
    """The stream as it stood when it was looked at, and what was published since.

    After a failure it is of no further use: `look` again.
    """

    def __init__(self, client: Client, layout: BrokerLayout, identity: str, sequence: int) -> None:
        self.identity = identity
        """Tells the stream from one of the same name that was made anew."""
        self._sequence = sequence
        self._layout = layout
        self._context = client.jetstream()

    @classmethod
    async def look(cls, client: Client, layout: BrokerLayout) -> "OutStream":
        """Return the stream as it stands.

        Raises `BrokerNotReady` where it is missing or set up otherwise, `BrokerUnreachable` where
        that cannot be found out.
        """
        await verify_out(client, layout)
        info = await _answered(client.jsm().stream_info(layout.out_stream))
        assert info.created is not None
        identity = f"{layout.out_stream}@{info.created:%Y%m%dT%H%M%S.%fZ}"
        return cls(client, layout, identity, info.state.last_seq)

    async def last_event(self) -> Relayed | None:
        """Return the last event in the stream; None if it holds none, or none of ours."""
        stream, subjects = self._layout.out_stream, self._layout.out_subjects
        message = await _if_any(self._context.get_last_msg(stream, subjects))
        if message is None:
            return None
        position, event_id = _header(message, POSITION), _id_of(message)
        if event_id is None or not (position.isascii() and position.isdecimal()):
            return None
        return Relayed(int(position), event_id)

    async def flags_after(self, sequence: int) -> dict[UUID, int]:
        """Return the flags announced after that place in the stream, each with its own place."""
        found: dict[UUID, int] = {}
        while message := await self._next_flag(sequence):
            assert message.seq is not None
            sequence = message.seq
            if flag_id := _id_of(message):
                found[flag_id] = sequence
        return found

    async def publish(self, messages: Sequence[Outgoing]) -> Sent:
        """Publish messages, at the most `MOST_AT_ONCE`, in their order."""
        before = [None, *(message.id for message in messages)]
        answers = await asyncio.gather(
            *(
                self._publish(message, self._sequence + place, before[place])
                for place, message in enumerate(messages)
            ),
            return_exceptions=True,
        )
        sequences: list[int] = []
        for answer in answers:
            if isinstance(answer, PubAck):
                sequences.append(answer.seq)
            elif isinstance(answer, Error):
                return Sent(sequences, _failure(answer))
            else:
                raise answer
        self._sequence += len(messages)
        return Sent(sequences, None)

    async def _publish(self, message: Outgoing, last_sequence: int, last_id: UUID | None) -> PubAck:
        headers = {
            Header.MSG_ID.value: str(message.id),
            Header.EXPECTED_STREAM.value: self._layout.out_stream,
            Header.EXPECTED_LAST_SEQUENCE.value: str(last_sequence),
            "Content-Type": "application/cloudevents+json",
        }
        if last_id is not None:
            # Not for the first: a broker that was restarted may not know the id of its last one.
            headers[Header.EXPECTED_LAST_MSG_ID.value] = str(last_id)
        if message.position is not None:
            headers[POSITION] = str(message.position)
        return await self._context.publish(
            message.subject, message.body, timeout=_ANSWER_SECONDS, headers=headers
        )

    async def _next_flag(self, after: int) -> RawStreamMsg | None:
        stream, subjects = self._layout.out_stream, self._layout.flags_subjects
        return await _if_any(
            self._context.get_msg(stream, seq=after + 1, subject=subjects, next=True)
        )


async def _answered(question: Awaitable[Result]) -> Result:
    try:
        return await question
    except Error as error:
        raise _failure(error) from None


async def _if_any(question: Awaitable[Result]) -> Result | None:
    try:
        return await _answered(question)
    except _Absent:
        return None


class _Absent(BrokerNotReady):
    """There is no such message."""


def _failure(error: Error) -> BrokerNotReady:
    match error:
        case NotFoundError():
            return _Absent("The broker has not got what was asked for.")
        case MaxPayloadError():
            return BrokerNotReady("The broker takes no message of this size: raise `max_payload`.")
        case ServiceUnavailableError() | APIError(code=None):
            return BrokerUnreachable("The broker cannot do it now.")
        case APIError():
            return BrokerNotReady(f"The broker refuses what goes out: {error.description}.")
    return BrokerUnreachable(f"The broker did not answer ({type(error).__name__}).")


def _header(message: RawStreamMsg, name: str) -> str:
    return str((message.headers or {}).get(name, ""))


def _id_of(message: RawStreamMsg) -> UUID | None:
    try:
        return UUID(_header(message, Header.MSG_ID.value))
    except ValueError:
        return None  # not one of ours
