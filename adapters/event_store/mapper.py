"""Between case events and stored bytes: pydantic JSON, short names, nothing ever imported."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from pydantic_core import to_json, to_jsonable_python

from adapters.upcasting import RawEvent, upcast
from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES, current_schema_version
from domain.times import parse_timestamp


class UnreadableEvent(Exception):  # noqa: N818 (names the event, not the error)
    """A stored event cannot be read back; the store was written by something else."""


class CaseEventMapper(Mapper[UUID]):
    """Maps `CaseEvent` to `StoredEvent` and back.

    The topic is the event's short name, resolved in the closed registry: a row in the database
    can never cause an import.
    """

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())  # asked for by the base, used by nothing

    def to_stored_event(
        self, domain_event: DomainEventProtocol[UUID], told: RawEvent | None = None
    ) -> StoredEvent:
        """Return the stored form of a case event, having proved that it can be read back.

        Where `told` is given, what the event was read from by its fields' names, and the stored
        form says just the same, then the event is what reads from that. Otherwise it is read back.
        """
        assert isinstance(domain_event, CaseEvent)
        stored = StoredEvent(
            originator_id=domain_event.case_id,
            originator_version=domain_event.version,
            topic=domain_event.type,
            state=domain_event.__pydantic_serializer__.to_json(domain_event, by_alias=True),
        )
        if told is not None and _says_the_same(stored, domain_event, told):
            return stored
        if self.to_domain_event(stored) != domain_event:
            raise UnreadableEvent(f"{domain_event.type} does not read back as it was written")
        return stored

    def to_domain_event(self, stored_event: StoredEvent) -> CaseEvent:
        """Return the case event that a stored row holds, lifted to the current schema."""
        event_type = EVENT_TYPES.get(stored_event.topic)
        if event_type is None:
            raise UnreadableEvent(f"{stored_event.topic!r} is not an event of the catalogue")
        try:
            event = _read(event_type, stored_event.state)
        except ValueError:  # its message quotes the content, which must not get into any log
            raise UnreadableEvent(f"a stored {event_type.__name__} is not of its form") from None
        if event.schema_version != current_schema_version(event_type):
            raise UnreadableEvent(f"a stored {event_type.__name__} is of a newer schema version")
        moved = event.case_id != stored_event.originator_id
        if moved or event.version != stored_event.originator_version:
            raise UnreadableEvent(f"a stored {event_type.__name__} belongs in another place")
        return event


def _says_the_same(stored: StoredEvent, event: CaseEvent, told: RawEvent) -> bool:
    """Tell whether a stored event says, byte by byte, what `told` did and what was set here.

    Reading is one and the same for messages and stored events; so what once read as this event
    does so again. What is written in another way than it was told, such as a time with an offset,
    leaves that open. The moments that a clock of ours gave were not told, and are looked at by
    themselves.
    """
    set_here = {
        "event_id": event.event_id,
        "case_id": event.case_id,
        "version": event.version,
        "known_at": event.known_at,
        "recorded_at": event.recorded_at,
    }
    try:
        parse_timestamp(event.recorded_at)
        if "known_at" not in told:
            parse_timestamp(event.known_at)
        return to_json({**_unstated(type(event)), **set_here, **told}) == stored.state
    except ValueError:  # `told` is of another event
        return False


@cache
def _unstated(event_type: type[CaseEvent]) -> Mapping[str, Any]:
    """Return all fields of an event in the order of storing, as if its sender stated none.

    Their defaults are what stands for them in JSON; a field without one cannot be written.
    """
    fields = event_type.model_fields.items()
    return {
        field.alias or name: field.default
        if field.is_required()
        else to_jsonable_python(field.default)
        for name, field in fields
    }


def _read(event_type: type[CaseEvent], state: bytes) -> CaseEvent:
    current = current_schema_version(event_type)
    if current == 1:
        return event_type.model_validate_json(state)
    raw = json.loads(state)
    written_in = raw.get("schema_version", 1)
    if written_in < current:
        raw = upcast(event_type, raw, written_in) | {"schema_version": current}
    return event_type.model_validate(raw)
