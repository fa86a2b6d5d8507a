"""What a read model is: rows, and one pure function from events to them.

Most read models say how one event changes one row. Where what a row says depends on the whole of a
stream, as the flags of the rules do, a read model says how to read the whole stream instead.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.registry import EVENT_TYPES
from domain.events.rights import EventRedacted
from domain.frozen import Frozen
from domain.rules.history import History
from domain.rules.policy import STANDARD, Policy
from domain.streams import CASES, StreamKind, stream_kind
from projections.personal_columns import Reference

FOLDED_ANEW_AFTER: tuple[type[EventCorrected], type[EventRedacted]] = (
    EventCorrected,
    EventRedacted,
)
"""Events that change how earlier ones read: after one of them a stream is folded from its start."""

ONE_PER_CASE = ""
"""The key of the only row that a case has in a read model keyed by case."""


class Row(Frozen):
    """A row of a read model; its fields are the columns of the table."""

    KEY: ClassVar[str | None] = None
    """The column that, with `case_id`, identifies a row; None where a case has one row."""
    INDEXED: ClassVar[tuple[str, ...]] = ()
    """Columns by whose values rows are looked up over all cases."""

    case_id: UUID
    case_ref: Reference[str]


R = TypeVar("R", bound=Row)
E = TypeVar("E", bound=CaseEvent)
Fold = Callable[[R | None, E, str], R | None]
Keys = Callable[[E], Iterable[str]]
Reading = Callable[[History, Policy], Iterable[R]]
Completion = Callable[[list[R]], list[R]]


def one_per_case(_: CaseEvent) -> Iterable[str]:
    """Return the key of a case's only row."""
    return (ONE_PER_CASE,)


@dataclass(eq=False)
class ReadModel(Generic[R]):
    """A named, versioned fold.

    Raise `version` with any change of what it returns: the table is then built anew beside the
    old one. Folds must bear any part of a case's history, since time travel leaves events out:
    where what an event builds on is absent, the row stays as it is.
    """

    name: str
    version: int
    row: type[R]
    begins_with: tuple[type[CaseEvent], ...] = ()
    """Events of which one begins a row. A case always begins with one, but not every part of it:
    there, the first of them is folded before what was recorded earlier."""
    streams: frozenset[StreamKind] = CASES
    """The kinds of stream it takes in."""
    _folds: dict[type[CaseEvent], tuple[Keys[Any], Fold[R, Any]]] = field(default_factory=dict)
    _reading: Reading[R] | None = None
    _changed_by: tuple[type[CaseEvent], ...] = (CaseEvent,)
    _completion: Completion[R] | None = None

    @property
    def id(self) -> str:
        """The name with the version, which tells one shape of its rows from the next."""
        return f"{self.name}@{self.version}"

    @property
    def reads_whole_streams(self) -> bool:
        """Whether its rows come from the whole of a stream rather than from event after event."""
        return self._reading is not None

    def on(
        self, *event_types: type[E], keys: Keys[E] = one_per_case
    ) -> Callable[[Fold[R, E]], Fold[R, E]]:
        """Register how rows change on these events; `keys` says which rows an event changes."""

        def register(fold: Fold[R, E]) -> Fold[R, E]:
            for event_type in event_types:
                self._folds[event_type] = (keys, fold)
            return fold

        return register

    def of_whole_streams(self, *changed_by: type[CaseEvent]) -> Callable[[Reading[R]], Reading[R]]:
        """Register what a whole stream comes to; where any are named, only these change it."""

        def register(reading: Reading[R]) -> Reading[R]:
            self._reading = reading
            self._changed_by = changed_by or (CaseEvent,)
            return reading

        return register

    def completed_by(self, completion: Completion[R]) -> Completion[R]:
        """Register what the rows of a stream come to once all of them are folded.

        It may rest on corrections and redactions alone, and change nothing where there are none:
        after no other event is a stream folded from its start.
        """
        self._completion = completion
        return completion

    def takes_in(self, event: CaseEvent) -> bool:
        """Tell whether the event is of a stream that this read model takes in."""
        return stream_kind(event.case_ref) in self.streams

    @property
    def changed_by(self) -> tuple[type[CaseEvent], ...]:
        """The types of event that may change any row."""
        types = self._changed_by if self.reads_whole_streams else tuple(self._folds)
        return (*types, *FOLDED_ANEW_AFTER)

    def is_changed_by(self, event: CaseEvent) -> bool:
        """Tell whether the event may change any row; all others may be passed over."""
        return type(event) in self._changing and self.takes_in(event)

    def is_concerned_by(self, history: History) -> bool:
        """Tell whether a stream may come to any row."""
        return history.kind in self.streams and not self._changing.isdisjoint(history.types)

    @cached_property
    def _changing(self) -> frozenset[type[CaseEvent]]:
        # Worked out when first asked for: by then all folds are registered.
        types = EVENT_TYPES.values()
        return frozenset(each for each in types if issubclass(each, self.changed_by))

    def keys(self, event: CaseEvent) -> Iterator[str]:
        """Yield the keys of the rows that `event` changes, within its case; often none."""
        if (found := self._folds.get(type(event))) and self.takes_in(event):
            yield from dict.fromkeys(found[0](event))

    def evolve(self, row: R | None, event: CaseEvent, key: str) -> R | None:
        """Return the row at `key` after `event`; None where there is none."""
        found = self._folds.get(type(event))
        return found[1](row, event, key) if found else row

    def key_of(self, row: R) -> str:
        """Return the key of a row within its case."""
        return str(getattr(row, self.row.KEY)) if self.row.KEY else ONE_PER_CASE

    def fold(self, events: Sequence[CaseEvent], policy: Policy = STANDARD) -> list[R]:
        """Return the rows of one case after `events`, its corrections applied."""
        return self.fold_as_read(corrected(events), policy)

    def fold_as_read(self, events: Sequence[CaseEvent], policy: Policy = STANDARD) -> list[R]:
        """Return the rows of one case after `events`, which read as corrected already."""
        return self.fold_history(History(events), policy) if events else []

    def fold_history(self, history: History, policy: Policy) -> list[R]:
        """Return the rows of a stream; what is worked out about it serves every read model."""
        if not self.is_concerned_by(history):
            return []
        if self._reading is None:
            return list(history.once(self._folded))
        return list(self._reading(history, policy))

    def _folded(self, history: History) -> list[R]:
        rows: dict[str, R | None] = {}
        for event in self._from_the_beginning(history.recorded):
            if found := self._folds.get(type(event)):
                keys, fold = found
                for key in dict.fromkeys(keys(event)):
                    rows[key] = fold(rows.get(key), event, key)
        folded = [row for row in rows.values() if row is not None]
        return self._completion(folded) if self._completion else folded

    def _from_the_beginning(self, events: Iterable[CaseEvent]) -> Iterable[CaseEvent]:
        if not self.begins_with:
            return events
        told = list(events)
        beginning = next((event for event in told if isinstance(event, self.begins_with)), None)
        if beginning is None:
            return told
        return [beginning, *(event for event in told if event is not beginning)]
