"""From a batch of messages to committed events, and from there to acknowledgements."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog

from adapters.broker import BrokerLayout
from adapters.broker.pulling import Delivered
from services.intake import Receipt, Submission

_SHORTEST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0

_log = structlog.get_logger(__name__)


class Door(Protocol):
    """Where events are handed in."""

    async def submit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Return what became of each, once it is committed."""
        ...


class Ingest:
    """Hands batches of messages in, and settles them with the broker once they are committed."""

    def __init__(self, door: Door, layout: BrokerLayout, clock: Callable[[], datetime]) -> None:
        self._door = door
        self._layout = layout
        self._clock = clock
        self._failing_since: datetime | None = None

    async def take(self, messages: list[Delivered]) -> None:
        """Commit a batch, then acknowledge it. Never raises but when cancelled.

        What is wrong with a message is the intake's business and ends in quarantine; whatever is
        raised here is wrong with us, and the messages are wanted again.
        """
        now = self._clock()
        submissions = [
            Submission(
                delivery=message.delivery,
                source=self._layout.source_of(message.subject),
                body=message.body,
                received_at=now,
            )
            for message in messages
        ]
        try:
            await self._door.submit(submissions)
        except Exception as error:
            await self._hand_back(messages, error)
        else:
            self._failing_since = None
            for message in messages:
                await message.settle()

    async def _hand_back(self, messages: list[Delivered], error: Exception) -> None:
        # The pause grows with the trouble, so that a short one is over soon after it ended.
        now = self._clock()
        self._failing_since = self._failing_since or now
        lasted = (now - self._failing_since).total_seconds()
        delay = min(max(lasted, _SHORTEST_PAUSE_SECONDS), _LONGEST_PAUSE_SECONDS)
        # Only the kind of error: a database's error texts quote whole rows.
        _log.warning(
            "intake_failed",
            error=type(error).__name__,
            count=len(messages),
            retry_in_seconds=delay,
        )
        for message in messages:
            await message.hand_back(delay)
