"""JSON Schema (draft 2020-12) of every message: the CloudEvent as sent, its data and its codes.

Each stands by itself, so that a validator needs no other file. What a schema refuses, the service
refuses. The other way round it cannot say everything: see the description in `asyncapi.py`.
"""

from inspect import cleandoc

from adapters.wire.flags import FLAG_SOURCE, FLAG_TYPE, FlagRaised
from domain.events.envelope import ENVELOPE_FIELDS, OWN_SOURCE, CaseEvent
from domain.events.registry import EVENT_TYPES, current_schema_version
from services.reference.attributes import (
    ENVELOPE_MEMBERS,
    OF_THE_EVENT,
    OF_THE_TRANSPORT,
    REQUIRED,
)
from services.reference.model_schema import Schema, reached, schema_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RANGE = {
    "if": {"properties": {"timeprecision": {"const": "range"}}, "required": ["timeprecision"]},
    "then": {"properties": {"timeend": {"type": "string"}}, "required": ["timeend"]},
    "else": {"properties": {"timeend": {"type": "null"}}},
}
"""A range of time has an end, and nothing else has."""


def schemas() -> dict[str, Schema]:
    """Return every schema by the name of its file: events in their current version, and flags."""
    found = {
        f"{name}.v{current_schema_version(event)}.json": event_schema(event)
        for name, event in EVENT_TYPES.items()
    }
    return found | {"FlagRaised.v1.json": flag_schema()}


def event_schema(event: type[CaseEvent]) -> Schema:
    """Return the schema of events of this type as they are sent and relayed."""
    model, definitions = schema_of(event)
    members = model["properties"]
    own = {
        field.alias or name
        for name, field in event.model_fields.items()
        if name not in ENVELOPE_FIELDS or name in ENVELOPE_MEMBERS
    }
    attributes = {
        name: members[field] | {"description": meaning}
        for name, (field, meaning) in OF_THE_EVENT.items()
    }
    if event.BY_SERVICE:
        attributes["source"] = {"const": OWN_SOURCE, "description": "This service itself."}
    data = {
        "properties": {name: value for name, value in members.items() if name in own},
        "required": [name for name in model["required"] if name in own],
    }
    named = f"uk.casetimeline.{event.__name__}.v{current_schema_version(event)}"
    about = f"{event.SUMMARY} {cleandoc(event.__doc__ or '')}"
    return _cloud_event(named, about, attributes, data, _RANGE, definitions)


def flag_schema() -> Schema:
    """Return the schema of a flag as it is announced."""
    model, definitions = schema_of(FlagRaised)
    envelope, more = schema_of(CaseEvent)
    subject, time = (envelope["properties"][OF_THE_EVENT[name][0]] for name in ("subject", "time"))
    attributes = {
        "id": {"type": "string", "format": "uuid", "description": "The same for the same flag."},
        "source": {"const": FLAG_SOURCE, "description": "The rules of this service."},
        "subject": subject | {"description": "The case it is about."},
        "time": time | {"description": "When it was raised."},
    }
    data = {"properties": model["properties"], "required": model["required"]}
    about = cleandoc(FlagRaised.__doc__ or "")
    return _cloud_event(FLAG_TYPE, about, attributes, data, {}, more | definitions)


def _cloud_event(
    named: str, about: str, attributes: Schema, data: Schema, rules: Schema, definitions: Schema
) -> Schema:
    transport = {
        name: {"type": "string", "description": meaning}
        for name, meaning in OF_THE_TRANSPORT.items()
    }
    properties = {
        "specversion": {"const": "1.0", "description": "The version of CloudEvents."},
        "type": {"const": named, "description": "The event type and its schema version."},
        **attributes,
        **transport,
        "data": {"type": "object", **data, "additionalProperties": False},
    }
    return {
        "$schema": _DIALECT,
        "$id": f"urn:case-timeline:schema:{named}",
        "title": named.split(".")[2],
        "description": about,
        "type": "object",
        "properties": properties,
        "required": list(REQUIRED),
        "additionalProperties": False,
        **rules,
        "$defs": reached(properties, definitions),
    }
