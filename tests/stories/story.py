"""A case told from beginning to end, from which its example file and its test are made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from adapters.wire import encode
from domain.events.envelope import CaseEvent
from domain.rules.policy import policy_of
from domain.times import in_london
from projections.time_travel import NOW, PointOfView
from tests.support.telling import Told, moment, tell
from tests.support.viewing import Given


def by(actor: Mapping[str, str], source: str, *told: Told) -> tuple[Told, ...]:
    """What one person entered in one system."""
    return tuple(each.but(actor=dict(actor), source=source) for each in told)


def told_in_order(*parts: Iterable[Told]) -> tuple[Told, ...]:
    """What several people entered, in the order in which it was recorded."""
    return tuple(sorted((each for part in parts for each in part), key=_recorded))


def _recorded(told: Told) -> datetime:
    assert told.happened is not None, f"{told.event_type.__name__}: a story says when"
    return moment(told.recorded or told.known or told.happened)


@dataclass(frozen=True)
class Point:
    """A point of view, and the day on which someone looks from there."""

    name: str
    view: PointOfView
    today: date


def known_on(day: str) -> Point:
    """As known on `day`."""
    on = date.fromisoformat(day)
    return Point(f"as known on {day}", PointOfView(known_on=on), on)


def recorded_by(told: str) -> Point:
    """As on record at some moment in England."""
    at = moment(told)
    view = PointOfView(recorded_by=at)
    return Point(f"as recorded by {told}", view, in_london(at).date())


def today(day: str) -> Point:
    """As it stands, looked at on `day`."""
    return Point("as it stands", NOW, date.fromisoformat(day))


@dataclass(frozen=True)
class Line:
    """A line of an example file, and when it is published."""

    body: bytes
    published: datetime


@dataclass(frozen=True)
class Story:
    """A case in full. `beside` holds the other streams it touches, by reference."""

    name: str
    title: str
    case_ref: str
    told: Sequence[Told]
    points: tuple[Point, Point, Point]
    beside: Mapping[str, Sequence[Told]] = field(default_factory=dict)

    @cached_property
    def events(self) -> list[CaseEvent]:
        """The events of the case, in the order of recording."""
        return tell(*self.told, case_ref=self.case_ref)

    @property
    def given(self) -> Given:
        """The case, to be seen from somewhere, judged as the streams beside it have it."""
        return Given(self.events, policy=policy_of(self.all_events))

    def given_beside(self, ref: str) -> Given:
        """Another of its streams, to be seen from somewhere."""
        return Given(tell(*self.beside[ref], case_ref=ref), policy=policy_of(self.all_events))

    @cached_property
    def all_events(self) -> list[CaseEvent]:
        """The events of all its streams, in the order of recording."""
        others = [tell(*told, case_ref=ref) for ref, told in self.beside.items()]
        events = [event for stream in (self.events, *others) for event in stream]
        return sorted(events, key=lambda event: event.recorded_at)

    def lines(self) -> Iterator[Line]:
        """What the sources publish, in that order."""
        for event in self.all_events:
            yield Line(_published(event), event.recorded_at)

    def but(self, **changes: Any) -> "Story":
        """The same told otherwise."""
        return replace(self, **changes)


def _published(event: CaseEvent) -> bytes:
    import json

    sent = {name: value for name, value in encode(event).items() if name != "recordedtime"}
    return json.dumps(sent, ensure_ascii=False).encode()
