"""A process whose event loop has stopped ends; one that is merely busy does not."""

import subprocess
import sys
from time import monotonic

import pytest

from services.watchdog import EXIT_CODE, Watchdog
from tests.support.waiting import eventually_async

_SPIN = """
import asyncio
from services.watchdog import Watchdog

async def main():
    with Watchdog(limit=0.2):
        await asyncio.sleep(0)
        while True:
            pass

asyncio.run(main())
"""


def test_a_loop_that_spins_without_yielding_ends_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", _SPIN], capture_output=True, timeout=20)
    assert done.returncode == EXIT_CODE
    assert b"event_loop_dead" in done.stderr


async def test_a_loop_that_yields_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr("os._exit", ended.append)
    enough = monotonic() + 0.5

    async def watched_for_long_enough() -> bool:
        return monotonic() > enough

    with Watchdog(limit=0.2):
        await eventually_async(watched_for_long_enough)
    assert ended == []
