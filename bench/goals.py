"""What is aimed at, as data. A row is judged by the goal that has its key, if there is one."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on the ratio of two figures, or on our own figure."""

    of: Literal["ratio", "figure"]
    least: float | None = None
    most: float | None = None

    def met_by(self, figure: float, ratio: float | None) -> bool | None:
        """Tell whether it is met; None where it cannot be told."""
        value = ratio if self.of == "ratio" else figure
        if value is None:
            return None
        return value >= self.least if self.least is not None else value <= (self.most or 0)

    def __str__(self) -> str:
        sign, bound = ("≥", self.least) if self.least is not None else ("≤", self.most)
        return f"{sign} {bound:,g}{' x' if self.of == 'ratio' else ''}"


def _ratio(least: float) -> Goal:
    return Goal("ratio", least=least)


def _at_most(most: float) -> Goal:
    return Goal("figure", most=most)


GOALS: dict[str, Goal] = {
    "submit/32/emmett": _ratio(2),
    "submit/32/stock": _ratio(10),
    "submit/32/pgbench": _ratio(0.5),
    "submit/256/pgbench": _ratio(0.8),
    "submit/32/fsyncs": Goal("ratio", most=1),
    "submit/four/pgbench": _ratio(1),
    "import": Goal("figure", least=20_000),
    "import/stock": _ratio(3),
    "nats/sustained/consumer": _ratio(0.4),
    "nats/1000": _at_most(150),
    "project/all": Goal("figure", least=10_000),
    "project/slowest/stock": _ratio(15),
    "load/now/100": _at_most(5),
    "load/now/1000": _at_most(5),
    "load/now/10000": _at_most(5),
    "load/then/1000": _at_most(30),
    "load/then/1000/emmett": Goal("ratio", most=2),
    "http/read": Goal("figure", least=400),
    "http/read/p99": _at_most(60),
    "http/read/paced/p99": _at_most(60),
    "http/send": Goal("figure", least=800),
    "growth/submit": _ratio(0.85),
    "growth/live": _ratio(0.85),
    "growth/rebuild": _ratio(0.85),
    "growth/then": Goal("ratio", most=1 / 0.85),
    "memory": _at_most(300),
    "run": _at_most(600),
}
"""Latencies and durations in milliseconds, rates in events a second, memory in megabytes; the whole
run in seconds."""

LARGE = "growth/rebuild"
"""The goal of which `make bench-large` alone has a row."""
