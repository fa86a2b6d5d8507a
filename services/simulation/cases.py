"""Which story a case tells and when it begins; the same for a seed and number, whatever else is.

How often each strand comes up follows Progress Housing's published figures for 2023/24: of 71
concerns 65 were about adults and 6 about children. Cuckooing grows as it did at Clarion, which had
47 cases, 15 more than the year before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.simulation.case import Case
from services.simulation.dice import Dice
from services.simulation.steps.homes import described
from services.simulation.stories.adult import adult, low_level, refuser
from services.simulation.stories.antisocial import antisocial, taken_for_antisocial
from services.simulation.stories.child import child
from services.simulation.stories.domestic_abuse import domestic_abuse
from services.simulation.stories.exploitation import exploitation
from services.simulation.stories.hate_crime import hate_crime
from services.simulation.stories.hoarding import hoarding
from services.simulation.stories.staff import staff

Story = Callable[[Case], None]

_MIX: dict[Story, float] = {
    adult: 28,
    low_level: 6,
    refuser: 5,
    child: 6.6,
    domestic_abuse: 13,
    hoarding: 9,
    hate_crime: 3,
    staff: 2.5,
    antisocial: 17,
    taken_for_antisocial: 6,
}
_DESCRIBED = 0.8
_CUCKOOING_AT_FIRST = 2.6
_CUCKOOING_AT_LAST = 6.0
_SYSTEMS: dict[Story, str] = {antisocial: "asb", taken_for_antisocial: "asb", hate_crime: "asb"}

MOST_CASES = 1 << 32
_JITTER_MINUTES = 3 * 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """The days over which cases begin, and after which nothing is told."""

    until: date
    years: int

    @property
    def end(self) -> datetime:
        """The last moment of which anything is told."""
        return datetime.combine(self.until, time(23, 59))

    @property
    def start(self) -> datetime:
        """The moment from which cases begin."""
        return datetime.combine(self.until, time(8)) - timedelta(days=round(365.25 * self.years))

    def at(self, fraction: float) -> datetime:
        """Return the moment when that much of the span is over."""
        minutes = (self.end - self.start).total_seconds() / 60 - _JITTER_MINUTES
        return self.start + timedelta(minutes=int(minutes * fraction))


def in_order_of_beginning(cases: int) -> Iterator[tuple[int, float]]:
    """Yield the numbers of cases, from 1, and how far into the span each begins, earliest first.

    Case n lies where the digits of n - 1, read backwards after the point, put it. So it begins at
    the same time however many cases there are, they are spread evenly, and none has to be kept in
    memory to find the next.
    """
    bits = max(1, (cases - 1).bit_length())
    for place in range(1 << bits):
        number = int(f"{place:0{bits}b}"[::-1], 2)
        if number < cases:
            yield number + 1, place / (1 << bits)


def told(seed: int, number: int, fraction: float, span: Span) -> Case:
    """Tell case `number`, which begins that far into the span."""
    dice = Dice(seed, "case", number)
    growth = _CUCKOOING_AT_LAST - _CUCKOOING_AT_FIRST
    story = dice.weighted({**_MIX, exploitation: _CUCKOOING_AT_FIRST + growth * fraction})
    begins = span.at(fraction) + timedelta(minutes=dice.whole(0, _JITTER_MINUTES))
    case = Case(seed, number, _SYSTEMS.get(story, "safeguarding"), dice, begins)
    case.soon()
    begun = case.now
    story(case)
    if case.chance(_DESCRIBED):
        case.now = begun
        described(case)
    return case


def fraction_of(number: int) -> float:
    """Return how far into the span case `number` begins."""
    return int(f"{number - 1:032b}"[::-1], 2) / MOST_CASES
