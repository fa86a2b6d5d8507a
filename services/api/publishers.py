"""Which sources a system may publish: asked of the gate for each request, by many at once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from anyio import CapacityLimiter, to_thread

from domain.access import Action
from services.access import Asking, Forbidden, Gate, Visitor

Sources = frozenset[str]

_PUBLISH = Asking(action=Action.WRITE)
_PUBLISH_AS_ANOTHER = Asking(action=Action.WRITE, foreign=True)


@dataclass(slots=True)
class _Asked:
    """A system that has asked, maybe several times, and the answer to all of them."""

    visitor: Visitor
    answer: "asyncio.Future[Sources | Exception]"


class Publishers:
    """Lets requests that come while the gate is asked share the next question.

    So however many come, one thread asks, once per system and turn. An answer is never older than
    the request that gets it: a grant that was revoked before counts for none.
    """

    def __init__(self, gate: Gate, clock: Callable[[], datetime]) -> None:
        self._gate = gate
        self._clock = clock
        self._asked: dict[str, _Asked] = {}
        """Whoever is to be in the next question, by principal."""
        self._asking: asyncio.Task[None] | None = None
        self._thread = CapacityLimiter(1)

    async def sources(self, visitor: Visitor) -> Sources:
        """Return the sources whose events `visitor` may publish, at least one.

        Raises `Forbidden` where there is none, and `AccessUnavailable` where that cannot be told.
        """
        asked = self._asked.get(visitor.principal)
        is_first = asked is None
        if asked is None:
            asked = _Asked(visitor, asyncio.get_running_loop().create_future())
            self._asked[visitor.principal] = asked
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(), name="publishers")
        # One who no longer waits takes nothing from the others.
        answer = await asyncio.shield(asked.answer)
        if isinstance(answer, Forbidden) and not is_first:
            # Each denial is on record, with the request that it is the answer to.
            answer = await to_thread.run_sync(self._answer, visitor, limiter=self._thread)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def publishes_as_another(self, visitor: Visitor) -> None:
        """Have it on record that someone sent events of a source that is not theirs."""
        answer = await to_thread.run_sync(self._denied, visitor, limiter=self._thread)
        if not isinstance(answer, Forbidden):
            raise answer

    async def _ask(self) -> None:
        try:
            while self._asked:
                asked, self._asked = list(self._asked.values()), {}
                visitors = [each.visitor for each in asked]
                answers = await to_thread.run_sync(self._answers, visitors, limiter=self._thread)
                for each, answer in zip(asked, answers, strict=True):
                    each.answer.set_result(answer)
        finally:
            self._asking = None

    def _answers(self, visitors: list[Visitor]) -> list[Sources | Exception]:
        return [self._answer(visitor) for visitor in visitors]

    def _answer(self, visitor: Visitor) -> Sources | Exception:
        try:
            standing, _ = self._gate.allow(visitor, _PUBLISH)
        except Exception as error:  # each who asked gets it, and the others their own answer
            return error
        return standing.sources(self._clock()) or self._denied(visitor)

    def _denied(self, visitor: Visitor) -> Exception:
        try:
            self._gate.allow(visitor, _PUBLISH_AS_ANOTHER)
        except Exception as error:
            return error
        raise AssertionError("the gate let someone publish as another")
