"""Growth: the same work with 100,000 stored events, a million, and ten where the disk allows."""

import shutil
from collections.abc import Iterator

from bench.events import shares_of, simulate
from bench.measured import Outcome
from bench.report import Report
from bench.rows import Row
from bench.setting import QUICK, Setting
from bench.whole import describe
from bench.work import growing
from bench.work.importing import bring_in, row_bytes
from bench.work.projecting import all_anew, stored

_EVENTS_PER_CASE = 29
_BYTES_PER_EVENT = 8_000
"""On the disk, with the read models, a second copy of them during a rebuild, and the log."""
_SIZES = (100_000, 1_000_000, 10_000_000)
_SIZES_FOR_A_LOOK = (2_000, 10_000)


def measure_growth(setting: Setting, report: Report) -> None:
    """Import simulated cases, multiply them, and measure the same each time."""
    describe(setting, report)
    sizes = _SIZES_FOR_A_LOOK if setting.scale == QUICK else _SIZES
    lines = simulate(setting, "all", sizes[0] // _EVENTS_PER_CASE)
    setting.warm_up(shares_of(lines))
    with setting.database() as url:
        bring_in(url, lines)
        setting.row_bytes = report.facts["state_bytes"] = row_bytes(url)
        all_anew(url)  # fills the tables, so that what is measured next compares as well
        few: dict[str, Outcome] = {}
        for step, size in enumerate(sizes):
            if size * _BYTES_PER_EVENT > shutil.disk_usage(setting.folder).free:
                report.notes.append(f"{size:,} events: not run, the disk has no room for them")
                return
            report.take(f"growth, {size:,} events", _grown(setting, url, step, size, few))


def _grown(
    setting: Setting, url: str, step: int, size: int, few: dict[str, Outcome]
) -> Iterator[Row]:
    if few:
        growing.multiply(url, size)
    cases, seed = setting.scale.cases // 2, 21 + 10 * step
    more = simulate(setting, f"more-{step}", cases, first_seed=seed)
    sizes = f"{stored(url):,} stored"
    found = growing.figures(setting, url, more, anew=True, long_case=f"asb:long-{step}")
    yield from growing.rows(few or None, found, sizes)
    if not few:
        few.update(found)
