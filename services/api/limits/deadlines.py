"""How long a request may wait for its answer."""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.middleware import HttpMiddleware
from services.api.problems import Problem, answer_with

DEADLINE_SECONDS = 10.0

_RETRY_AFTER = {"retry-after": "1"}


class Deadline(HttpMiddleware):
    """Answers for the work when its answer has not begun in time, and cancels it.

    The answer does not wait until the work has ended, which a commit in a thread may put off; its
    place among the requests under way stays taken until then. An answer that has begun, such as a
    long download or a stream of events, is bounded by how fast its reader takes it instead.
    """

    def __init__(self, app: ASGIApp, seconds: float = DEADLINE_SECONDS) -> None:
        super().__init__(app)
        self._seconds = seconds

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, answering = False, None
        work, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert work is not None

        async def answer() -> None:
            problem = Problem("deadline", headers=_RETRY_AFTER)
            await answer_with(problem, scope)(scope, receive, send)

        def expire() -> None:
            nonlocal answering
            if not begun:
                answering = loop.create_task(answer())
                work.cancel()

        async def in_time(message: Message) -> None:
            nonlocal begun
            if answering is None:
                begun = True
                await send(message)

        timer = loop.call_later(self._seconds, expire)
        try:
            await self.app(scope, receive, in_time)
        except (asyncio.CancelledError, Exception):
            if answering is None:
                raise
        finally:
            timer.cancel()
        if answering is not None:
            await _ended(answering)
            work.uncancel()


async def _ended(task: asyncio.Task[None]) -> None:
    """Wait for `task`, even where a cancellation of the work comes only now."""
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    task.result()
