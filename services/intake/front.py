"""Lets many submit at once: what comes in while a commit is under way shares the next one."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from services.intake.messages import Receipt, Submission
from services.intake.writer import Writer

_Waiting = tuple[Sequence[Submission], "asyncio.Future[list[Receipt]]"]


class Intake:
    """Group commit over a `Writer`: one worker thread, one transaction for all that is queued."""

    def __init__(
        self, writer: Writer, *, largest_batch: int = 500, queue_size: int = 1_000
    ) -> None:
        self._writer = writer
        self._largest_batch = largest_batch
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(queue_size)
        self._thread = ThreadPoolExecutor(1, "intake-writer")
        self._committer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._committer = asyncio.create_task(self._commit_for_ever(), name="intake-committer")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._committer is not None
        await self._queue.join()
        self._committer.cancel()
        await asyncio.gather(self._committer, return_exceptions=True)
        self._thread.shutdown()

    async def submit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Return what became of each submission, once it is committed.

        Waits while the queue is full, so that memory stays bounded. Raises `StoreUnavailable` when
        nothing could be committed; the same submissions may then be handed in again.
        """
        answer: asyncio.Future[list[Receipt]] = asyncio.get_running_loop().create_future()
        await self._queue.put((submissions, answer))
        return await answer

    async def _commit_for_ever(self) -> None:
        while True:
            batch = [await self._queue.get()]
            size = len(batch[0][0])
            while size < self._largest_batch and not self._queue.empty():
                batch.append(self._queue.get_nowait())
                size += len(batch[-1][0])
            try:
                await self._commit(batch)
            finally:
                for _ in batch:
                    self._queue.task_done()

    async def _commit(self, batch: list[_Waiting]) -> None:
        together = [submission for submissions, _ in batch for submission in submissions]
        loop = asyncio.get_running_loop()
        try:
            receipts = await loop.run_in_executor(self._thread, self._writer.commit, together)
        except Exception as error:  # each submitter gets it; the next batch has its own chance
            for _, answer in batch:
                if not answer.done():
                    answer.set_exception(error)
            return
        for submissions, answer in batch:
            own, receipts = receipts[: len(submissions)], receipts[len(submissions) :]
            if not answer.done():
                answer.set_result(own)
