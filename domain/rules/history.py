"""A stream as rules read it: its events by type, in order of happening, and what they come to."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from functools import cached_property, reduce
from typing import Any, TypeVar

from domain.case.evolving import fold_as_read
from domain.case.state import CaseState
from domain.events.envelope import CaseEvent
from domain.events.housing import PropertyDescribed
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Reclassified,
)
from domain.latest import period_end
from domain.persons import persons_of
from domain.roles import Roles, role_facts, roles_from, with_fact
from domain.streams import StreamKind, stream_kind
from domain.vocabulary.people import PersonRole
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification

E = TypeVar("E", bound=CaseEvent)
T = TypeVar("T")
Where = Callable[[E], bool]

_TOGETHER = timedelta(minutes=1)
"""Where a system does not say when something was known, it counts as known when it came in; what
belongs together comes in within seconds, in any order."""


class History:
    """The events of one stream, as its corrections make them read; at least one."""

    def __init__(self, events: Sequence[CaseEvent]) -> None:
        self.events = sorted(events, key=lambda event: (event.occurred_at, event.version))
        self.recorded = events
        """In the order of recording."""
        self._by_type: dict[type[CaseEvent], list[CaseEvent]] = {}
        for event in self.events:
            self._by_type.setdefault(type(event), []).append(event)
        self._worked_out: dict[Callable[[History], Any], Any] = {}

    def once(self, work: Callable[["History"], T]) -> T:
        """Return what `work` makes of the stream, worked out once however many ask for it."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found

    @property
    def types(self) -> Set[type[CaseEvent]]:
        """The types of event that there are."""
        return self._by_type.keys()

    @property
    def ref(self) -> str:
        """The reference of the stream."""
        return self.events[0].case_ref

    @cached_property
    def kind(self) -> StreamKind:
        """What the stream is the file of."""
        return stream_kind(self.ref)

    def all(self, *types: type[E], where: Where[E] | None = None) -> list[E]:
        """Return the events of these types, in order of happening."""
        found: list[E] = []
        for event_type in types:
            found += self._by_type.get(event_type, ())  # type: ignore[arg-type]  # by its own type
        if len(types) > 1 and found:
            found.sort(key=lambda event: (event.occurred_at, event.version))
        return found if where is None else [event for event in found if where(event)]

    def latest(self, *types: type[E], where: Where[E] | None = None) -> E | None:
        """Return the one of these events that happened last."""
        found = self.all(*types, where=where)
        return found[-1] if found else None

    def has(self, *types: type[E], where: Where[E] | None = None) -> bool:
        """Tell whether there is any such event."""
        return bool(self.all(*types, where=where))

    def after(self, moment: datetime, *types: type[E], where: Where[E] | None = None) -> list[E]:
        """Return those of these events that happened at `moment` or later, or may have.

        What is known by its day alone may have happened at the end of that day.
        """
        return [event for event in self.all(*types, where=where) if period_end(event) >= moment]

    def responses(self, to: CaseEvent, *types: type[E], where: Where[E] | None = None) -> list[E]:
        """Return those of these events that may respond to the news of `to`.

        See `responds`.
        """
        return [event for event in self.all(*types, where=where) if responds(event, to)]

    @cached_property
    def state(self) -> CaseState:
        """What admission knows of the stream: classification, risk, open items."""
        return fold_as_read(self.recorded)

    @cached_property
    def is_open(self) -> bool:
        """Whether work on the case goes on; the files of people and organisations never close."""
        if self.kind is not StreamKind.CASE:
            return True
        last = self.latest(CaseClosed, CaseReopened)
        return not isinstance(last, CaseClosed)

    @property
    def classification(self) -> Classification | None:
        """What the case is treated as."""
        return self.state.classification

    @property
    def risk_level(self) -> RiskLevel | None:
        """How high the risk to the people of the case is; None while not assessed."""
        return self.state.risk_level

    @cached_property
    def allocation(self) -> CaseAllocated | None:
        """Who leads the case, and with whom."""
        return self.latest(CaseAllocated)

    @cached_property
    def authority(self) -> str | None:
        """The local authority that the case or the property lies with, or whose file this is."""
        if self.kind is StreamKind.AUTHORITY:
            return self.ref.partition(":")[2]
        described = self.latest(PropertyDescribed, where=lambda it: it.authority is not None)
        told = described or self.latest(CaseOpened)
        return told.authority if told else None

    @cached_property
    def naming(self) -> Mapping[str, Sequence[CaseEvent]]:
        """The events that are about each person or name them, in order of happening."""
        found: dict[str, list[CaseEvent]] = {}
        for event in self.events:
            for person in persons_of(event):
                found.setdefault(person, []).append(event)
        return found

    @cached_property
    def roles(self) -> dict[str, Roles]:
        """The roles that each person has and had."""
        return {person: _roles(person, events) for person, events in self.naming.items()}

    def persons(self, *roles: PersonRole) -> Iterator[str]:
        """Yield the persons who have any of these roles now."""
        for person, held in self.roles.items():
            if any(each.role in roles and each.is_current for each in held):
                yield person


def responds(event: CaseEvent, to: CaseEvent) -> bool:
    """Tell whether `event` may respond to the news of `to`.

    What names it does, whichever was recorded first. Anything else does where it happened no
    earlier and was not known before: what was decided before it came to light was decided without
    it.
    """
    in_view = period_end(event) >= to.occurred_at and event.known_at + _TOGETHER >= to.known_at
    return in_view or names(event, to)


def names(event: CaseEvent, other: CaseEvent) -> bool:
    """Tell whether `event` says that it goes back to `other`."""
    match event:
        case CaseOpened():
            references = event.opened_from
        case Reclassified():
            references = event.evidence_events
        case _:
            references = ()
    own = (event.source, event.causation_id) == (other.source, other.source_event_id)
    return own or any(reference.event_id == other.event_id for reference in references)


def _roles(person: str, events: Sequence[CaseEvent]) -> Roles:
    told = (fact for event in events for fact in role_facts(event, person))
    return roles_from(reduce(with_fact, told, ()))
