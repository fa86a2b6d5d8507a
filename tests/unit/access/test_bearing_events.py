"""The queries and indexes that find what bears on access name just the events that do."""

import re
from collections.abc import Iterable
from importlib.resources import files

import pytest

from adapters.access_store import standing
from domain.access.case_standing import CASE_STANDING_TYPES
from domain.access.standing import STANDING_TYPES
from domain.events.envelope import CaseEvent

_INDEXES = (files("adapters.event_store") / "migrations" / "0008_access.sql").read_text("utf-8")


def _named(sql: str) -> set[str]:
    return set(re.findall(r"'([A-Za-z]+)'", sql))


def _names(types: Iterable[type[CaseEvent]]) -> set[str]:
    return {each.__name__ for each in types}


@pytest.mark.parametrize(
    ("index", "condition", "types"),
    [
        ("case_events_standing", standing._BEARING_ON_PEOPLE, STANDING_TYPES),
        ("case_events_case_standing", standing._BEARING_ON_CASES, CASE_STANDING_TYPES),
    ],
)
def test_queries_and_indexes_name_the_same_events(
    index: str, condition: str, types: tuple[type[CaseEvent], ...]
) -> None:
    (made,) = re.findall(rf"CREATE INDEX {index}\s[^;]*WHERE ([^;]*);", _INDEXES)

    assert _named(made) == _named(condition) == _names(types)
