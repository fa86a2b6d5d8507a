"""What a message says as a tree to be shown: all of it, or only what it is made of."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.events.registry import EVENT_TYPES
from domain.vocabulary.record import PersonalClass
from projections.personal_columns import EVERY_CLASS, classes_of_value

_ENVELOPE = frozenset(
    {"specversion", "id", "source", "type", "subject", "time", "timeprecision", "timeend", "data"}
    | {"knowntime", "recordedtime", "datacontenttype", "dataschema", "correlationid", "causationid"}
    | {"traceparent", "tracestate"}
)
_TYPE = re.compile(r"uk\.casetimeline\.([A-Za-z]+)\.v[1-9][0-9]{0,2}")
_DEEPEST = 12
_MOST = 400
"""How many values of a message are shown."""
_LONGEST = 4_000
_HELD_BACK = "Held back: it may say where somebody is, or who reported"
_UNNAMED = "a member of another name"


@dataclass(frozen=True, slots=True)
class Node:
    """A value, what it is called, and what is in it."""

    name: str
    told: str
    children: tuple["Node", ...] = ()
    at_fault: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """How a message is shown: everything in words, or only what kind of value is where."""

    values: bool
    masked: frozenset[PersonalClass] = frozenset()
    """The classes of which nothing is shown, in fields that are known to hold them."""


def tree_of(body: bytes, shown: Shown, detail: str | None) -> tuple[Node, ...] | None:
    """Return what a message is made of; None where it is no JSON object.

    `detail` is what is said of the fault: where it begins with the path of a value, that is marked.
    Without values nothing is told that the sender wrote, the names of unknown members neither.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    left = iter(range(_MOST))
    return tuple(_members(found, "", shown, _paths(detail), left))


def _paths(detail: str | None) -> frozenset[str]:
    """Return the paths that the account of a fault begins its sentences with."""
    parts = (detail or "").split("; ")
    return frozenset(part.partition(": ")[0] for part in parts if ": " in part)


def _members(
    of: dict[str, Any], path: str, shown: Shown, faults: frozenset[str], left: Iterator[int]
) -> Iterator[Node]:
    for name, value in of.items():
        if next(left, None) is None:
            yield Node("…", "More is not shown")
            return
        yield _node(str(name), value, path, shown, faults, left)


def _node(
    name: str, value: Any, path: str, shown: Shown, faults: frozenset[str], left: Iterator[int]
) -> Node:
    here = f"{path}{name}"
    called = name if shown.values or _is_known(name, path) else _UNNAMED
    at_fault = here in faults
    if _is_held_back(name, path, shown):
        return Node(called, _HELD_BACK, (), at_fault)
    if here.count(".") >= _DEEPEST:
        return Node(called, "More is not shown", (), at_fault)
    if isinstance(value, dict):
        inside = tuple(_members(value, f"{here}.", shown, faults, left))
        return Node(called, "" if inside else "nothing in it", inside, at_fault)
    if isinstance(value, list):
        items = {f"{number}": item for number, item in enumerate(value)}
        inside = tuple(_members(items, f"{here}.", shown, faults, left))
        return Node(called, "" if inside else "an empty list", inside, at_fault)
    told = _value(value) if shown.values or _is_open(name, value, path) else _kind(value)
    return Node(called, told, (), at_fault)


def _is_known(name: str, path: str) -> bool:
    """Tell whether a name is one of this service's, or a place in a list, and no sender's text."""
    if not path:
        return name in _ENVELOPE
    return name.isdigit() or name in _field_names()


@cache
def _field_names() -> frozenset[str]:
    return frozenset(
        field.alias or name
        for event in EVENT_TYPES.values()
        for name, field in event.model_fields.items()
    ) | {"id", "role", "organisation", "kind", "ref", "source"}


def _is_held_back(name: str, path: str, shown: Shown) -> bool:
    if not path.startswith("data."):
        return False
    classes = classes_of_value(name)
    # A name that no event has is looked at by whoever may read messages: a concern may be in it.
    return classes != EVERY_CLASS and not classes.isdisjoint(shown.masked)


def _is_open(name: str, value: Any, path: str) -> bool:
    """Tell whether a value is one of this service's own words, whoever may see the message."""
    if path or not isinstance(value, str):
        return False
    return value == "1.0" if name == "specversion" else name == "type" and _named(value) is not None


def event_type_of(told: str | None, body: bytes | None) -> str | None:
    """Return which type of event a message is of, as far as there is one of that name.

    What a sender calls a type that is none may say anything. `told` is what the ledger has of it.
    """
    if told in EVENT_TYPES:
        return told
    try:
        found = json.loads(body or b"")
    except (ValueError, RecursionError):
        return None
    named = found.get("type") if isinstance(found, dict) else None
    return _named(named) if isinstance(named, str) else None


def _named(wire_name: str) -> str | None:
    match = _TYPE.fullmatch(wire_name)
    return match[1] if match and match[1] in EVENT_TYPES else None


def _value(value: Any) -> str:
    if value is None:
        return "null"
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case _:
            length = len(value)
            return "empty text" if not length else f"text, {length:,} characters"
