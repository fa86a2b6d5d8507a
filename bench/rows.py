"""The one table: each row a figure of ours, one to set it against, and the goal, if any."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.goals import GOALS, Goal
from bench.measured import Measured, Missing, Outcome

_HEADINGS = ("work", "ours", "beside", "theirs", "ratio", "p50 ms", "p99 ms", "goal", "met")
_RIGHT = (1, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of ours, and what it is set against."""

    key: str
    """By which its goal, and the same row of another run, are found."""
    work: str
    ours: Outcome
    beside: Outcome | None = None
    shown: bool = True
    """Whether it is in the table, or in results.json alone."""

    @property
    def ratio(self) -> float | None:
        """Ours by theirs. Of rates more is better, of durations less."""
        if isinstance(self.ours, Measured) and isinstance(self.beside, Measured):
            return self.ours.figure / self.beside.figure
        return None

    @property
    def goal(self) -> Goal | None:
        """What is aimed at."""
        return GOALS.get(self.key)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal, or without what it is judged by."""
        if self.goal is None or not isinstance(self.ours, Measured):
            return None
        return self.goal.met_by(self.ours.figure, self.ratio)

    @property
    def missing(self) -> list[Missing]:
        """What there is not."""
        return [each for each in (self.ours, self.beside) if isinstance(each, Missing)]

    def as_json(self) -> dict[str, Any]:
        """Return the row for results.json."""
        return {
            "key": self.key,
            "work": self.work,
            "ours": asdict(self.ours),
            "beside": self.beside and asdict(self.beside),
            "ratio": self.ratio,
            "goal": self.goal and str(self.goal),
            "met": self.met,
        }


def compared(
    key: str, work: str, ours: Outcome, besides: Mapping[str, Outcome] | None = None
) -> Iterable[Row]:
    """Yield a row for each that ours is set against, or the one row without any."""
    if not besides or key in GOALS:
        yield Row(key, work, ours)
    for name, beside in (besides or {}).items():
        yield Row(f"{key}/{name}", work, ours, beside)


def table(rows: Sequence[Row]) -> str:
    """Return all rows as text."""
    cells = [_HEADINGS, *(_cells(row) for row in rows if row.shown)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(_HEADINGS))]
    lines = []
    for row in cells:
        padded = (
            cell.rjust(width) if place in _RIGHT else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(padded).rstrip())
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    ours, beside = row.ours, row.beside
    spread = ours if isinstance(ours, Measured) else None
    return (
        row.work,
        figure(ours),
        beside.what if beside else "",
        figure(beside) if beside else "",
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        _number(spread.p50) if spread else "",
        _number(spread.p99) if spread else "",
        str(row.goal or ""),
        {True: "yes", False: "NO", None: "" if row.goal is None else "?"}[row.met],
    )


def figure(outcome: Outcome) -> str:
    """Return a figure with its unit, or why there is none."""
    if isinstance(outcome, Missing):
        return outcome.why
    return f"{_number(outcome.figure)} {outcome.unit}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
