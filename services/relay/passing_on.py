"""Passes on what was accepted and what has fallen due: nothing is left out, nothing goes twice.

The stream itself says which event was the last to go out, and which flags were announced that are
not remembered as such; so nothing hangs on the moment at which a process ends, or on how long the
broker knows ids again. The checkpoint counts where the stream holds no event any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from adapters.broker import BrokerLayout
from adapters.broker.outgoing import MOST_AT_ONCE, Outgoing, OutStream, Relayed
from adapters.read_store.feed import PARTITIONS, Page, Placed
from adapters.read_store.flags import DueFlag
from adapters.read_store.session import Session
from adapters.read_store.transaction import Transaction
from services.relay.messages import event_message, flag_message
from services.threads import finished_in_thread

Clock = Callable[[], datetime]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The names under which it is kept how far one stream has been filled.

    A stream that was made anew has none yet, and is filled from the first event on.
    """

    events: str
    """Position up to which events were published."""
    flags: str
    """Sequence number in the stream up to which announced flags are remembered."""

    @classmethod
    def of(cls, stream: OutStream) -> "_Marks":
        return cls(f"relay/events/{stream.identity}", f"relay/flags/{stream.identity}")


class Relay:
    """Publishes events in the global order, and flags as they fall due.

    Only one is to be at work at a time, see `run_relay`; of two at work, one is refused by the
    broker. Raises `BrokerNotReady` where a message was refused or not confirmed, having noted what
    was: `resume` then finds out about the rest.
    """

    def __init__(
        self,
        session: Session,
        stream: OutStream,
        layout: BrokerLayout,
        clock: Clock,
        position: int,
    ) -> None:
        self.position = position
        """The place in the global order up to which everything was published."""
        self._session = session
        self._stream = stream
        self._layout = layout
        self._clock = clock
        self._marks = _Marks.of(stream)
        self._unsound: set[UUID] = set()
        """Flags that are not of their form: told once, and no obstacle to the others."""

    @classmethod
    async def resume(
        cls, session: Session, stream: OutStream, layout: BrokerLayout, clock: Clock
    ) -> "Relay":
        """Find out how far an earlier relay has come, and go on from there.

        `stream` is as it stands: whatever is still on its way to it will be refused.
        """
        last = await stream.last_event()
        position, remembered = await finished_in_thread(_reached, session, _Marks.of(stream), last)
        relay = cls(session, stream, layout, clock, position)
        if announced := await stream.flags_after(remembered):
            await finished_in_thread(
                relay._remember, list(announced), up_to=max(announced.values())
            )
        return relay

    async def step(self) -> bool:
        """Publish the next events; return whether there were any."""
        page = await finished_in_thread(self._next_page)
        if page is None:
            return False
        readable = [(placed, placed.event) for placed in page.events if placed.event is not None]
        sent = await self._stream.publish(
            [event_message(event, placed.position, self._layout) for placed, event in readable]
        )
        stored = len(sent.sequences)
        if stored == len(readable):
            await self._advance(page.end, page.events)
        elif stored:
            await self._advance(readable[stored - 1][0].position, page.events)
        if sent.failure:
            raise sent.failure
        return True

    async def announce(self) -> bool:
        """Announce flags that have fallen due; return whether there may be more."""
        flags = await finished_in_thread(self._due_flags)
        messages = [message for flag in flags if (message := self._message_of(flag))]
        sent = await self._stream.publish(messages)
        if sent.sequences:
            announced = [message.id for message in messages[: len(sent.sequences)]]
            await finished_in_thread(self._remember, announced, up_to=max(sent.sequences))
        if sent.failure:
            raise sent.failure
        return len(flags) == MOST_AT_ONCE

    def _next_page(self) -> Page | None:
        # Looking first, without a transaction, spares the database while nothing happens.
        head = self._session.head()
        if head <= self.position:
            return None
        with self._session.transaction() as transaction:
            return _page(transaction, after=self.position, up_to=head, limit=MOST_AT_ONCE)

    async def _advance(self, position: int, events: Sequence[Placed]) -> None:
        for placed in events:
            if placed.event is None and placed.position <= position:
                _log.error("unreadable_event_not_relayed", position=placed.position)
        await finished_in_thread(self._set_mark, position)
        self.position = position

    def _set_mark(self, position: int) -> None:
        with self._session.transaction() as transaction:
            transaction.set_checkpoints({self._marks.events: position})

    def _due_flags(self) -> list[DueFlag]:
        with self._session.transaction() as transaction:
            return transaction.due_flags(self._clock(), limit=MOST_AT_ONCE, but=self._unsound)

    def _message_of(self, flag: DueFlag) -> Outgoing | None:
        try:
            return flag_message(flag, self._layout)
        except ValueError as error:  # its message quotes the flag
            _log.error("flag_not_announced", error=type(error).__name__)
            self._unsound.add(flag.flag_id)
            return None

    def _remember(self, flag_ids: Sequence[UUID], *, up_to: int) -> None:
        with self._session.transaction() as transaction:
            transaction.remember_flags(flag_ids, self._clock())
            transaction.set_checkpoints({self._marks.flags: up_to})


def _reached(session: Session, marks: _Marks, last: Relayed | None) -> tuple[int, int]:
    """Return how far events were published, and how far announced flags are remembered."""
    with session.transaction() as transaction:
        reached = transaction.checkpoints([marks.events, marks.flags])
        if last is not None:
            if _is_recorded(transaction, last):
                return last.position, reached[marks.flags]
            # As after the database was put back to an earlier state. Rather twice than never.
            _log.warning("relayed_event_not_recorded", position=last.position)
        return reached[marks.events], reached[marks.flags]


def _is_recorded(transaction: Transaction, last: Relayed) -> bool:
    page = _page(transaction, after=last.position - 1, up_to=last.position, limit=1)
    return any(
        placed.event is None or placed.event.event_id == last.event_id for placed in page.events
    )


def _page(transaction: Transaction, *, after: int, up_to: int, limit: int) -> Page:
    everywhere = range(PARTITIONS)
    return transaction.page(after=after, up_to=up_to, partitions=everywhere, limit=limit)
