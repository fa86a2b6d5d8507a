"""Pages of a list by their number, with how many rows there are in all, in one statement.

What is counted and sorted is as little of each row as that takes; only the rows of the page are
made JSON.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from psycopg.sql import SQL, Composable, Identifier, Literal

from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from projections.read_model import ReadModel

_PAGE = SQL("""
WITH found AS MATERIALIZED (SELECT {identity}, {places} FROM {table} AS t WHERE {condition}),
page AS (SELECT * FROM found ORDER BY {order} LIMIT {limit} OFFSET %(offset)s)
SELECT counted.total, row_to_json(t)::text
FROM (SELECT count(*) AS total FROM found) AS counted
LEFT JOIN (page JOIN {table} AS t USING ({identity})) ON true
ORDER BY {order}
""")


class By(NamedTuple):
    """What rows are sorted by, and which way; those for which it is nothing come last."""

    expression: Composable
    descending: bool = False


class Part(NamedTuple):
    """Which part of a list is asked for."""

    offset: int
    limit: int


def numbered_page(
    model: ReadModel[Any],
    conditions: Sequence[Composable],
    order: Sequence[By],
    values: Mapping[str, Any],
    part: Part,
) -> Question:
    """Return what asks for a part of the rows that meet all conditions.

    Each row of the answer is how many rows there are in all, and one of the part in JSON; where
    the part has none, there is a single one without.
    """
    table = Table(model)
    key = [model.row.KEY] if model.row.KEY else []
    places = [Identifier(f"place_{number}") for number in range(len(order))]
    sorted_by = [
        SQL("{} {} NULLS LAST").format(place, SQL("DESC" if by.descending else "ASC"))
        for place, by in zip(places, order, strict=True)
    ]
    ties = [Identifier(name) for name in ("case_id", *key)]
    statement = _PAGE.format(
        identity=SQL(", ").join(ties),
        places=SQL(", ").join(
            SQL("{} AS {}").format(by.expression, place)
            for place, by in zip(places, order, strict=True)
        ),
        # Known to the plan, which else is made for a part of thousands of rows.
        limit=Literal(part.limit),
        table=table.name,
        condition=SQL(" AND ").join(conditions) if conditions else SQL("true"),
        order=SQL(", ").join([*sorted_by, *ties]),
    )
    return Question(statement, {**values, "offset": part.offset})
