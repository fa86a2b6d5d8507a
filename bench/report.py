"""What the run comes to: a table to read, JSON to keep, and a chart to show."""

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.chart import chart
from bench.goals import GOALS, LARGE
from bench.measured import Measured, Missing
from bench.rows import Row, table

RESULTS = Path(__file__).parent / "results"


@dataclass
class Report:
    """Rows as they come, and what is to be known of the machine and the data."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: bool = False

    def take(self, part: str, rows: Iterable[Row]) -> None:
        """Take in the rows of one part; if it breaks off, say so and go on with the next."""
        begun = time.monotonic()
        print(f"measuring: {part} ...", end=" ", file=sys.stderr, flush=True)
        try:
            for row in rows:
                self.rows.append(row)
                self.failed = self.failed or any(each.is_error for each in row.missing)
        except Exception as error:
            first = str(error).strip().partition("\n")[0][:200]
            self.rows.append(Row(part, part, Missing(part, f"failed: {first}", is_error=True)))
            self.failed = True
        print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)

    def took(self, seconds: float, *, is_bounded: bool) -> None:
        """Note how long all of it took, and the most memory that any process of ours held."""
        held = [
            (each.megabytes, row.work)
            for row in self.rows
            for each in [row.ours]
            if isinstance(each, Measured) and each.megabytes is not None
        ]
        if held:
            most, work = max(held)
            what = f"most memory that a process of ours held: {work}"
            self.rows.append(Row("memory", what, Measured(what, most, "MB")))
        whole = Measured("the whole run", seconds, "s")
        self.rows.append(Row("run" if is_bounded else "run-large", whole.what, whole))
        known = {row.key for row in self.rows}
        self.notes += [
            f"no row for the goal {key}"
            for key in GOALS
            if is_bounded and key not in {*known, LARGE}
        ]

    def write(self) -> None:
        """Write results/<name>.json and results/<name>.svg."""
        RESULTS.mkdir(exist_ok=True)
        told = {
            "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "name": self.name,
            "facts": self.facts,
            "notes": self.notes,
            "rows": [row.as_json() for row in self.rows],
        }
        (RESULTS / f"{self.name}.json").write_text(json.dumps(told, indent=2) + "\n")
        (RESULTS / f"{self.name}.svg").write_text(chart(self.rows, self._heading()))

    def __str__(self) -> str:
        goals = [row for row in self.rows if row.goal]
        met = sum(row.met is True for row in goals)
        told = [self._heading(), "", table(self.rows), ""]
        told += [f"note: {note}" for note in self.notes]
        told.append(f"{met} of {len(goals)} goals met; bench/results/{self.name}.json has it all")
        return "\n".join(told)

    def _heading(self) -> str:
        facts = self.facts
        fsync = ", ".join(f"{name} {ms:.2f}" for name, ms in facts["fsync_ms"].items())
        return (
            f"{facts['cores']} cores ({facts['processor']}), load before {facts['load_before']}, "
            f"Python {facts['python']}, PostgreSQL {facts['postgresql']}, "
            f"fsync and synchronous_commit on\n"
            f"8 kB to the disk: {fsync} ms; an event is {facts.get('state_bytes', '?')} bytes; "
            f"medians of {facts['rounds']} round(s) of {facts['round_seconds']:g} s"
        )
