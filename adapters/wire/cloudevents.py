"""Between CloudEvents 1.0 (structured mode, JSON) and case events.

Identity, subject and times are CloudEvents attributes; the rest of the envelope and the event's
own fields are members of `data`.
"""

import hashlib
import json
import re
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from adapters.upcasting import RawEvent, upcast
from adapters.wire import strict_json
from adapters.wire.refusal import Claims, Refusal, refusal_of
from adapters.wire.remarks import remarks_on
from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.registry import EVENT_TYPES, current_schema_version
from domain.identity import case_id_of, event_id_of
from domain.outcomes import Reason, Remark
from domain.times import FUTURE_TOLERANCE

SUBJECT_PREFIX = "cases.in."

_TYPE = re.compile(r"uk\.casetimeline\.([A-Za-z]{1,60})\.v([1-9]\d{0,3})\Z", re.ASCII)

_PRESENTABLE = re.compile(r"[\x21-\x7e]{1,200}\Z")

_FIELDS = {
    "id": "source_event_id",
    "source": "source",
    "subject": "case_ref",
    "time": "occurred_at",
    "timeprecision": "occurred_precision",
    "timeend": "occurred_to",
    "knowntime": "known_at",
    "correlationid": "correlation_id",
    "causationid": "causation_id",
}
"""CloudEvents attribute -> field of the event."""

_NO_ID = frozenset({str(UUID(int=0)), str(UUID(int=2**128 - 1))})
"""What software writes that was given no id. Taken for one, it would be there for the first event
only: all others would be another's id used again."""

_NEEDED = ("specversion", "id", "source", "type", "subject", "time", "data")
_UNHASHED = frozenset(
    {"recordedtime", "traceparent", "tracestate", "datacontenttype", "dataschema"}
)
"""Attributes that say nothing of the fact and may differ when the same event is sent again."""
_ATTRIBUTES = frozenset({*_FIELDS, *_NEEDED, *_UNHASHED})
_SET_HERE = frozenset(
    {*_FIELDS.values(), "event_id", "case_id", "version", "schema_version", "recorded_at"}
)
# What was parsed cannot hold itself.
_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
)


class Decoded(NamedTuple):
    """An event as understood, and the hash by which the same content is known again."""

    event: CaseEvent
    content_hash: bytes
    told: RawEvent
    """What the event was read from, by its own field names: what its sender told, as JSON."""
    remarks: tuple[Remark, ...] = ()
    """What its sender should look at."""


def decode(body: bytes, *, received_at: datetime, sent_as: str | None = None) -> Decoded:
    """Return the event that `body` holds; raise `Refusal` if it holds none.

    `sent_as` is the source that the transport vouches for, as it stands in the subject; only where
    it is `OWN_SOURCE` may the event be one that this service records itself.
    """
    message = strict_json.parse(body)
    if not isinstance(message, dict):
        raise Refusal(Reason.NOT_AN_OBJECT, "the message is not a JSON object")
    try:
        return _decoded(message, body, received_at, sent_as)
    except Refusal as refusal:
        refusal.claims = _claims_of(message)
        raise


def _decoded(
    message: dict[str, Any], body: bytes, received_at: datetime, sent_as: str | None
) -> Decoded:
    _check_envelope(message, sent_as)
    event_type, written_in = _type_of(message["type"])
    if event_type.BY_SERVICE and sent_as != OWN_SOURCE:
        raise Refusal(Reason.SOURCE_MISMATCH, "type: only this service records such events")
    data = upcast(event_type, message["data"], written_in)
    if not _SET_HERE.isdisjoint(data):
        intruder = next(name for name in data if name in _SET_HERE)
        raise Refusal(Reason.UNKNOWN_MEMBER, f"data.{intruder}: belongs to the envelope")
    told = {field: message[name] for name, field in _FIELDS.items() if name in message}
    told.update(data)
    event = _built(event_type, told, received_at)
    latest = received_at + FUTURE_TOLERANCE
    for name in ("time", "timeend", "knowntime"):
        moment = getattr(event, _FIELDS[name])
        if moment is not None and moment > latest:
            raise Refusal(Reason.FUTURE_EVENT, f"{name}: more than 24 hours in the future")
    remarks = remarks_on(message, body, event, received_at)
    return Decoded(event, _content_hash(message), told, remarks)


