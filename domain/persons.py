"""Whom an event names: everyone it is about, and everyone its own fields name."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import PSEUDONYM
from domain.personal import marks


def persons_of(event: CaseEvent) -> tuple[str, ...]:
    """Return the persons that `event` is about or names, each once."""
    about = (subject.person for subject in event.subjects)
    return tuple(dict.fromkeys((*about, *named_in(event))))


def named_in(event: CaseEvent) -> tuple[str, ...]:
    """Return the persons whom the event's own fields name, in the order of the fields."""
    found = (name for path in _paths(type(event)) for name in _at(event, path))
    return tuple(dict.fromkeys(found))


@cache
def _paths(event_type: type[CaseEvent]) -> tuple[tuple[str, ...], ...]:
    """Return where such an event's own fields name persons; their type says so."""
    found = (tuple(path.split(".")) for path, mark in marks(event_type) if mark is PSEUDONYM)
    return tuple(path for path in found if path[0] not in ENVELOPE_FIELDS)


def _at(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, tuple):
        for each in value:
            yield from _at(each, path)
    elif path:
        yield from _at(getattr(value, path[0]), path[1:])
    else:
        yield value
