"""What a read model is: a row, a key, and one pure function from (row, event) to row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.corrections import corrected
from domain.events.envelope import CaseEvent

ONE_PER_CASE = ""
"""The key of the only row that a case has in a read model keyed by case."""


class Row(BaseModel):
    """A row of a read model; its fields are the columns of the table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    KEY: ClassVar[str | None] = None
    """The column that, with `case_id`, identifies a row; None where a case has one row."""

    case_id: UUID
    case_ref: str


R = TypeVar("R", bound=Row)
E = TypeVar("E", bound=CaseEvent)
Fold = Callable[[R | None, E, str], R | None]
Keys = Callable[[E], Iterable[str]]


def one_per_case(_: CaseEvent) -> Iterable[str]:
    """Return the key of a case's only row."""
    return (ONE_PER_CASE,)


@dataclass(frozen=True)
class ReadModel(Generic[R]):
    """A named, versioned fold.

    Raise `version` with any change of what `evolve` returns: the table is then built anew beside
    the old one. Folds must bear any part of a case's history, since time travel leaves events out:
    where what an event builds on is absent, the row stays as it is.
    """

    name: str
    version: int
    row: type[R]
    begins_with: tuple[type[CaseEvent], ...] = ()
    """Events of which one begins a row. A case always begins with one, but not every part of it:
    there, the first of them is folded before what was recorded earlier."""
    _folds: dict[type[CaseEvent], tuple[Keys[Any], Fold[R, Any]]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name with the version, which tells one shape of its rows from the next."""
        return f"{self.name}@{self.version}"

    def on(
        self, *event_types: type[E], keys: Keys[E] = one_per_case
    ) -> Callable[[Fold[R, E]], Fold[R, E]]:
        """Register how rows change on these events; `keys` says which rows an event changes."""

        def register(fold: Fold[R, E]) -> Fold[R, E]:
            for event_type in event_types:
                self._folds[event_type] = (keys, fold)
            return fold

        return register

    def keys(self, event: CaseEvent) -> Iterator[str]:
        """Yield the keys of the rows that `event` changes, within its case; often none."""
        if found := self._folds.get(type(event)):
            yield from dict.fromkeys(found[0](event))

    def evolve(self, row: R | None, event: CaseEvent, key: str) -> R | None:
        """Return the row at `key` after `event`; None where there is none."""
        found = self._folds.get(type(event))
        return found[1](row, event, key) if found else row

    def fold(self, events: Sequence[CaseEvent]) -> list[R]:
        """Return the rows of one case after `events`, its corrections applied."""
        return self.fold_as_read(corrected(events))

    def fold_as_read(self, events: Iterable[CaseEvent]) -> list[R]:
        """Return the rows of one case after `events`, which read as corrected already."""
        rows: dict[str, R | None] = {}
        for event in self._from_the_beginning(events):
            for key in self.keys(event):
                rows[key] = self.evolve(rows.get(key), event, key)
        return [row for row in rows.values() if row is not None]

    def _from_the_beginning(self, events: Iterable[CaseEvent]) -> Iterable[CaseEvent]:
        if not self.begins_with:
            return events
        told = list(events)
        beginning = next((event for event in told if isinstance(event, self.begins_with)), None)
        if beginning is None:
            return told
        return [beginning, *(event for event in told if event is not beginning)]
