"""One event a submission, through the whole intake: read, admit, ledger entry, commit."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import uvloop

from adapters.event_store.application import Cases
from bench.beside import pgbench, stock
from bench.beside.asked import Asked
from bench.events import share_out
from bench.measured import InTurn, Measured, Outcome, Sample, at_p99
from bench.memory import peak_megabytes
from bench.rows import Row, compared
from bench.setting import CORES, Setting
from domain.outcomes import Outcome as Ending
from services.clock import system_clock
from services.intake import Intake, Submission, Writer

CLIENTS = (1, 8, 32, 256)
_TOGETHER = 32
_PGBENCH_CLIENTS = (1, 8, 32)
"""As many connections as the server has leave room for; 256 is set against its 32."""
_WORK = "one event a submission"


def rows(setting: Setting, lines: Path, fsync: float) -> Iterator[Row]:
    """Measure, from one process with so many at once, and from four together."""
    scale = setting.scale
    shares = share_out(lines)
    ways: dict[str, partial[Sample]] = {}
    for clients in CLIENTS:
        ways[f"ours/{clients}"] = partial(_in_new, setting, [lines], clients)
        if clients == _TOGETHER:
            ways["ours/four"] = partial(_in_new, setting, shares, clients)
        ways |= _besides(setting, clients)
    found = InTurn(scale.rounds, ways).outcomes()
    pgbench_32 = found["pgbench/32"]
    for clients in CLIENTS:
        besides = {
            "pgbench": _named(found.get(f"pgbench/{clients}", pgbench_32)),
            "stock": _named(found[f"stock/{clients}"]),
            "emmett": _named(found[f"emmett/{clients}"]),
        }
        ours, work = found[f"ours/{clients}"], f"{_WORK}, {clients} at once"
        yield from compared(f"submit/{clients}", work, ours, besides)
        if clients == _TOGETHER:
            limit = Measured("10 fsyncs and 10 ms", 10 * fsync + 10, "ms")
            yield Row(f"submit/{clients}/fsyncs", f"{work}: p99", at_p99(ours), limit)
    work = f"{_WORK}, {CORES} processes, {_TOGETHER} at once each"
    yield from compared("submit/four", work, found["ours/four"], {"pgbench": _named(pgbench_32)})


def _besides(setting: Setting, clients: int) -> dict[str, partial[Sample]]:
    scale = setting.scale
    asked = Asked(clients, 1, setting.row_bytes, scale.lasting, scale.warming)
    ways = {
        f"stock/{clients}": partial(setting.stock, stock.save, asked),
        f"emmett/{clients}": partial(setting.in_empty, partial(setting.emmett.append, asked=asked)),
    }
    if clients in _PGBENCH_CLIENTS:
        inserts = partial(pgbench.inserts, asked=asked)
        ways[f"pgbench/{clients}"] = partial(setting.in_empty, inserts)
    return ways


_NAMES = {
    "pgbench": "pgbench, one row, {} clients",
    "stock": "eventsourcing, save, {} threads",
    "emmett": "Emmett, append, {} at once",
}


def _named(outcome: Outcome) -> Outcome:
    kind, _, clients = outcome.what.partition("/")
    return outcome.called(_NAMES[kind].format(clients))


def _in_new(setting: Setting, files: list[Path], clients: int) -> Sample:
    with setting.database() as url:
        return together(setting, url, files, clients)


def together(setting: Setting, url: str, files: list[Path], clients: int) -> Sample:
    """Submit the lines of each file from a process of its own, all at the same time."""
    scale = setting.scale
    begin = time.time() + 0.5 + scale.warming  # by then all have opened what they need
    working = [
        setting.ours.submit(submit, url, file, clients, begin, scale.lasting, scale.warming)
        for file in files
    ]
    samples = [done.result() for done in working]
    return Sample(
        sum(each.count for each in samples),
        max(each.seconds for each in samples),
        [took for each in samples for took in each.took],
        max(each.megabytes or 0 for each in samples),
    )


def submit(
    url: str, file: Path, clients: int, begin: float, lasting: float, warming: float
) -> Sample:
    """Submit lines one by one, so many at once, and time those from `begin` on that get in."""
    begin += time.perf_counter() - time.time()
    return uvloop.run(_submit(url, file, clients, begin, lasting, warming))


async def _submit(
    url: str, file: Path, clients: int, begin: float, lasting: float, warming: float
) -> Sample:
    took: list[float] = []
    until = begin + lasting
    with closing(Cases(url)) as cases, file.open("rb") as opened:
        lines = enumerate(opened)
        await asyncio.sleep(max(0.0, begin - warming - time.perf_counter()))

        async def client(intake: Intake) -> None:
            for number, line in lines:
                at = time.perf_counter()
                if at >= until:
                    return
                delivery, source = f"bench:{file.name}:{number}", f"bench:{file.name}"
                submission = Submission(delivery, source, line, system_clock(), False)
                (receipt,) = await intake.submit([submission])
                now = time.perf_counter()
                if receipt.outcome is Ending.ACCEPTED and begin <= at and now <= until:
                    took.append(now - at)

        async with Intake(Writer(cases, system_clock)) as intake:
            await asyncio.gather(*(client(intake) for _ in range(clients)))
        if next(lines, None) is None:
            raise RuntimeError(f"{file.name} has too few lines")
    return Sample(len(took), lasting, took, peak_megabytes())