def encode(event: CaseEvent) -> dict[str, Any]:
    """Return `event` as a CloudEvent; what decodes it gets the same event again."""
    values = event.model_dump(mode="json", by_alias=True)
    attributes = {name: values.pop(field) for name, field in _FIELDS.items()}
    left_out = _SET_HERE | _empty_anyway(event)
    return {
        "specversion": "1.0",
        "type": f"uk.casetimeline.{event.type}.v{event.schema_version}",
        **{name: value for name, value in attributes.items() if value is not None},
        "recordedtime": values["recorded_at"],
        "datacontenttype": "application/json",
        "data": {name: value for name, value in values.items() if name not in left_out},
    }


def _empty_anyway(event: CaseEvent) -> set[str]:
    # An empty value that has to be stated, or that stands for something else, stays.
    fields = type(event).model_fields.items()
    return {
        field.alias or name
        for name, field in fields
        if not field.is_required() and getattr(event, name) in (None, ())
    }


def subject_for(source: str) -> str:
    """Return the NATS subject on which `source` publishes; a dot cannot stand in one token."""
    return SUBJECT_PREFIX + source.replace(".", "_")


def source_of_subject(subject: str) -> str:
    """Return the source that a subject vouches for, as `subject_for` writes it."""
    return subject.removeprefix(SUBJECT_PREFIX)


def _check_envelope(message: dict[str, Any], sent_as: str | None) -> None:
    for name in _NEEDED:
        if name not in message:
            is_ours = name in ("subject", "time", "data")
            reason = Reason.MISSING_MEMBER if is_ours else Reason.NOT_A_CLOUDEVENT
            raise Refusal(reason, f"{name}: is missing")
    if message["specversion"] != "1.0":
        raise Refusal(Reason.NOT_A_CLOUDEVENT, "specversion: is not 1.0")
    if not message.keys() <= _ATTRIBUTES:
        raise Refusal(Reason.UNKNOWN_MEMBER, "an attribute beside `data` is not known here")
    if not isinstance(message["data"], dict):
        raise Refusal(Reason.NOT_AN_OBJECT, "data: is not a JSON object")
    for name in ("id", "source", "subject", "type"):
        if not isinstance(message[name], str):
            raise Refusal(Reason.INVALID_ID, f"{name}: is not text")
    if message["id"].lower() in _NO_ID:
        raise Refusal(Reason.INVALID_ID, "id: is that of nothing, of zeros or of ones alone")
    if message["source"] == OWN_SOURCE != sent_as:
        raise Refusal(Reason.SOURCE_MISMATCH, "source: is that of this service itself")
    if sent_as is not None and source_of_subject(subject_for(message["source"])) != sent_as:
        raise Refusal(Reason.SOURCE_MISMATCH, "source: is not the one of the subject it came on")


def _type_of(name: str) -> tuple[type[CaseEvent], int]:
    parts = _TYPE.match(name)
    event_type = EVENT_TYPES.get(parts[1]) if parts else None
    if parts is None or event_type is None:
        raise Refusal(Reason.UNKNOWN_TYPE, "type: is not in the catalogue")
    written_in, current = int(parts[2]), current_schema_version(event_type)
    if written_in > current:
        raise Refusal(
            Reason.SCHEMA_NEWER,
            f"type: {event_type.__name__} is known up to schema version {current} here",
        )
    return event_type, written_in


def _built(event_type: type[CaseEvent], told: RawEvent, received_at: datetime) -> CaseEvent:
    set_here = {
        "known_at": received_at,
        "recorded_at": received_at,
        "event_id": event_id_of(told["source"], told["source_event_id"]),
        "case_id": case_id_of(told["case_ref"]),
    }
    try:
        return event_type.model_validate({**set_here, **told})
    except ValidationError as error:
        raise refusal_of(error) from None


def _claims_of(message: dict[str, Any]) -> Claims:
    return Claims(*(_if_presentable(message.get(name)) for name in ("id", "subject", "type")))


def _if_presentable(value: object) -> str | None:
    return value if isinstance(value, str) and _PRESENTABLE.match(value) else None


def _content_hash(message: dict[str, Any]) -> bytes:
    content = message
    if not _UNHASHED.isdisjoint(message):
        content = {name: value for name, value in message.items() if name not in _UNHASHED}
    return hashlib.sha256(_canonical.encode(content).encode()).digest()
