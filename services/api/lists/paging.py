"""Makes a page of a list: rows from the read models, of which the gate lets some through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import Field, StringConstraints

from adapters.read_store.reach import reach_of
from adapters.read_store.reading_as import ReadingAs
from domain.access import Action
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import RecordPart
from projections.masking import MASKED, shown
from projections.read_model import Row
from services.access import Visitor
from services.api.asked import Why
from services.api.context import Context
from services.api.lists.cursors import LONGEST_CURSOR
from services.api.lists.formats import InForm

R = TypeVar("R", bound=Row)
P = TypeVar("P")

MOST_ROWS = 100
"""How many rows a page may have."""

Term = Annotated[
    str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")
]
"""Text that is looked for."""


class Paged(InForm):
    """What may be asked of any list."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 50
    """How many rows at most; a page with fewer is the last."""
    cursor: Annotated[str, Field(min_length=1, max_length=LONGEST_CURSOR)] | None = None
    """Where to go on: the `next` of the page before."""


@dataclass(frozen=True, slots=True)
class Seen(Generic[R]):
    """A row that may be shown, and what of it may not."""

    row: R
    masked: frozenset[PersonalClass]

    def told(self, columns: Sequence[str]) -> dict[str, Any]:
        """Return these columns as values of JSON, and the names of what is held back."""
        told = shown(self.row, self.masked)
        held_back = [name for name in told[MASKED] if name.partition(".")[0] in columns]
        return {name: told[name] for name in columns} | {MASKED: held_back}


class Lister:
    """Lists for one visitor."""

    def __init__(self, context: Context, visitor: Visitor, why: Why) -> None:
        self._gate = context.gate
        self._visitor = visitor
        self._asking = why.to(Action.LIST, RecordPart.SUMMARY)
        self.reader = _reader(context, visitor)

    def sieve(self, rows: Sequence[R]) -> list[Seen[R]]:
        """Return those of the rows that may be shown in a list now, once that is on record."""
        cases = list(dict.fromkeys(row.case_id for row in rows))
        masked = self.passing(cases)
        return [Seen(row, masked[row.case_id]) for row in rows if row.case_id in masked]

    def passing(self, cases: Sequence[UUID]) -> dict[UUID, frozenset[PersonalClass]]:
        """Return those of the cases that may be shown in a list now, each with what is masked."""
        return dict(self._gate.sift(self._visitor, self._asking, cases).masked) if cases else {}

    def page(
        self,
        fetch: Callable[[P | None, int], Sequence[R]],
        place_of: Callable[[R], P],
        after: P | None,
        limit: int,
        *,
        by_identity: bool,
    ) -> tuple[list[Seen[R]], P | None]:
        """Return the next rows after a place, and the last one's place, unless they are the last.

        Where the gate lets less through than the database shows, the page is filled with what
        comes next: how much was left out cannot be told from it. What was found `by_identity` is
        left out where who someone is may not be told.
        """
        kept: list[Seen[R]] = []
        while (wanted := limit - len(kept)) > 0:
            rows = fetch(after, wanted)
            kept += [
                each
                for each in self.sieve(rows)
                if not (by_identity and PersonalClass.IDENTITY in each.masked)
            ]
            if len(rows) < wanted:
                return kept, None
            after = place_of(rows[-1])
        return kept, after


def _reader(context: Context, visitor: Visitor) -> ReadingAs:
    reach = reach_of(context.gate.standing(visitor), context.clock())
    return context.read_store.reading_as(reach)
