"""Whom an event names: everyone it is about, and everyone its own fields name."""

from functools import cache
from typing import Any

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import PSEUDONYM
from domain.personal import marks


def persons_of(event: CaseEvent) -> tuple[str, ...]:
    """Return the persons that `event` is about or names, each once."""
    found = [subject.person for subject in event.subjects]
    for path in _paths(type(event)):
        _add(event, path, found)
    return tuple(dict.fromkeys(found))


def named_in(event: CaseEvent) -> tuple[str, ...]:
    """Return the persons whom the event's own fields name, in the order of the fields."""
    found: list[str] = []
    for path in _paths(type(event)):
        _add(event, path, found)
    return tuple(dict.fromkeys(found))


@cache
def _paths(event_type: type[CaseEvent]) -> tuple[tuple[str, ...], ...]:
    """Return where such an event's own fields name persons; their type says so."""
    found = (tuple(path.split(".")) for path, mark in marks(event_type) if mark is PSEUDONYM)
    return tuple(path for path in found if path[0] not in ENVELOPE_FIELDS)


def _add(value: Any, path: tuple[str, ...], found: list[str]) -> None:
    # Asked of every event by half a dozen read models: generators would take twice the time.
    if value is None:
        return
    if isinstance(value, tuple):
        for each in value:
            _add(each, path, found)
    elif path:
        _add(getattr(value, path[0]), path[1:], found)
    else:
        found.append(value)
