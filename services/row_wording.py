"""Which columns of rows are for people, and what they are called: for every display."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from services.wording import words

_ENDINGS = ("_at", "_on", "_id", "_ref")
"""What the name of a column ends in where the value says the same."""

_WORKINGS = ("_facts", "_turns", "no_later_than", "boundaries")
"""What the names of columns and parts end in that hold what a fold needs, and say nothing new."""

CLOCKWORK = frozenset(("version", "last_recorded_at", "last_event_at", "corrections"))
"""Columns that change with every event, and say nothing beside a list of the events."""


def heading(column: str, among: Iterable[str] = ()) -> str:
    """Return what a column is called: `last_chased_at` is `Last chased`, if no other is."""
    short = next((column.removesuffix(end) for end in _ENDINGS if column.endswith(end)), column)
    others = {other.removesuffix(end) for other in among if other != column for end in _ENDINGS}
    return words(column if not short or short in others else short)


def is_column(name: str) -> bool:
    """Tell whether a column is for people, as far as its name says."""
    return not name.endswith(_WORKINGS)


def is_for_people(value: Any) -> bool:
    """Tell whether a value means something to a person: no identity, no working of the fold."""
    match value:
        case None | UUID() | Mapping():
            return False
        case str():
            return bool(value.strip())
        case tuple() | list() | frozenset():
            return any(map(is_for_people, value))
    return True
