"""Has the database itself write rows as they are shown: as JSON, without what is masked.

It does what `projections.masking.shown` does, where the rows are: for the service a timeline of a
hundred events then costs a fraction. What lies within structured values is left to `shown`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

from adapters.read_store.columns import columns_of
from adapters.read_store.tables import Table
from domain.vocabulary.record import PersonalClass
from projections.masking import MASKED, Mask, masks
from projections.read_model import ReadModel, Row
from projections.timeline import WIDEST_FIRST, timeline

_SHOWN = SQL("""
SELECT coalesce(string_agg(told, ',' ORDER BY {places}), ''), coalesce(bool_or(is_left), false)
FROM (
    SELECT {order}, {is_left} AS is_left,
           (SELECT row_to_json(shown)::text FROM (SELECT {columns}) AS shown) AS told
    FROM {table} AS t WHERE case_id = %(case_id)s
) AS row
""")

_NEVER = SQL("false")
_AS_DISPLAYED: tuple[Composable, ...] = (
    SQL("t.occurred_at"),
    SQL("array_position({}::text[], t.occurred_precision)").format(
        Literal([precision.value for precision in WIDEST_FIRST])
    ),
    SQL("t.version"),
)
"""The order of a timeline, as `display_order` has it."""


@cache
def shown_rows(model: ReadModel[Any], masked: frozenset[PersonalClass]) -> bytes:
    """Return the query for a case's rows: the elements of a JSON array as one text, in the order in
    which they are shown, and whether anything is left in them that `shown` has to look into."""
    row: type[Row] = model.row
    of_columns = {mask.column: mask for mask in masks(row, masked)}
    columns = [
        _ShownColumn(name, column.kind, masked, of_columns.get(name))
        for name, column in columns_of(row).items()
    ]
    order = _AS_DISPLAYED if model is timeline else (_of(model.row.KEY or "case_id"),)
    places = [Identifier(f"place_{number}") for number in range(len(order))]
    placed = zip(order, places, strict=True)
    return _SHOWN.format(
        places=SQL(", ").join(places),
        order=SQL(", ").join(SQL("{} AS {}").format(*each) for each in placed),
        is_left=SQL(" OR ").join([_NEVER, *(each.is_left for each in columns)]),
        columns=SQL(", ").join([*(each.told for each in columns), _held_back(columns)]),
        table=Table(model).name,
    ).as_bytes()


def _held_back(columns: list["_ShownColumn"]) -> Composable:
    """Return the column that names those which hold something and are not shown."""
    names = [
        SQL("CASE WHEN {} THEN {} END").format(each.is_hidden, Literal(each.name))
        for each in sorted(columns, key=lambda each: each.name)
        if each.is_hidden is not _NEVER
    ]
    return SQL("array_remove(ARRAY[{}]::text[], NULL) AS {}").format(
        SQL(", ").join(names), Identifier(MASKED)
    )


@dataclass(frozen=True, slots=True)
class _ShownColumn:
    name: str
    kind: str
    masked: frozenset[PersonalClass]
    mask: Mask | None

    @property
    def told(self) -> Composable:
        """What stands in the column, or NULL where that is hidden."""
        value = _of(self.name)
        if self.kind == "timestamptz":  # in UTC with a Z, as everywhere else
            value = SQL("replace(to_json({})::text, '+00:00\"', 'Z\"')::json").format(value)
        if self.is_hidden is not _NEVER:
            value = SQL("CASE WHEN {} THEN NULL ELSE {} END").format(self.is_hidden, value)
        return SQL("{} AS {}").format(value, Identifier(self.name))

    @property
    def is_hidden(self) -> Composable:
        """The condition that the column holds something which is not shown."""
        if self.mask is None or not (self.mask.hidden or self.mask.told_by):
            return _NEVER
        if self.mask.told_by is None:
            return self._holds_something
        return SQL("({} AND NOT coalesce({} = ANY ({}::text[]), false))").format(
            self._holds_something,
            _of(self.mask.told_by.column),
            Literal(self.mask.told_by.visible(self.masked)),
        )

    @property
    def is_left(self) -> Composable:
        """The condition that something within a structured value may have to be hidden."""
        within = self.mask is not None and not (self.mask.hidden or self.mask.told_by)
        return self._holds_something if within else _NEVER

    @property
    def _holds_something(self) -> Composable:
        value = _of(self.name)
        if self.kind == "jsonb":
            return SQL("coalesce({} NOT IN ('null', '[]', '{{}}', '\"\"'), false)").format(value)
        if self.kind == "text":
            return SQL("coalesce({} <> '', false)").format(value)
        return SQL("({} IS NOT NULL)").format(value)


def _of(column: str) -> Composable:
    return SQL("t.{}").format(Identifier(column))
