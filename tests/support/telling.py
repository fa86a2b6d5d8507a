"""How an event is told in a test: what matters is said, the rest has defaults."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.identity import case_id_of, event_id_of
from domain.times import LONDON

CASE_REF = "asb:2024-0117"
SOURCE = "urn:cromwood:asb"
TENANT = "person:tenant"
NEIGHBOUR = "person:neighbour"
OFFICER = {"id": "staff:12", "role": "Housing officer", "organisation": "Cromwood Homes"}

Fields = dict[str, Any]
Moment = str | datetime


def moment(told: Moment) -> datetime:
    """A moment in England told as `2024-03-05 14:30`, or as `2024-03-05`, meaning nine o'clock."""
    if isinstance(told, datetime):
        return told
    return datetime.fromisoformat(told if " " in told else f"{told} 09:00").replace(tzinfo=LONDON)


def the(ref: str, source: str = SOURCE) -> dict[str, str]:
    """A reference to the event that `source` calls `ref`, as events hold it."""
    return {"source": source, "id": ref}


def id_of(ref: str, source: str = SOURCE) -> UUID:
    """The id of the event that `source` calls `ref`."""
    return event_id_of(source, ref)


def source_of(event_type: type[CaseEvent]) -> str:
    """Where an event of a type comes from unless told otherwise."""
    return OWN_SOURCE if event_type.BY_SERVICE else SOURCE


@dataclass(frozen=True)
class Told:
    """An event as told, before it has its place in a case."""

    event_type: type[CaseEvent]
    fields: Fields
    happened: Moment | None = None
    known: Moment | None = None
    recorded: Moment | None = None
    ref: str | None = None

    def but(self, **fields: Any) -> "Told":
        """The same with other fields."""
        return replace(self, fields=self.fields | fields)

    def placed(self, version: int, previously: datetime, case_ref: str = CASE_REF) -> CaseEvent:
        """The event at its place in a case on which something was last recorded `previously`."""
        happened = moment(self.happened or previously + timedelta(days=1))
        known = moment(self.known or happened)
        ref = self.ref or f"e-{version}"
        source = source_of(self.event_type)
        envelope: Fields = {
            "event_id": event_id_of(self.fields.get("source", source), ref),
            "case_id": case_id_of(case_ref),
            "case_ref": case_ref,
            "version": version,
            "occurred_at": happened,
            "known_at": known,
            "recorded_at": moment(self.recorded or max(known, previously + timedelta(minutes=1))),
            "source": source,
            "source_event_id": ref,
            "actor": OFFICER,
        }
        own = {name.rstrip("_"): value for name, value in self.fields.items()}
        return self.event_type.model_validate(envelope | own)


@dataclass(frozen=True)
class Teller:
    """Tells events of one type, with defaults for what a test does not care about."""

    event_type: type[CaseEvent]
    defaults: Fields

    def __call__(
        self,
        happened: Moment | None = None,
        *,
        known: Moment | None = None,
        recorded: Moment | None = None,
        ref: str | None = None,
        **fields: Any,
    ) -> Told:
        return Told(self.event_type, self.defaults | fields, happened, known, recorded, ref)


def teller(event_type: type[CaseEvent], **defaults: Any) -> Teller:
    """A teller of events of one type, with what it says unless told otherwise."""
    return Teller(event_type, defaults)


def tell(*story: Told, case_ref: str = CASE_REF) -> list[CaseEvent]:
    """The events of one case, or other stream, in the order in which they are told."""
    events: list[CaseEvent] = []
    previously = moment("2024-02-29")
    for version, told in enumerate(story, 1):
        events.append(told.placed(version, previously, case_ref))
        previously = events[-1].recorded_at
    return events
