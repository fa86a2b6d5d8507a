"""Very many simulated events through the real writer, while projectors take them in."""

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from adapters.read_store.session import Session
from services.intake import Submission
from services.projector.rebuild import Rebuilt, rebuild_together
from services.simulation import Simulation
from tests.support.intakes import Feeding
from tests.support.processes import Process, running
from tests.support.read_stores import MODELS, Stores, clock, opened
from tests.support.waiting import eventually

AT_ONCE = 500
PROJECTORS = 2
REBUILDERS = 3

_log = logging.getLogger(__name__)


@dataclass
class Simulated:
    """A database in which the events of a simulation were taken in as they came."""

    stores: Stores
    lines: list[bytes]
    """What was handed in, in order; some of it twice."""
    outcomes: Counter[str]
    """What became of the lines when they were handed in."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each part of it took."""

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Note how long a part takes."""
        begun = time.monotonic()
        yield
        self.seconds[part] = time.monotonic() - begun

    def told(self, **figures: object) -> None:
        """Have figures of the run shown by `--log-cli-level=INFO`."""
        _log.info("%s", {**figures, **{k: round(v, 1) for k, v in self.seconds.items()}})

    @property
    def events(self) -> int:
        """How many events there are."""
        return int(self.stores.ask("SELECT count(*) FROM case_timeline.case_events")[0])


@contextmanager
def simulated(url: str, cases: int, logs: Path) -> Iterator[Simulated]:
    """Write the events of so many cases while two projectors, started before, take them in."""
    lines = list(Simulation(cases).lines())
    with opened(url) as stores, ExitStack() as projectors:
        settings = {"CASE_TIMELINE_DATABASE_URL": url}
        processes = [
            projectors.enter_context(running(["project"], settings, logs / f"project-{number}.log"))
            for number in range(PROJECTORS)
        ]
        for process in processes:
            started = partial(_started, process)
            eventually(started, timeout=60, what="the projector starting")
        run = Simulated(stores, lines, Counter())
        with run.timed("taking in"):
            with run.timed("writing"):
                _hand_in(run)
            behind = stores.behind(MODELS)

            def caught_up() -> bool:
                for process in processes:
                    assert process.is_running(), process.log.read_text()
                return stores.behind(MODELS) == 0

            eventually(caught_up, timeout=3600, what="all being projected")
        run.told(events=run.events, behind_when_written=behind / len(MODELS))
        yield run


def _started(process: Process) -> bool:
    assert process.is_running(), process.log.read_text()
    return "projector_started" in process.log.read_text()


def _hand_in(run: Simulated) -> None:
    """Hand lines in as they came, on about the days on which they came."""
    intake = Feeding(run.stores.url, run.stores.cases)
    intake.clock.now = datetime.min.replace(tzinfo=UTC)
    lines = enumerate(run.lines, 1)
    while batch := list(islice(lines, AT_ONCE)):
        intake.clock.now = now = max(intake.clock.now, *(_known(line) for _, line in batch))
        receipts = intake.writer.commit(
            [
                Submission(f"line:{place}", "file:simulated", line, now, source_is_vouched=False)
                for place, line in batch
            ]
        )
        run.outcomes.update(str(receipt.outcome) for receipt in receipts)


def _known(line: bytes) -> datetime:
    message = json.loads(line)
    return max(datetime.fromisoformat(message[name]) for name in ("time", "knowntime"))


def rebuilt_by_several(url: str) -> list[Rebuilt]:
    """What rebuilding every read model finds; several processes share the work."""
    with closing(Session(url)) as session:
        return rebuild_together(session, MODELS, clock, processes=REBUILDERS)
