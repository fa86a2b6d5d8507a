"""Read models: all of them catching up, and built anew, together and one by one."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import psycopg

from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from bench.beside import copying, stock
from bench.commands import Command
from bench.measured import InTurn, Measured, Sample, attempted, rate
from bench.memory import peak_megabytes
from bench.rows import Row, compared
from bench.setting import CORES, Setting
from bench.work.importing import bring_in
from projections.catalogue import READ_MODELS
from services.clock import system_clock
from services.projector.rebuild import rebuild_together
from tests.support.processes import running
from tests.support.waiting import eventually

_MOST_SECONDS = 600.0
_STARTING_SECONDS = 60.0
_SHARING_SECONDS = 5.0
"""After which projectors that started one after the other have shared the partitions out."""


def rows(setting: Setting, url: str, few: Path) -> Iterator[Row]:
    """Measure on a few events, and rebuild the database at `url`, where there are more."""
    name = "eventsourcing, ProjectionRunner, one counter"
    in_stock = InTurn(1, {name: partial(_stock, setting)})
    beside = {"stock": in_stock.outcomes()[name]}
    models = len(READ_MODELS)
    with setting.database() as small:
        bring_in(small, few)
        events = copying.take_out(small, setting.folder)
        for processes in (1, CORES):
            ours = attempted("live", partial(_caught_up, setting, events, processes))
            told = f"{processes} process{'es' if processes > 1 else ''}"
            work = f"{models} read models catching up on {events:,} events, {told}"
            yield from compared(f"project/live/{processes}", work, ours, beside)
        alone: list[Measured] = []
        yield from _each_alone(setting, small, alone)
    # The first fills the tables; the second builds beside them, compares, and switches.
    filling, again = (attempted("rebuild", partial(_all_anew, url)) for _ in range(2))
    total = stored(url)
    work = f"{models} read models built together from {total:,} events"
    yield from compared("project/filled", f"{work}, first time", filling)
    yield from compared("project/all", f"{work}, and compared", again, beside)
    alone.sort(key=lambda each: each.figure)
    for key, which, place in (
        ("slowest", "the slowest", 0),
        ("typical", "the median", len(alone) // 2),
    ):
        model = alone[place].what
        ours = attempted(model, partial(_anew_alone, setting, url, model))
        work = f"one read model built by one process: {which}, {model}"
        yield from compared(f"project/{key}", work, ours, beside)


def stored(url: str) -> int:
    """Return how many events a database holds."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM case_timeline.case_events").fetchone()
    assert row is not None
    return int(row[0])


def _caught_up(setting: Setting, events: int, processes: int) -> Measured:
    with setting.database() as url:
        into = partial(copying.copy_in, url, setting.folder, events)
        return rate("live", [catching_up(setting, url, processes, into)])


def catching_up(
    setting: Setting, url: str, processes: int, store: Callable[[], object] = lambda: None
) -> Sample:
    """Return how long projectors take for what they find once they have started, and `store`."""
    with ExitStack() as stack, closing(ReadStore(url)) as read_store:
        settings = {"CASE_TIMELINE_DATABASE_URL": url}
        logs = [setting.folder / f"project-{number}.log" for number in range(processes)]
        for log in logs:
            log.unlink(missing_ok=True)
        projectors = [stack.enter_context(running(["project"], settings, log)) for log in logs]
        for log in logs:
            started = partial(_has_started, log)
            eventually(started, timeout=_STARTING_SECONDS, what="a projector starting")
        if processes > 1:
            time.sleep(_SHARING_SECONDS)

        def behind() -> int:
            assert all(each.is_running() for each in projectors), "a projector ended"
            return max(each.behind for each in read_store.progress(READ_MODELS.values()))

        store()
        begun, events = time.perf_counter(), behind()
        eventually(lambda: not behind(), timeout=_MOST_SECONDS, what="all being projected")
        took = time.perf_counter() - begun
        peak = max(each.peak_megabytes() for each in projectors)
        return Sample(events, took, megabytes=peak)


def _has_started(log: Path) -> bool:
    return "projector_started" in log.read_text()


def _stock(setting: Setting) -> Sample:
    events, size = setting.scale.stock_events, setting.row_bytes
    return setting.stock(stock.project, events=events, size=size)


def _each_alone(setting: Setting, url: str, alone: list[Measured]) -> Iterator[Row]:
    """Yield what each comes to, for results.json; the figures are added to `alone`."""
    setting.ours.submit(_alone, url, [*READ_MODELS]).result()  # fills the tables
    for name in READ_MODELS:
        ours = attempted(name, partial(_anew_alone, setting, url, name))
        work = f"one read model built by one process: {name}"
        yield Row(f"project/one/{name}", work, ours, shown=False)
        if isinstance(ours, Measured):
            alone.append(ours)


def _anew_alone(setting: Setting, url: str, name: str) -> Measured:
    return rate(name, [setting.ours.submit(_alone, url, [name]).result()])


def _alone(url: str, names: list[str]) -> Sample:
    with closing(Session(url)) as session:
        begun = time.perf_counter()
        done = rebuild_together(session, [READ_MODELS[name] for name in names], system_clock)
        took = time.perf_counter() - begun
        if any(each.parked_cases for each in done):
            raise RuntimeError("some cases could not be folded")
    return Sample(stored(url), took, megabytes=peak_megabytes())


def _all_anew(url: str) -> Measured:
    return rate("rebuild", [all_anew(url)])


def all_anew(url: str) -> Sample:
    """Rebuild every read model, with as many processes as the command takes."""
    settings = {"CASE_TIMELINE_DATABASE_URL": url}
    _, sample = Command(["projections", "rebuild", "--all", "--json"], settings).ended()
    return replace(sample, count=stored(url))
