"""Whole files through the same door: `case-timeline import`, from its start to its answer."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import psycopg

from bench.beside import copying, stock
from bench.beside.asked import Asked
from bench.commands import Command
from bench.measured import InTurn, Sample, attempted, rate
from bench.rows import Row, compared
from bench.setting import Setting

_BATCH = 100


def rows(setting: Setting, url: str, lines: Path) -> Iterator[Row]:
    """Import into the database at `url`, which is gone on with, and compare."""
    ours = attempted("import", lambda: rate("import", [bring_in(url, lines)]))
    scale = setting.scale
    size = setting.row_bytes = row_bytes(url)
    asked = Asked(1, _BATCH, size, scale.lasting, scale.warming)
    appending = partial(setting.emmett.append, asked=asked)
    events = copying.take_out(url, setting.folder)
    ways = {
        "COPY of the same rows": partial(_copied, setting, events),
        f"eventsourcing, batches of {_BATCH}": partial(setting.stock, stock.save, asked),
        f"Emmett, batches of {_BATCH}": partial(setting.in_empty, appending),
    }
    outcomes = InTurn(scale.rounds, ways).outcomes().values()
    found = dict(zip(("copy", "stock", "emmett"), outcomes, strict=True))
    yield from compared("import", f"import of a file, {events:,} events", ours, found)


def bring_in(url: str, file: Path) -> Sample:
    """Import a file; return how many events were accepted, and how long it took."""
    settings = {"CASE_TIMELINE_DATABASE_URL": url}
    answer, sample = Command(["import", file, "--json"], settings).ended()
    return replace(sample, count=answer["outcomes"]["accepted"])


def row_bytes(url: str) -> int:
    """Return how large the state of a stored event is, on average."""
    with psycopg.connect(url) as connection:
        query = "SELECT avg(octet_length(state)) FROM case_timeline.case_events"
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def _copied(setting: Setting, events: int) -> Sample:
    with setting.database() as url:
        return copying.copy_in(url, setting.folder, events)
