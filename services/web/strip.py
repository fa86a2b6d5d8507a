"""A drawing of when events happened over when they were recorded: what was late is seen at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from services.web.dates import counted, day, how_long
from services.web.scales import Tick, TimeScale

WIDTH, HEIGHT = 800, 170
_LEFT, _RIGHT = 100, 785
_ABOVE, _BELOW = 25, 135
_LEAST = timedelta(days=1)


class Mark(NamedTuple):
    """One event of the drawing."""

    happened: datetime
    recorded: datetime
    late: bool


class Line(NamedTuple):
    """One event as it is drawn: from above, where it happened, to below."""

    above: float
    below: float
    late: bool


class Drawn(NamedTuple):
    """Lines that look alike, as the data of two SVG paths, however many there are."""

    late: bool
    lines: str
    ends: str
    """Points, which the round end of a stroke makes visible."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing, and what it shows in words."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    told: str

    @property
    def drawn(self) -> list[Drawn]:
        """The lines as they are drawn, those of late events last and so on top."""
        return [
            Drawn(
                late,
                "".join(f"M{it.above} {_ABOVE}L{it.below} {_BELOW}" for it in alike),
                "".join(f"M{it.above} {_ABOVE}h0M{it.below} {_BELOW}h0" for it in alike),
            )
            for late in (False, True)
            if (alike := [line for line in self.lines if line.late is late])
        ]


def strip_of(marks: Sequence[Mark]) -> Strip | None:
    """Return the drawing of events; None where there are none. Late ones are drawn on top."""
    if not marks:
        return None
    first = min(min(mark.happened, mark.recorded) for mark in marks)
    last = max(max(mark.happened, mark.recorded) for mark in marks)
    scale = TimeScale(first, max(last, first + _LEAST), _LEFT, _RIGHT)
    lines = (Line(scale.at(mark.happened), scale.at(mark.recorded), mark.late) for mark in marks)
    drawn = tuple(sorted(lines, key=lambda line: line.late))
    return Strip(drawn, tuple(scale.ticks()), _told(marks, first, last))


def _told(marks: Sequence[Mark], first: datetime, last: datetime) -> str:
    told = f"{counted(len(marks), 'event')} from {day(first)} to {day(last)}."
    late = [mark for mark in marks if mark.late]
    if not late:
        return f"{told} None was recorded late."
    longest = max(mark.recorded - mark.happened for mark in late)
    were = "was" if len(late) == 1 else "were"
    after = how_long(longest.total_seconds())
    return f"{told} {len(late):,} {were} recorded late, at most {after} after it happened."
