"""Readiness is what the checks said last, told without asking them again."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from structlog.testing import capture_logs

from services.api.health import Check, Readiness, State, healthz
from tests.support.waiting import eventually_async

CANARY = "db.internal.example"
REQUEST = Request({"type": "http"})


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Needed:
    """Something that a service needs, that can be away or hang."""

    def __init__(self) -> None:
        self.away = self.hangs = False
        self.asked = self.at_once = self.most_at_once = 0

    async def __call__(self) -> None:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            while self.hangs:
                try:
                    await asyncio.sleep(0.001)
                except asyncio.CancelledError:
                    continue
            if self.away:
                raise ConnectionError(CANARY)
        finally:
            self.at_once -= 1


def readiness(needed: Needed, clock: Clock) -> Readiness:
    other = Check("broker", Needed())
    return Readiness([Check("store", needed), other], clock, interval=0.005, limit=0.02)


async def is_now(ready: Readiness, state: State) -> None:
    async def seen() -> bool:
        return ready.report().checks[0].state is state

    await eventually_async(seen, what=f"the state {state}")


async def test_nothing_is_ready_before_it_was_looked_at() -> None:
    ready = readiness(Needed(), Clock())
    assert ready.report().ready is False
    assert (await ready.readyz(REQUEST)).status_code == 503


async def test_no_checks_are_all_passed() -> None:
    assert Readiness([], Clock()).report().ready


async def test_what_is_away_is_named_with_since_when_and_nothing_else() -> None:
    needed, clock = Needed(), Clock()
    with capture_logs() as logged:
        async with readiness(needed, clock) as ready:
            await is_now(ready, State.OK)
            await is_now_all_ready(ready)
            clock.now += timedelta(hours=1)
            needed.away = True
            await is_now(ready, State.FAILING)
            clock.now += timedelta(hours=1)
            asked = needed.asked
            await has_been_asked_again(needed, asked)
            answer = await ready.readyz(REQUEST)
    assert answer.status_code == 503
    store, broker = json.loads(bytes(answer.body))["checks"]
    assert store == {"name": "store", "state": "failing", "since": "2026-03-02T10:00:00Z"}
    assert (broker["name"], broker["state"]) == ("broker", "ok")
    failures = [entry for entry in logged if entry["event"] == "check_failed"]
    assert [(each["check"], each["error"]) for each in failures] == [("store", "ConnectionError")]
    assert CANARY not in f"{answer.body!r}{logged}"


async def is_now_all_ready(ready: Readiness) -> None:
    async def seen() -> bool:
        return ready.report().ready

    await eventually_async(seen, what="readiness")


async def has_been_asked_again(needed: Needed, before: int) -> None:
    async def seen() -> bool:
        return needed.asked > before + 2

    await eventually_async(seen, what="another look")


async def test_what_hangs_is_slow_is_not_asked_twice_and_holds_up_no_other_check() -> None:
    needed = Needed()
    async with readiness(needed, Clock()) as ready:
        await is_now_all_ready(ready)
        needed.hangs = True
        await is_now(ready, State.SLOW)
        assert ready.report().checks[1].state is State.OK
        needed.hangs = False
        await is_now(ready, State.OK)
    assert needed.most_at_once == 1


async def test_to_ask_runs_no_check() -> None:
    needed = Needed()
    ready = readiness(needed, Clock())
    for _ in range(100):
        await ready.readyz(REQUEST)
    assert needed.asked == 0


async def test_nothing_is_checked_after_the_end() -> None:
    needed = Needed()
    async with readiness(needed, Clock()) as ready:
        await is_now_all_ready(ready)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_the_process_lives_whatever_is_away() -> None:
    assert (await healthz(REQUEST)).status_code == 200
