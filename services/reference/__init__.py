"""The reference for integrators, made from the code: pages, JSON Schemas, AsyncAPI."""

import json
from importlib.metadata import version

from services.reference.access import access_reference
from services.reference.asyncapi import asyncapi
from services.reference.attributes import ENVELOPE_MEMBERS
from services.reference.codes import code_reference
from services.reference.events import event_reference
from services.reference.rules import rule_reference
from services.reference.schemas import schemas


def documents() -> dict[str, str]:
    """Return every document that is made from the code, by its path below `docs`."""
    made = {f"schemas/{name}": _as_json(schema) for name, schema in schemas().items()}
    return {
        "events.md": event_reference(),
        "codes.md": code_reference(),
        "rules.md": rule_reference(),
        "access.md": access_reference(),
        "asyncapi.json": _as_json(asyncapi(version("case-timeline"))),
        **made,
    }


def _as_json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


__all__ = [
    "ENVELOPE_MEMBERS",
    "access_reference",
    "code_reference",
    "documents",
    "event_reference",
    "rule_reference",
    "schemas",
]
