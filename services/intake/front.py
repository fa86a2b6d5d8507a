"""Lets many submit at once: what comes in while a commit is under way shares the next one."""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from services.intake.messages import Receipt, Submission
from services.intake.writer import Writer


class IntakeBusy(Exception):  # noqa: N818 (an answer, and no fault of anything)
    """There is no room for what was submitted; it was not taken in and may be sent again later."""


@dataclass(slots=True)
class _Waiting:
    """What was submitted together, and who waits for its receipts."""

    submissions: Sequence[Submission]
    answer: "asyncio.Future[list[Receipt]]"


@dataclass(slots=True)
class _Lane:
    """What one source has in the queue; whoever finds no room stands in line for a turn."""

    source: str
    queued: deque[_Waiting] = field(default_factory=deque)
    size: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    submitters: int = 0

    @property
    def is_idle(self) -> bool:
        return not self.queued and not self.submitters


class Intake:
    """Group commit over a `Writer`: one worker thread, one transaction for all that is queued.

    Sources take turns in filling a transaction, and each may have no more queued than there is
    room left. So one that floods the intake fills at most `queue_size`, half of all room, and
    neither keeps others out nor delays them by more than the transaction that is under way. What
    is submitted together stays together, and counts as its first source's.
    """

    def __init__(
        self, writer: Writer, *, largest_batch: int = 250, queue_size: int = 1_000
    ) -> None:
        self._writer = writer
        self._largest_batch = largest_batch
        self._capacity = 2 * queue_size
        self._queued = 0
        self._lanes: dict[str, _Lane] = {}
        self._next: deque[_Lane] = deque()
        """The lanes that have something queued, each once, in the order of their turns."""
        self._something = asyncio.Event()
        self._room = asyncio.Event()
        self._is_closing = False
        self._thread = ThreadPoolExecutor(1, "intake-writer")
        self._committer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._committer = asyncio.create_task(self._commit_all(), name="intake-committer")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._committer is not None
        self._is_closing = True
        self._something.set()
        await self._committer
        self._thread.shutdown()

    async def submit(
        self, submissions: Sequence[Submission], *, patient: bool = True
    ) -> list[Receipt]:
        """Return what became of each submission, once it is committed.

        Waits while there is no room, so that memory stays bounded; or raises `IntakeBusy` at once
        where the submitter is not `patient`. Raises `StoreUnavailable` when nothing could be
        committed; the same submissions may then be handed in again.
        """
        source = submissions[0].source if submissions else ""
        lane = self._lanes.setdefault(source, _Lane(source))
        lane.submitters += 1
        try:
            if not patient and (lane.turn.locked() or not self._has_room(lane)):
                raise IntakeBusy("The intake has more to do than it can queue.")
            async with lane.turn:
                while not self._has_room(lane):
                    await self._room.wait()
                answer = self._queue(lane, submissions)
        finally:
            lane.submitters -= 1
            self._forget_if_idle(lane)
        return await answer

    def _has_room(self, lane: _Lane) -> bool:
        return lane.size < self._capacity - self._queued

    def _queue(
        self, lane: _Lane, submissions: Sequence[Submission]
    ) -> "asyncio.Future[list[Receipt]]":
        waiting = _Waiting(submissions, asyncio.get_running_loop().create_future())
        if not lane.queued:
            self._next.append(lane)
        lane.queued.append(waiting)
        lane.size += len(submissions)
        self._queued += len(submissions)
        self._something.set()
        return waiting.answer

    def _forget_if_idle(self, lane: _Lane) -> None:
        if lane.is_idle:
            self._lanes.pop(lane.source, None)

    async def _commit_all(self) -> None:
        while self._lanes or not self._is_closing:
            if self._next:
                await self._commit(self._batch())
            else:
                self._something.clear()
                await self._something.wait()

    def _batch(self) -> list[_Waiting]:
        """Take off the queue what goes in together, from each source in turn."""
        batch: list[_Waiting] = []
        size = 0
        while self._next and size < self._largest_batch:
            lane = self._next.popleft()
            batch.append(lane.queued.popleft())
            taken = len(batch[-1].submissions)
            size += taken
            lane.size -= taken
            if lane.queued:
                self._next.append(lane)
            else:
                self._forget_if_idle(lane)
        self._queued -= size
        self._room.set()
        self._room.clear()
        return batch

    async def _commit(self, batch: list[_Waiting]) -> None:
        together = [submission for waiting in batch for submission in waiting.submissions]
        loop = asyncio.get_running_loop()
        try:
            receipts = await loop.run_in_executor(self._thread, self._writer.commit, together)
        except Exception as error:  # each submitter gets it; the next batch has its own chance
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(error)
            return
        for waiting in batch:
            count = len(waiting.submissions)
            own, receipts = receipts[:count], receipts[count:]
            if not waiting.answer.done():
                waiting.answer.set_result(own)
        if self._writer.owes_snapshots and not self._next:
            await loop.run_in_executor(self._thread, self._writer.take_snapshots)
