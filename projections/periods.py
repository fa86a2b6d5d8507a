"""Periods put together from what is said of their beginnings and ends, in any order.

On the line of days, beginnings that no end stands between are statements of one beginning, and
ends that no beginning stands between are statements of one end. Of several, the latest holds; one
that does not know the day undoes none that does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from typing import Generic, TypeVar

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.latest import period_end
from domain.times import in_london


class Boundary(Part):
    """What one event said of when something began or ended."""

    begins: bool
    """Whether it is a beginning; else an end."""
    day: date | None
    """The day that was given: the first, or the last."""
    at: datetime
    """When it was said, or happened; with the next, the time that says which of two holds."""
    no_later_than: datetime
    """The last moment at which that may have been."""
    known_at: datetime
    """When the landlord came to know."""


B = TypeVar("B", bound=Boundary)
_Place = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Period(Generic[B]):
    """From when to when something was so, by the statements that hold; one may be missing."""

    begin: B | None
    end: B | None


def times_of(event: CaseEvent) -> dict[str, datetime]:
    """Return the columns of a boundary that say when `event` said it."""
    until = period_end(event)
    return {"at": event.occurred_at, "no_later_than": until, "known_at": event.known_at}


def with_boundary(held: tuple[B, ...], new: B) -> tuple[B, ...]:
    """Return `held` with one more; of several that give the same day the latest is enough."""
    if new.day is None:
        return (*held, new)
    same = next((it for it in held if (it.begins, it.day) == (new.begins, new.day)), None)
    if same is not None and not _replaces(new, same):
        return held
    return (*(it for it in held if it is not same), new)


def periods(held: Sequence[B]) -> list[Period[B]]:
    """Return the periods that these statements come to, in their order."""
    found: list[Period[B]] = []
    for begins, statement in _statements(held):
        if begins:
            found.append(Period(statement, None))
        elif found:
            found[-1] = Period(found[-1].begin, statement)
        else:
            found.append(Period(None, statement))
    return found


def _statements(held: Sequence[B]) -> Iterator[tuple[bool, B]]:
    placed = sorted(((_place(it, held), number) for number, it in enumerate(held)))
    for begins, run in groupby((number for _, number in placed), lambda it: held[it].begins):
        # In the order in which they were told, which decides where times do not.
        yield begins, _holding([held[number] for number in sorted(run)])


def _place(boundary: Boundary, held: Sequence[Boundary]) -> _Place:
    """Return where a boundary stands on the line of days."""
    if not boundary.begins:
        return boundary.day or in_london(boundary.at).date(), 1
    if boundary.day is not None:
        return boundary.day, 0
    # It holds when it is said: an end known of by then is behind it, one learned later is not.
    behind = (_place(it, ()) for it in held if not it.begins and it.known_at < boundary.known_at)
    return max(behind, default=(date.min, 0))[0], 2


def _holding(statements: Sequence[B]) -> B:
    dated = [it for it in statements if it.day is not None]
    return reduce(lambda held, new: new if _replaces(new, held) else held, dated or statements)


def _replaces(new: Boundary, held: Boundary) -> bool:
    return new.no_later_than >= held.at
