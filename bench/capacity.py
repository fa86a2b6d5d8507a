"""Writes capacity.md: what the rates of a run mean for landlords of several sizes.

python -m bench.capacity [bench/results/bench.json]
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.report import RESULTS

_PAGE = Path(__file__).parent / "capacity.md"
_CONCERNS_PER_1000_HOMES = 123 / 11_000 * 1_000
"""Progress Housing, the higher of its two published years: 2022/23, of about 11,000 homes."""
_CASES_PER_1000_HOMES = 40.0
"""Assumed, for those that send every case of antisocial behaviour as well."""
_WORKING_SECONDS = 250 * 8 * 3_600
_BUSIEST = 10
"""Assumed: how many times the average of working hours the busiest minute sees."""
_LANDLORDS = {
    "a landlord of 5,000 homes": 5_000,
    "a landlord of 100,000 homes": 100_000,
    "a group of 20 landlords of 11,000 homes": 220_000,
    "all of England, assumed 4.4 million social homes": 4_400_000,
}
_YEARS = 6


@dataclass(frozen=True, slots=True)
class Load:
    """What comes in a year."""

    cases: float
    events: float

    @property
    def busiest(self) -> float:
        """Events a second in the busiest minute."""
        return self.events / _WORKING_SECONDS * _BUSIEST


def page(results: dict[str, Any]) -> str:
    """Return the page for the figures of a run."""
    facts = results["facts"]
    rates = {name: _figure(results, key) for name, key in _RATES.items()}
    told = [_HEAD.format(**facts, name=results["name"], measured_at=results["measured_at"])]
    told += [f"- {name}: {rate:,.0f} events/s (`{_RATES[name]}`)" for name, rate in rates.items()]
    told.append(f"- on the disk: {facts['bytes_per_event']:,.0f} bytes an event, with all its rows")
    told.append(f"- a case: {facts['events_per_case']:.0f} events, as the simulation tells it")
    for title, per_1000 in (
        (f"Safeguarding alone, {_CONCERNS_PER_1000_HOMES:.1f}", _CONCERNS_PER_1000_HOMES),
        (f"With all antisocial behaviour, {_CASES_PER_1000_HOMES:.0f}", _CASES_PER_1000_HOMES),
    ):
        told += ["", f"## {title} cases a year per 1,000 homes", "", *_TABLE]
        for landlord, homes in _LANDLORDS.items():
            cases = homes / 1_000 * per_1000
            load = Load(cases, cases * facts["events_per_case"])
            told.append(_line(landlord, load, rates, facts["bytes_per_event"]))
    return "\n".join([*told, "", _THREE.format(years=_YEARS, busiest=_BUSIEST)])


_RATES = {
    "one writer process, events one by one, 32 at once": "submit/32/pgbench",
    "four writer processes": "submit/four/pgbench",
    "one projector, all read models": "project/live/1/stock",
    "a rebuild of all read models": "project/all",
}

_HEAD = """# What it carries

Written by `python -m bench.capacity` from `results/{name}.json` ({measured_at}; {cores} cores,
{processor}). Figures of a run with `-quick` in its name, or on a machine with other work, say
little. Measured in that run:
"""

_TABLE = (
    f"| | cases a year | events a year | busiest minute, events/s | of one writer | "
    f"of one projector | disk a year | rebuild of {_YEARS} years |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
)

_THREE = """## How it is worked out

- events a year = homes / 1,000 x cases per 1,000 homes x events a case.
- busiest minute = events a year / (250 days x 8 hours) x {busiest}, the last assumed.
- of one writer, of one projector = busiest minute / its measured rate. Under 100 % one is enough;
  what is over waits, and is taken in later.
- disk a year = events a year x bytes an event. Backups and the log of changes come on top.
- rebuild = {years} years of events / the measured rate of a rebuild, beside the live read models.
- Cases per 1,000 homes: 123 concerns of about 11,000 homes (Progress Housing, 2022/23; 71 in
  2023/24). The other rate and the number of homes in England are assumptions: put your own in.

## On one machine, and on three

On one machine everything above shares its cores, as it did in the run. On three, with the database
on one of them and a standby on another: there is one writer of the record at a time whatever the
number of machines, so writing is bounded by the database (the row of four writer processes shows
what several give). Read models are shared out by case over all projectors, so that two machines of
projectors are expected to carry twice as much as one until the database is the bound. Three
machines were not measured.
"""


def _line(landlord: str, load: Load, rates: dict[str, float], bytes_per_event: float) -> str:
    writer, _, projector, rebuild = rates.values()
    cells = (
        landlord,
        f"{load.cases:,.0f}",
        f"{load.events:,.0f}",
        f"{load.busiest:.2g}",
        f"{load.busiest / writer:.2%}",
        f"{load.busiest / projector:.2%}",
        f"{load.events * bytes_per_event / 1e9:,.2g} GB",
        _span(load.events * _YEARS / rebuild),
    )
    return f"| {' | '.join(cells)} |"


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.1f} h"


def _figure(results: dict[str, Any], key: str) -> float:
    found = [row["ours"].get("figure") for row in results["rows"] if row["key"] == key]
    if not found or found[0] is None:
        raise SystemExit(f"the run has no figure {key}")
    return float(found[0])


def main() -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description="What the rates of a run mean for landlords.")
    parser.add_argument("results", type=Path, nargs="?", default=RESULTS / "bench.json")
    arguments = parser.parse_args()
    _PAGE.write_text(page(json.loads(arguments.results.read_text())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
