"""Who asks what they may publish shares the next question, and gets no answer from before."""

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import pytest

from domain.access import Decision
from domain.access.standing import Grant, Standing
from domain.vocabulary.access import Role
from services.access import AccessUnavailable, Asking, Forbidden, Gate, Visitor
from services.api.publishers import Publishers
from tests.support.waiting import eventually

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOURCE = "urn:cromwood:asb"
ASB = Visitor("id|asb", "session", "request-1")
OTHER = ASB._replace(principal="id|other")


@dataclass
class SlowGate:
    """Answers by who has a grant at that moment, as soon as it is let."""

    granted: set[str] = field(default_factory=lambda: {ASB.principal, OTHER.principal})
    asked: list[Visitor] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)
    away: bool = False

    def allow(self, visitor: Visitor, asking: Asking) -> tuple[Standing, Decision]:
        granted = visitor.principal in self.granted and not asking.foreign
        self.asked.append(visitor)
        assert self.may_answer.wait(10)
        if self.away:
            raise AccessUnavailable
        if not granted:
            raise Forbidden("no-role", "Nobody.")
        grant = Grant(Role.UPSTREAM, frozenset(), SOURCE, None)
        return Standing(visitor.principal, grants=(grant,)), Decision(True, ("upstream-write",))

    async def is_asked(self, times: int) -> None:
        await asyncio.to_thread(eventually, lambda: len(self.asked) == times)


@pytest.fixture
def gate() -> SlowGate:
    return SlowGate()


@pytest.fixture
def publishers(gate: SlowGate) -> Publishers:
    return Publishers(cast("Gate", gate), lambda: NOW)


async def test_all_who_come_meanwhile_share_the_next_question(
    gate: SlowGate, publishers: Publishers
) -> None:
    first = asyncio.create_task(publishers.sources(ASB))
    await gate.is_asked(1)
    later = [asyncio.create_task(publishers.sources(who)) for who in (ASB, OTHER) * 10]
    await asyncio.sleep(0)
    gate.may_answer.set()

    assert set(await asyncio.gather(first, *later)) == {frozenset({SOURCE})}
    assert gate.asked == [ASB, ASB, OTHER]


async def test_no_answer_is_from_before_it_was_asked_for(
    gate: SlowGate, publishers: Publishers
) -> None:
    first = asyncio.create_task(publishers.sources(ASB))
    await gate.is_asked(1)
    gate.granted.clear()
    later = asyncio.create_task(publishers.sources(ASB))
    await asyncio.sleep(0)
    gate.may_answer.set()

    assert await first == {SOURCE}
    with pytest.raises(Forbidden):
        await later


async def test_each_who_is_denied_is_denied_by_the_gate(
    gate: SlowGate, publishers: Publishers
) -> None:
    gate.granted.clear()
    gate.may_answer.set()
    requests = [ASB._replace(request=f"request-{number}") for number in range(5)]

    answers = await asyncio.gather(
        *(publishers.sources(each) for each in requests), return_exceptions=True
    )

    assert [type(answer) for answer in answers] == [Forbidden] * 5
    assert sorted(gate.asked) == requests


async def test_who_leaves_takes_nothing_from_the_others(
    gate: SlowGate, publishers: Publishers
) -> None:
    leaving = asyncio.create_task(publishers.sources(ASB))
    staying = asyncio.create_task(publishers.sources(ASB))
    await gate.is_asked(1)
    leaving.cancel()
    gate.may_answer.set()

    assert await staying == {SOURCE}


async def test_where_nothing_can_be_told_all_are_told_so(
    gate: SlowGate, publishers: Publishers
) -> None:
    gate.away = True
    gate.may_answer.set()

    answers = await asyncio.gather(
        publishers.sources(ASB), publishers.sources(OTHER), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [AccessUnavailable] * 2

    gate.away = False
    assert await publishers.sources(ASB) == {SOURCE}
