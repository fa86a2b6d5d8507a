"""How long the server takes for each page, with a million events stored: one reader, one process.

python -m bench.pages           `make bench-pages`
python -m bench.pages --quick   the same on little, to see that it works
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import httpx
import psycopg

from adapters.read_store.session import Session
from bench.events import simulate
from bench.measured import percentile
from bench.setting import FULL, Setting, standing
from bench.work.growing import multiply
from bench.work.importing import bring_in
from bench.work.loading import case_ref, store
from bench.work.projecting import all_anew, stored
from domain.identity import case_id_of
from services.readiness import build_validators, calm_collector
from tests.acceptance.test_web_pages import ENTRY_TO_SETTLE, PAGES, Seen, entry_to_settle
from tests.support.api import Served, served
from tests.support.furnished import furnish
from tests.support.web import signed_in

GOAL_MS = 100
"""Which 95 of 100 answers are to stay under."""

_EVENTS = 1_000_000
_SIMULATED_CASES = 3_400
_LONG = 480
_LONG_AGO = date(2019, 12, 31)
"""So that no case of theirs is called as one of the stories is."""
_WARMING, _ASKED = 3, 30
_RATE = 1_000_000.0
_LOOP = 1_000_000


class Took(NamedTuple):
    """What a page took, in milliseconds, and how large it was."""

    page: Seen
    p50: float
    p95: float
    kilobytes: float
    loop: float
    """What a plain loop took meanwhile: machines are shared, and differ."""


def main() -> int:
    """Measure and print; 1 where a page could not be had, whatever the goal."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description="Measure pages.")
    parser.add_argument("--quick", action="store_true", help="on little, for a look")
    parser.add_argument("--dir", type=Path, help="where the servers keep their data meanwhile")
    arguments = parser.parse_args()
    events, cases = (20_000, 340) if arguments.quick else (_EVENTS, _SIMULATED_CASES)
    with (
        tempfile.TemporaryDirectory(dir=arguments.dir) as folder,
        standing(FULL, Path(folder)) as setting,
        setting.database() as url,
    ):
        _fill(setting, url, events, cases)
        print(f"{stored(url):,} events of {_cases(url):,} cases and files")
        return _measured(url, setting.folder)


def _fill(setting: Setting, url: str, events: int, cases: int) -> None:
    bring_in(url, simulate(setting, "all", cases, until=_LONG_AGO))
    multiply(url, events)
    setting.ours.submit(store, url, case_ref(_LONG), _LONG).result()
    all_anew(url)
    furnish(url)
    with closing(Session(url)) as session:
        begun = time.monotonic()
        session.count_figures()
        print(f"figures counted in {time.monotonic() - begun:.1f} s")


def _cases(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(DISTINCT originator_id) FROM case_timeline.case_events"
        ).fetchone()
    return row[0] if row else 0


def _measured(url: str, folder: Path) -> int:
    # As `serve` does before it answers.
    build_validators()
    calm_collector()
    long = Seen(f"/cases/{case_id_of(case_ref(_LONG))}", "safeguarding", f"case-of-{_LONG}-events")
    pages = [page for page in (*PAGES, long) if page.status == 200 and page.who]
    limits = {"http_rate_per_person": _RATE, "read_budget": 1_000}
    with served(url, folder, **limits) as api:
        entry = entry_to_settle(api)
        pages = [page._replace(path=page.path.replace(ENTRY_TO_SETTLE, entry)) for page in pages]
        found = sorted(_asked(api, pages), key=lambda took: -took.p95)
    loops = sorted(took.loop for took in found)
    print(
        f"a loop of {_LOOP:,} additions beside each page: {loops[0]:.1f} to {loops[-1]:.1f} ms, "
        f"median {loops[len(loops) // 2]:.1f}: how fast and how busy the machine was"
    )
    for took in found:
        print(
            f"{took.p50:7.1f} {took.p95:7.1f} ms {took.kilobytes:7.1f} kB  {took.page.name}"
            f"{'' if took.p95 < GOAL_MS else '  NOT under 100 ms'}"
        )
    slow = sum(took.p95 >= GOAL_MS for took in found)
    print(f"{len(found) - slow} of {len(found)} pages under {GOAL_MS} ms at p95")
    return 0 if len(found) == len(pages) else 1


def _asked(api: Served, pages: Sequence[Seen]) -> Iterator[Took]:
    with ExitStack() as stack:
        people: dict[str, httpx.Client] = {}
        for page in pages:
            assert page.who is not None
            if page.who not in people:
                people[page.who] = stack.enter_context(signed_in(api, page.who))
            took = _took(people[page.who], page)
            if took:
                yield took


def _took(client: httpx.Client, page: Seen) -> Took | None:
    seconds = []
    # What begins with a draft of its own sends on to it; and it is that page which is looked at.
    path = client.get(page.path, follow_redirects=True).url.raw_path.decode()
    for number in range(_WARMING + _ASKED):
        begun = time.perf_counter()
        answer = client.get(path)
        if number >= _WARMING:
            seconds.append(time.perf_counter() - begun)
        if answer.status_code != page.status:
            print(f"{page.name}: answered {answer.status_code}", file=sys.stderr)
            return None
    p50, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
    assert p50 is not None
    assert p95 is not None
    return Took(page, p50, p95, len(answer.content) / 1000, _loop_milliseconds())


def _loop_milliseconds() -> float:
    begun = time.perf_counter()
    total = 0
    for number in range(_LOOP):
        total += number
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main())
