"""What is in force on the landlord's and the authorities' streams: pure readings of their events.

Everything here takes events as their corrections make them read, in any order.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from domain.events.envelope import CaseEvent
from domain.events.organisation import HomesCounted
from domain.events.validity import Ruling
from domain.times import end_of_day
from domain.vocabulary.housing import HousingType

R = TypeVar("R", bound=Ruling)


def in_force(rulings: Iterable[R], on: date) -> R | None:
    """Return the one of these rulings on one matter that is in force as the day `on` ends."""
    return in_force_at(rulings, end_of_day(on))


def in_force_at(rulings: Iterable[R], moment: datetime) -> R | None:
    """Return the one of these rulings on one matter, and one stream, that is in force at `moment`.

    It is the newest by `valid_from`, so that an older one recorded late does not replace it; of
    several for the same day, the one recorded last. When one that was limited in time is over,
    what it stood in front of counts again.
    """
    fitting = (each for each in rulings if each.in_force_at(moment))
    return max(fitting, key=newest, default=None)


def homes(events: Iterable[CaseEvent], on: date) -> dict[tuple[str, HousingType], int]:
    """Return how many homes there are by authority and kind, by the latest counts up to `on`."""
    counts = (event for event in events if isinstance(event, HomesCounted) and event.as_of <= on)
    ordered = sorted(counts, key=lambda count: (count.as_of, count.recorded_at, count.version))
    return {(count.authority, count.housing_type): count.homes for count in ordered}


def newest(ruling: Ruling) -> tuple[date, datetime, int]:
    """Return what tells which of several rulings is the newest, and so goes before the others."""
    return ruling.valid_from, ruling.recorded_at, ruling.version
