"""The order in which everything is measured."""

from collections.abc import Iterable
from pathlib import Path

import psycopg

from bench.events import in_order_of_acceptance, shares_of, simulate
from bench.machine import described, fsync_milliseconds
from bench.report import Report
from bench.rows import Row
from bench.setting import CORES, Setting
from bench.work import growing, importing, loading, pipeline, projecting, serving, submitting
from bench.work.importing import bring_in
from bench.work.projecting import stored


def measure_all(setting: Setting, report: Report) -> None:
    """Measure every line of the table, each beside what it is set against."""
    scale = setting.scale
    describe(setting, report)
    lines = simulate(setting, "all", scale.cases)
    few = simulate(setting, "few", scale.few_cases, first_seed=11)
    more = simulate(setting, "more", scale.cases // 2, first_seed=21)
    setting.warm_up(shares_of(lines))
    with setting.database() as url:
        report.take("import", importing.rows(setting, url, lines))
        accepted = in_order_of_acceptance(url, lines)
        report.facts |= {"state_bytes": setting.row_bytes, "events": stored(url)}
        report.facts["events_per_case"] = stored(url) / scale.cases
    # Again, since what else the machine does changes from minute to minute.
    report.facts["fsync_ms"] = fsync_milliseconds(setting.folder)
    fsync = report.facts["fsync_ms"]["p50"]
    report.take("submit", submitting.rows(setting, accepted, fsync))
    report.take("nats", pipeline.rows(setting, accepted))
    report.take("load", loading.rows(setting))
    report.take("http", serving.rows(setting))
    with setting.database() as small, setting.database() as larger:
        bring_in(larger, shares_of(lines)[0])
        report.take("project", projecting.rows(setting, larger, few))
        report.facts["bytes_per_event"] = _bytes_per_event(setting, larger)
        sizes = f"{stored(larger):,} stored"
        report.take("growth", _growth(setting, small, larger, more, sizes))


def describe(setting: Setting, report: Report) -> None:
    """Note what it is measured on."""
    report.facts |= described(setting.server_url)
    report.facts["fsync_ms"] = fsync_milliseconds(setting.folder)
    report.facts["processes"] = CORES
    report.facts["round_seconds"], report.facts["rounds"] = (
        setting.scale.lasting,
        setting.scale.rounds,
    )


def _growth(setting: Setting, small: str, larger: str, more: Path, sizes: str) -> Iterable[Row]:
    of_few = growing.figures(setting, small, more)
    yield from growing.rows(of_few, growing.figures(setting, larger, more), sizes)


def _bytes_per_event(setting: Setting, url: str) -> float:
    """Return what an event takes on the disk: itself, its entry, its rows in all read models."""
    empty = setting.url_of("bench_template")
    return (_size(url) - _size(empty)) / stored(url)


def _size(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return int(row[0])
