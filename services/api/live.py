"""What has just been recorded, for all live streams of a process: one listener, however many."""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Self
from uuid import UUID

import structlog
from anyio import CapacityLimiter, to_thread

from adapters.read_store.feed import PARTITIONS, Placed
from adapters.read_store.session import ReadStoreError, Session
from domain.streams import CASES, stream_kind
from services.threads import finished_in_thread

PAGE = 500
"""How many events are told at once."""

_REMEMBERED = 5_000
_POLL_SECONDS = 0.5
"""How long to wait for a wake-up; polling is the truth, wake-ups only make it quick."""
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 2.0
_APART_SECONDS = 0.05
"""What comes within it is taken in together: each time costs about the same."""
_READERS = 4

_log = structlog.get_logger(__name__)


class Change(NamedTuple):
    """An event of a case, without anything it says."""

    position: int
    type: str
    case_id: UUID
    recorded_at: datetime


class Stretch(NamedTuple):
    """What changed after a position, up to `end`; events that are of no case are left out."""

    changes: Sequence[Change]
    end: int


class LiveChanges:
    """Follows the global order of events while somebody listens, and it is entered.

    Belongs to one event loop.
    """

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._recent: deque[Change] = deque(maxlen=_REMEMBERED)
        self._known_from = 0
        """After which position all changes are among the recent ones."""
        self._end: int | None = None
        """The last position; None until it was read."""
        self._moved = asyncio.Event()
        self._listeners = 0
        self._closing = False
        self._readers = CapacityLimiter(_READERS)
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._following = asyncio.create_task(self._follow(), name="live-changes")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()
        assert self._following is not None
        await self._following

    @property
    def is_over(self) -> bool:
        """Whether streams are to end, because the service stops."""
        return self._closing

    def end(self) -> None:
        """Have all streams end."""
        self._closing = True
        self._wake()

    @contextmanager
    def listened_to(self) -> Iterator[None]:
        """Have what is recorded followed meanwhile: to follow it costs more than to write it."""
        self._listeners += 1
        self._wake()
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners:
                # Whoever comes next begins anew: what came between was not followed.
                self._end = None
                self._recent.clear()

    async def head(self) -> int:
        """Return the last position, once it is known; 0 where the service stops before."""
        while self._end is None and not self._closing:
            await self._moved.wait()
        return self._end or 0

    async def moves_beyond(self, position: int, seconds: float) -> bool:
        """Return whether anything is recorded after `position`, as soon as so or after a time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._closing and (self._end or 0) <= position:
                    await self._moved.wait()
        return not self._closing and (self._end or 0) > position

    async def after(self, position: int) -> Stretch:
        """Return the next changes after a position; those of long ago are read again.

        Raises `ReadStoreError` where these cannot be read.
        """
        end = self._end or 0
        if position >= self._known_from:
            later = [change for change in self._recent if change.position > position]
            if len(later) > PAGE:
                later = later[:PAGE]
                end = later[-1].position
            return Stretch(later, end)
        return await to_thread.run_sync(
            _read, self._url, position, self._known_from, limiter=self._readers
        )

    async def _follow(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while not self._closing:
            if not self._listeners:
                await self._moved.wait()
                continue
            try:
                session = await finished_in_thread(Session, self._url)
                with closing(session):
                    await finished_in_thread(session.listen)
                    while self._listeners and not self._closing:
                        await self._take_in(session)
                        pause = _FIRST_PAUSE_SECONDS
                        await asyncio.sleep(_APART_SECONDS)
                        await finished_in_thread(session.wait_for_events, _POLL_SECONDS)
            except ReadStoreError as error:
                # Only the kind of error: its text may quote rows.
                _log.warning("changes_not_read", error=type(error).__name__, retry_in_seconds=pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)

    async def _take_in(self, session: Session) -> None:
        if self._end is None:
            head = await finished_in_thread(session.head)
            self._recent.clear()
            self._end = self._known_from = head
            self._wake()
        while self._listeners and not self._closing:
            end = self._end
            found = await finished_in_thread(_stretch, session, end, None)
            if found.end <= end or self._end != end:  # all who listened have gone meanwhile
                return
            forgotten = len(self._recent) + len(found.changes) - _REMEMBERED
            if forgotten > 0:
                self._known_from = self._recent[forgotten - 1].position
            self._recent.extend(found.changes)
            self._end = found.end
            self._wake()

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


def _read(database_url: str, after: int, up_to: int) -> Stretch:
    with closing(Session(database_url)) as session:
        return _stretch(session, after, up_to)


def _stretch(session: Session, after: int, up_to: int | None) -> Stretch:
    with session.transaction() as transaction:
        last = transaction.head() if up_to is None else up_to
        if last <= after:
            return Stretch((), after)
        page = transaction.page(after=after, up_to=last, partitions=range(PARTITIONS), limit=PAGE)
    return Stretch([change for placed in page.events for change in _changes(placed)], page.end)


def _changes(placed: Placed) -> Sequence[Change]:
    event = placed.event
    if event is None or stream_kind(event.case_ref) not in CASES:
        return ()
    return (Change(placed.position, event.type, placed.case_id, event.recorded_at),)
