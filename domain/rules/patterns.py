"""What rules read from several events in a row: so many within so long, since when unbroken."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from domain.events.envelope import CaseEvent
from domain.rules.policy import InForce, Terms
from domain.times import in_london
from domain.working_days import months_after

E = TypeVar("E", bound=CaseEvent)
Fits = Callable[[CaseEvent, CaseEvent, InForce], bool]
"""Tells whether the first and the last of several events lie close enough together."""


def day_of(event: CaseEvent) -> date:
    """Return the day in England on which an event happened."""
    return in_london(event.occurred_at).date()


def within_days(parameter: str) -> Fits:
    """Tell of events whether they lie within as many days as a parameter says."""
    return lambda first, last, under: (day_of(last) - day_of(first)).days <= under[parameter]


def within_months(parameter: str) -> Fits:
    """Tell of events whether they lie within as many calendar months as a parameter says."""
    return lambda first, last, under: day_of(last) <= months_after(day_of(first), under[parameter])


def first_run(
    events: Sequence[E], terms: Terms, count: str, fits: Fits
) -> tuple[Sequence[E], InForce] | None:
    """Return the first so many of these events, in order of happening, that fit together.

    `count` is the parameter that says how many; None where there are not so many.
    """
    for end in range(1, len(events) + 1):
        under = terms.for_duty_of(events[end - 1])
        number = max(1, under[count])
        run = events[end - number : end] if end >= number else ()
        if run and fits(run[0], run[-1], under):
            return run, under
    return None


def unbroken(events: Sequence[E], holds: Callable[[E], bool]) -> Sequence[E]:
    """Return the last of these events for as long as `holds` is true of each, oldest first."""
    length = 0
    while length < len(events) and holds(events[-1 - length]):
        length += 1
    return events[len(events) - length :]
