"""Rows of any read model as a table or, where they are too wide for one, one below the other."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from domain.vocabulary.record import Sensitivity
from projections.chronology_row import ChronologyRow
from projections.event_row import EventRow
from projections.read_model import Row
from services.cli.rendering.headlines import with_days
from services.cli.rendering.tables import facts, table
from services.cli.rendering.theme import lines, phrase, shown
from services.cli.rendering.times import Told, day_of, days_from
from services.cli.rendering.values import heading, is_column, is_for_people, told, when

_GAP = 2
_ENOUGH = 32
"""A column of text reads well from this width on, however much there is of it."""

_TOO_LONG = 100
"""Text of more characters than this would make a tall and narrow column."""

_IDENTITY = frozenset(("case_id", "case_ref"))
_EVENT_ID = re.compile(r"\|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Rows:
    """Rows of one read model, laid out for the width there is.

    Shown are the columns that hold anything in any row and mean something to a person; with `ref`
    also of which case each row is. `day` says on which day, or in which month, something was.
    """

    def __init__(self, rows: Sequence[Row], *, ref: bool = False, day: Told = day_of) -> None:
        self._rows = rows
        self._first = [list(_first(row, day, ref=ref)) for row in rows]
        self._columns = list(_columns(rows))
        self._names = [heading(name, self._columns) for name in self._columns]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        cells = [
            [lines(*first), *(_cell(name, getattr(row, name)) for name in self._columns)]
            for first, row in zip(self._first, self._rows, strict=True)
        ]
        names = ["", *self._names]
        if not any(self._first):
            cells, names = [line[1:] for line in cells], names[1:]
        if _fits(names, cells, options.max_width):
            yield _table(names, cells)
        else:
            yield Group(*self._below())

    def _below(self) -> Iterator[RenderableType]:
        for index, (first, row) in enumerate(zip(self._first, self._rows, strict=True)):
            if index:
                yield ""
            if first:
                yield phrase(*first)
            known = facts(*zip(self._names, self._worth_telling(row), strict=True))
            yield Padding(known, (0, 0, 0, _GAP if first else 0))

    def _worth_telling(self, row: Row) -> Iterator[Text]:
        """Yield the values of a row; nothing of what is told already, and for a plain no or 0."""
        key = getattr(row, row.KEY) if row.KEY else None
        for name in self._columns:
            value = getattr(row, name)
            is_told = value is False or value == 0 or value == key
            yield Text() if is_told else _cell(name, value)


def _cell(name: str, value: Any) -> Text:
    """Return a value as a column of this name says it."""
    if name == "days_late" and isinstance(value, int) and value <= 0:
        return Text()
    return Text(with_days(value)) if name == "headline" else told(value)


def in_order(rows: Sequence[Any]) -> list[Any]:
    """Return rows by their key or, where that says nothing to a person, by when they are of."""
    return sorted(rows, key=place)


def place(row: Row) -> tuple[str, str]:
    """Return what rows of one read model are sorted by."""
    if isinstance(row, ChronologyRow):
        return (row.review_id, f"{row.place:09}")
    key = getattr(row, row.KEY) if row.KEY else ""
    if not isinstance(key, UUID):
        return ("", str(key))
    moments = (value.isoformat() for _, value in row if isinstance(value, date))
    return (next(moments, ""), str(key))


def _first(row: Row, day: Told, *, ref: bool) -> Iterator[Text]:
    """Yield what tells a row from the others: its case, its key, the event it is of."""
    if ref:
        yield shown(row.case_ref, "title")
    if isinstance(row, EventRow):
        yield from _event(row, day)
    elif row.KEY and is_for_people(key := getattr(row, row.KEY)):
        yield Text(_EVENT_ID.sub("", told(key).plain).replace("|", " · "), "title")


def _event(row: EventRow, day: Told) -> Iterator[Text]:
    known = day(row.occurred_at)
    is_exact = known == day_of(row.occurred_at)
    yield Text(when(row.occurred_at) if is_exact else known, "when")
    if days_from(row.occurred_at, row.known_at) > 0:
        yield Text(f"known {when(row.known_at)}", "attention")
    yield shown(f"by {row.recorded_by}", "quiet")
    if row.sensitivity is not Sensitivity.STANDARD:
        yield Text(row.sensitivity.label.lower(), "attention")


def _columns(rows: Sequence[Row]) -> Iterator[str]:
    kind = type(rows[0])
    told_first = EventRow.model_fields if issubclass(kind, EventRow) else {kind.KEY or ""}
    for name in kind.model_fields:
        if name in _IDENTITY or name in told_first or not is_column(name):
            continue
        values = [getattr(row, name) for row in rows]
        if any(is_for_people(value) and value is not Sensitivity.STANDARD for value in values):
            yield name


def _fits(names: Sequence[str], cells: Sequence[Sequence[Text]], room: int) -> bool:
    columns = list(zip(*cells, strict=True))
    if any(len(cell) > _TOO_LONG for column in columns for cell in column):
        return False
    widths: Iterator[int] = (
        max(len(name), *(line.cell_len for cell in column for line in cell.split()))
        for name, column in zip(names, columns, strict=True)
    )
    return sum(min(width, _ENOUGH) + _GAP for width in widths) <= room


def _table(names: Sequence[str], cells: Sequence[Sequence[Text]]) -> RenderableType:
    listed = table(*names)
    for values in cells:
        listed.add_row(*values)
    return listed
