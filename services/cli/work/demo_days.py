"""On which day each message of the demonstration was published, and the clock that goes with it."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, starmap
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.identity import event_id_of
from domain.times import LONDON, in_london, parse_timestamp, start_of_day
from services.cli.work.lines import Line, reading
from services.clock import system_clock
from services.simulation import UNTIL, YEARS, Simulation

_PUBLISHED_LATER = {
    "cc-0002": date(2024, 3, 11),
    "mash-0004": date(2024, 4, 2),
    "prop-42": date(2024, 2, 29),
    "prop-51": date(2024, 2, 29),
    "prop-66": date(2024, 2, 29),
    "lift-9101": date(2025, 2, 13),
    "sg-5114": date(2025, 3, 4),
    "ho-8116": date(2025, 3, 4),
    "hc-2": date(2025, 4, 28),
    "plum-6601": date(2025, 5, 14),
    "sg-6131": date(2025, 5, 22),
    "sg-6612": date(2025, 5, 27),
    "ooh-5101": date(2025, 6, 18),
    "sg-7130": date(2025, 6, 27),
    "p-4204": date(2025, 10, 13),
}
"""Where the stories have somebody record late what they knew: the messages from which on, in their
file, everything came on that day or after it. All others came as soon as they were known."""
_IN_THE_MORNING = time(9, tzinfo=LONDON)
_HISTORY = timedelta(days=round(365.25 * YEARS))
"""Over how many days simulated cases begin."""
_EVENING = time(18)
"""From when on only few are at work; what others did in the day is not recorded as late as that."""


class Message(NamedTuple):
    """A message of the demonstration, and when its source published it."""

    published: datetime
    line: Line
    source: str
    event_id: UUID


def told_in(path: Path) -> list[Message]:
    """Return the messages of an example."""
    with reading(path, "Reading") as lines:
        return list(_in_order_of_publishing(lines))


def made_up_by(simulation: Simulation) -> list[Message]:
    """Return the messages of simulated cases."""
    lines = starmap(Line, enumerate(simulation.lines(), start=1))
    return list(_in_order_of_publishing(lines))


def _in_order_of_publishing(lines: Iterable[Line]) -> Iterator[Message]:
    """Yield the messages of lines that stand in the order in which they were published.

    Each says when its source knew, and was published no earlier, nor before those that it follows.
    """
    published = datetime.min.replace(tzinfo=UTC)
    for line in lines:
        event = json.loads(line.body)
        published = max(published, parse_timestamp(event["knowntime"]))
        if later := _PUBLISHED_LATER.get(event["id"]):
            published = max(published, datetime.combine(later, _IN_THE_MORNING))
        source = event["source"]
        yield Message(published, line, source, event_id_of(source, event["id"]))


def by_days(messages: Iterable[Message]) -> Iterator[list[Message]]:
    """Yield what was published on each day in England, earliest first; in the evening, apart."""
    ordered = sorted(messages, key=attrgetter("published"))
    for _, together in groupby(ordered, _day_or_evening):
        yield list(together)


def _day_or_evening(message: Message) -> tuple[date, bool]:
    there = in_london(message.published)
    return there.date(), there.time() >= _EVENING


def last_day_told(opened: date | None, today: date) -> date:
    """Return up to when cases are made up, where the demonstration opened the record on `opened`.

    That is up to the day before it was first run. Run again it has to make up the same, so the
    record is opened as many days before. One that was opened otherwise has the day that
    simulations have where none is asked for.
    """
    if opened is None:
        return today - timedelta(days=1)
    return opened + _HISTORY if was_set_back(opened, today) else UNTIL


def was_set_back(opened: date, today: date) -> bool:
    """Tell whether the clock was set back when the demonstration opened the record on that day."""
    return opened + _HISTORY < today


def opening_of(last_day: date) -> datetime:
    """Return when the record opens of which `last_day` is the last day told: before any case."""
    return start_of_day(last_day - _HISTORY)


class IntakeClock:
    """The clock of the demonstration's own intake: the system's, but while it is set back."""

    def __init__(self) -> None:
        self._stands_at: datetime | None = None

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self._stands_at or system_clock()

    @contextmanager
    def set_to(self, moment: datetime | None) -> Iterator[None]:
        """Stand still at a moment that is over, during the `with`; None leaves it as it is."""
        self._stands_at = moment and min(moment, system_clock())
        try:
            yield
        finally:
            self._stands_at = None
