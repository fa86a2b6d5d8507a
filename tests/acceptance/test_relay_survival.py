"""Every accepted event goes out exactly once, in order, whatever is killed in the meantime."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from adapters.broker import BrokerLayout
from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from services.clock import system_clock
from tests.support.load import EVENTS_PER_CASE, case_ref
from tests.support.processes import Process, run, running
from tests.support.read_stores import opened
from tests.support.relays import Attention, count_out, gone_out
from tests.support.stories import Told, action_agreed, action_progressed, incident_reported
from tests.support.waiting import eventually

CASES = 250
EVENTS = CASES * EVENTS_PER_CASE
FLAGS = 300


@dataclass
class System:
    """Servers that may be killed, and what was accepted in them."""

    postgres: EmbeddedPostgres
    nats: EmbeddedNats
    settings: dict[str, str]
    accepted: list[UUID]
    flags: list[UUID]

    def out(self) -> int:
        """How many messages have gone out."""
        return asyncio.run(count_out(self.settings["CASE_TIMELINE_NATS_URL"], BrokerLayout()))

    def has_out(self, count: int) -> bool:
        return self.out() >= count

    def fails_when(self, faults: Sequence[tuple[int, Callable[[], None]]]) -> None:
        """Have each fault happen once so many messages have gone out."""
        for due, fault in sorted(faults, key=lambda fault: fault[0]):
            eventually(partial(self.has_out, due), timeout=60, what=f"{due} messages")
            fault()

    def assert_all_out_once(self) -> None:
        """Fails unless every event and every flag is in the stream exactly once."""
        whole = partial(self.has_out, EVENTS + FLAGS)
        eventually(whole, timeout=120, what="everything going out")
        found = asyncio.run(gone_out(self.settings["CASE_TIMELINE_NATS_URL"], BrokerLayout()))
        events = [each for each in found if each.position]
        assert [each.event_id for each in events] == self.accepted
        assert [each.position for each in events] == list(range(1, EVENTS + 1))
        flags = [each.event_id for each in found if not each.position]
        assert flags == self.flags


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with ExitStack() as stack:
        postgres = stack.enter_context(EmbeddedPostgres(tmp_path / "postgres"))
        nats = stack.enter_context(EmbeddedNats(tmp_path / "nats"))
        settings = {
            "CASE_TIMELINE_DATABASE_URL": postgres.start(),
            "CASE_TIMELINE_NATS_URL": nats.start(),
            "CASE_TIMELINE_BROKER_MONITOR_URL": nats.monitor_url,
        }
        for command in (["migrate"], ["broker", "provision"]):
            done = run(command, settings)
            assert done.returncode == 0, done.stderr
        url = settings["CASE_TIMELINE_DATABASE_URL"]
        yield System(postgres, nats, settings, accepted(url), standing_flags(url))


def accepted(url: str) -> list[UUID]:
    """The ids of the events of many cases, in the order of acceptance."""
    with opened(url) as stores:
        told = [stores.told(case_ref(number), *_story(number)) for number in range(CASES)]
    return [event.event_id for case in told for event in case]


def _story(number: int) -> list[Told]:
    action = f"{number}/A1"
    progress = [action_progressed(action_id=action) for _ in range(EVENTS_PER_CASE - 2)]
    return [incident_reported(), action_agreed(action_id=action), *progress]


def standing_flags(url: str) -> list[UUID]:
    """The ids of flags that are due, earliest first."""
    attention, now = Attention(url), system_clock()
    return [attention.stands(now - timedelta(minutes=n)) for n in reversed(range(1, FLAGS + 1))]


@pytest.fixture
def rng() -> random.Random:
    """Seeded anew each time; the seed is shown when the test fails, to be tried again."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201
    return random.Random(seed)


def moments(rng: random.Random, count: int) -> list[int]:
    """Moments spread at random over the time of publishing."""
    return rng.sample(range(EVENTS), count)


def test_the_relay_is_killed_eight_times(
    system: System, rng: random.Random, tmp_path: Path
) -> None:
    with running(["relay"], system.settings, tmp_path / "relay.log") as relay:
        system.fails_when([(at, relay.restart) for at in moments(rng, 8)])
        system.assert_all_out_once()
        assert stopped(relay) == [0]


def test_two_relays_and_the_servers_are_killed_in_turn(
    system: System, rng: random.Random, tmp_path: Path
) -> None:
    def crash(server: EmbeddedPostgres | EmbeddedNats) -> Callable[[], None]:
        def crash_and_restart() -> None:
            # One that finds no server as it starts ends, for its supervisor to start it again.
            eventually(one.has_started, timeout=60, what="the first relay starting")
            eventually(two.has_started, timeout=60, what="the second relay starting")
            server.kill()
            server.start()

        return crash_and_restart

    with (
        running(["relay"], system.settings, tmp_path / "one.log") as one,
        running(["relay"], system.settings, tmp_path / "two.log") as two,
    ):
        faults = [one.restart, two.restart, crash(system.postgres), crash(system.nats)] * 2
        system.fails_when(list(zip(moments(rng, len(faults)), faults, strict=True)))
        system.assert_all_out_once()
        assert stopped(one, two) == [0, 0]
        assert active(one, two) > 1


def stopped(*relays: Process) -> list[int]:
    """What the relays end with when told to stop, once they have started."""
    for relay in relays:
        eventually(relay.has_started, timeout=60, what="starting")
    return [relay.stop() for relay in relays]


def active(*relays: Process) -> int:
    """How often a relay became the one to work."""
    return sum(relay.log.read_text().count('"relay_active"') for relay in relays)
