"""What the description of the API says of publishing events."""

from typing import Any

from domain.outcomes import Outcome, Reason, Remark
from services.api.answers import JSON
from services.api.cloudevents_http import MOST_EVENTS, Mode
from services.api.described import documented
from services.api.problem_types import PROBLEMS

_REASONS = sorted({reason.value for reason in Reason} & PROBLEMS.keys())

_TEXT = {"type": ["string", "null"]}
_ID = {"type": ["string", "null"], "format": "uuid"}
_NUMBER = {"type": ["integer", "null"]}

_RECEIPT: dict[str, Any] = {
    "title": "Receipt",
    "description": "What became of one event; it is committed.",
    "type": "object",
    "properties": {
        "outcome": {"enum": [outcome.value for outcome in Outcome]},
        "reason": {"enum": [*(reason.value for reason in Reason), None]},
        "detail": _TEXT | {"description": "What it waits for, or what is wrong with it and where."},
        "event_id": _ID,
        "case_ref": _TEXT,
        "case_id": _ID,
        "version": _NUMBER
        | {"description": "Its place in its case; of a duplicate, that of the first."},
        "position": _NUMBER
        | {"description": "Its place among all events, for `wait_for`; once it is accepted."},
        "remarks": {
            "type": "array",
            "items": {"enum": [remark.value for remark in Remark]},
            "description": "What to look at in how it was sent, though it was understood.",
        },
    },
}
_RECEIPT["required"] = [*_RECEIPT["properties"]]

_RECEIPTS = {
    "title": "Receipts",
    "description": "What became of each event of a batch, in their order.",
    "type": "object",
    "required": ["events"],
    "properties": {"events": {"type": "array", "items": _RECEIPT, "maxItems": MOST_EVENTS}},
}

_EVENT = {
    "type": "object",
    "description": "A CloudEvent; its types are in the catalogue of events.",
    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        **{name: {"type": "string"} for name in ("id", "source", "type", "subject")},
        "time": {"type": "string", "format": "date-time"},
        "data": {"type": "object"},
    },
}
_BATCH = {
    "type": "array",
    "description": "Events, each as it is sent alone. One that is none is told of in its receipt, "
    "and hurts no other.",
    "items": {},
    "maxItems": MOST_EVENTS,
}
_DATA = {
    "type": "object",
    "description": "The `data` of an event whose attributes are in `ce-` headers.",
}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {JSON: {"schema": schema}}}


ANSWERS: dict[int | str, dict[str, Any]] = {
    **documented(
        *_REASONS,
        "too-large",
        "invalid-token",
        "not-permitted",
        "unsupported-media-type",
        "encoding-not-supported",
        "rate-limited",
        "overloaded",
        "deadline",
        "unavailable",
    ),
    200: _json(
        "The event was received before; or a batch, whatever became of its events.",
        {"anyOf": [_RECEIPT, _RECEIPTS]},
    ),
    201: _json("The event was accepted.", _RECEIPT),
    202: _json("The event waits for what it builds on, and is kept.", _RECEIPT),
}
"""Every answer there is, by its status."""

REQUEST: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            Mode.STRUCTURED.value: {"schema": _EVENT},
            Mode.BATCH.value: {"schema": _BATCH},
            Mode.BINARY.value: {"schema": _DATA},
        },
    },
    "parameters": [
        {
            "name": f"ce-{name}",
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": "In binary mode, the attribute of that name, percent-encoded.",
        }
        for name in ("specversion", "id", "source", "type", "subject", "time")
    ],
}
"""What is sent, in each mode."""
