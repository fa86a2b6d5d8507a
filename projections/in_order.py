"""Facts of one kind in the order in which they happened, whatever order they are told in."""

from datetime import datetime
from typing import Protocol, TypeVar

from domain.events.envelope import CaseEvent
from domain.latest import supersedes


class Dated(Protocol):
    """Something that was said of a moment."""

    @property
    def at(self) -> datetime:
        """When it happened."""


D = TypeVar("D", bound=Dated)


def placed(held: tuple[D, ...], new: D, event: CaseEvent) -> tuple[D, ...]:
    """Return `held` with `new`, which `event` said, after all that it comes after.

    The last of the result is the one that holds. Where times do not settle the order, what is
    told later comes later.
    """
    place = next(
        (index + 1 for index in reversed(range(len(held))) if supersedes(event, held[index].at)), 0
    )
    return (*held[:place], new, *held[place:])
