"""Says what a read model makes of a case: given a story, when seen from somewhere, then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel

from domain.events.envelope import CaseEvent
from domain.rules.policy import STANDARD, Policy
from domain.times import end_of_day
from projections.attention import AttentionRow, attention
from projections.read_model import ReadModel, Row
from projections.time_travel import NOW, PointOfView
from tests.support.telling import CASE_REF, Told, moment, tell

R = TypeVar("R", bound=Row)


def given(*story: Told, stream: str = CASE_REF) -> "Given":
    """A case, or other stream, in which `story` was recorded, told in that order."""
    return Given(tell(*story, case_ref=stream))


@dataclass(frozen=True)
class Given:
    """A case, seen from somewhere; from now unless said otherwise."""

    events: Sequence[CaseEvent]
    view: PointOfView = NOW
    policy: Policy = STANDARD
    """What the landlord and its authorities have the rules judge by."""

    def when_seen(self, known_on: str | None = None, recorded_by: str | None = None) -> "Given":
        """The case as known on a day, or as recorded by a moment."""
        day = None if known_on is None else date.fromisoformat(known_on)
        limit = None if recorded_by is None else moment(recorded_by)
        return replace(self, view=PointOfView(day, limit))

    def then(self, model: ReadModel[R]) -> "Seen[R]":
        """What `model` makes of it."""
        rows = model.fold(self.view.visible(self.events), self.policy)
        return Seen({model.key_of(row): row for row in rows})

    def then_flags(self, rule: str) -> "Seen[AttentionRow]":
        """The flags that a rule raises of it, by what each is about within the case."""
        rows = attention.fold(self.view.visible(self.events), self.policy)
        return Seen({row.item: row for row in rows if row.rule == rule})


@dataclass(frozen=True)
class Seen(Generic[R]):
    """The rows of a case in one read model, by their keys."""

    rows: dict[str, R]

    @property
    def row(self) -> R:
        """The only row there is."""
        assert len(self.rows) == 1, f"not one row but {len(self.rows)}: {list(self.rows)}"
        return next(iter(self.rows.values()))

    def at(self, key: str | UUID) -> "Seen[R]":
        """The row at `key` alone."""
        assert str(key) in self.rows, f"no row {key} but {list(self.rows)}"
        return Seen({str(key): self.rows[str(key)]})

    def has(self, **columns: Any) -> "Seen[R]":
        """The only row has these values; moments and days are told as strings, parts as dicts.

        `2024-03-05 end` is the end of that day in England.
        """
        row = self.row
        for name, expected in columns.items():
            actual = getattr(row, name)
            assert _matches(actual, expected), f"{name} is {actual!r}, not {expected!r}"
        return self

    def has_rows(self, *keys: str) -> "Seen[R]":
        """These are the keys of all its rows, in any order."""
        assert sorted(self.rows) == sorted(keys), f"rows are {list(self.rows)}, not {list(keys)}"
        return self


def _matches(actual: Any, expected: Any) -> bool:
    if isinstance(actual, BaseModel) and isinstance(expected, dict):
        return all(_matches(getattr(actual, name), value) for name, value in expected.items())
    if isinstance(actual, tuple):
        return _all_match(actual, expected)
    if isinstance(expected, str) and isinstance(actual, datetime):
        day = expected.removesuffix(" end")
        return actual == (moment(day) if day == expected else end_of_day(date.fromisoformat(day)))
    if isinstance(expected, str) and isinstance(actual, date):
        return actual == date.fromisoformat(expected)
    return bool(actual == expected)


def _all_match(actual: tuple[Any, ...], expected: Iterable[Any]) -> bool:
    wanted = tuple(expected)
    return len(actual) == len(wanted) and all(map(_matches, actual, wanted))
