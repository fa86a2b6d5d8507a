"""Many histories as one stream of lines, in about the order in which their sources publish them."""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from services.simulation.authority import authority_file
from services.simulation.cases import MOST_CASES, Span, fraction_of, in_order_of_beginning, told
from services.simulation.delivery import Sending, sendings
from services.simulation.dice import Dice
from services.simulation.landlord import landlord_file
from services.simulation.telling import Entry
from services.simulation.world import AUTHORITIES

UNTIL = date(2026, 10, 31)
"""The last day told of, unless another is asked for; fixed, so that the lines are always the same.
"""
YEARS = 3


@dataclass
class Tally:
    """What was sent so far."""

    cases: int = 0
    events: Counter[str] = field(default_factory=Counter)
    """By type, each once."""
    sent_again: int = 0
    damaged: int = 0

    @property
    def lines(self) -> int:
        """All lines."""
        return self.events.total() + self.sent_again + self.damaged

    def count(self, sending: Sending) -> None:
        """Take in one line more."""
        if sending.is_damaged:
            self.damaged += 1
        elif sending.is_again:
            self.sent_again += 1
        else:
            self.events[sending.type] += 1


@dataclass
class Simulation:
    """`cases` made-up cases, and the landlord that has them.

    The same for the same values, whatever the machine; a case is the same however many there are.
    """

    cases: int
    seed: int = 1
    until: date = UNTIL
    years: int = YEARS
    damage: float = 0.0
    """How likely a line that nobody can understand goes before an event."""
    at_once: int = 96
    """How many files are open at a time, whose lines are interleaved: the more, the nearer they
    come to the order of time where there are many cases, and the more memory it takes."""
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        """Check that there are as many cases as numbers can tell apart."""
        if not 0 <= self.cases <= MOST_CASES:
            raise ValueError(f"from 0 to {MOST_CASES} cases")

    @property
    def span(self) -> Span:
        """Over which days it goes."""
        return Span(self.until, self.years)

    def lines(self) -> Iterator[bytes]:
        """Yield CloudEvents as sources publish them, and count them; needs little memory."""
        self.tally = Tally()
        for sending in self._merged():
            self.tally.count(sending)
            yield sending.line

    def case(self, number: int) -> list[bytes]:
        """Return the lines of one case, from 1, and of the files that it alone tells of."""
        return [sending.line for sending in self._case(number, fraction_of(number))]

    def _merged(self) -> Iterator[Sending]:
        files = self._files()
        waiting: list[tuple[datetime, int, list[Sending]]] = []
        opened = 0
        while True:
            while len(waiting) < self.at_once and (file := next(files, None)) is not None:
                opened += 1
                if file:
                    file.reverse()  # what was sent is let go of from the end
                    heapq.heappush(waiting, (file[-1].at, opened, file))
            if not waiting:
                return
            _, number, file = waiting[0]
            yield file.pop()
            if file:
                heapq.heapreplace(waiting, (file[-1].at, number, file))
            else:
                heapq.heappop(waiting)

    def _files(self) -> Iterator[list[Sending]]:
        """Yield the lines of each file, in the order in which files begin."""
        return chain(self._landlord(), self._cases())

    def _landlord(self) -> Iterator[list[Sending]]:
        start, end = self.span.start, self.span.end
        own = [landlord_file(self.seed, start, end)]
        for file in own + [authority_file(self.seed, each, start, end) for each in AUTHORITIES]:
            yield self._sent(file.entries, f"{file.stream}/sent")

    def _cases(self) -> Iterator[list[Sending]]:
        for number, fraction in in_order_of_beginning(self.cases):
            self.tally.cases += 1
            yield self._case(number, fraction)

    def _case(self, number: int, fraction: float) -> list[Sending]:
        case = told(self.seed, number, fraction, self.span)
        return self._sent(case.entries, f"case/{number}/sent")

    def _sent(self, entries: list[Entry], name: str) -> list[Sending]:
        return sendings(entries, self.span.end, Dice(self.seed, name), self.damage)
