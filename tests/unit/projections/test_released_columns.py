"""A table that an earlier release made must not be taken for one with other columns.

A read model keeps its table for as long as its version stays the same, so a version once released
always has the same columns. `pytest tests/unit/projections/test_released_columns.py --approve`
writes down those of new versions; what was written down is never changed or removed.
"""

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
from psycopg import Cursor
from psycopg.sql import Composable

from adapters.read_store.tables import Table
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel

FIXTURE = Path(__file__).parents[2] / "fixtures" / "read_models.json"
MODELS = list(READ_MODELS.values())

_COLUMN = re.compile(r'"(\w+)" (\w+(?: NOT NULL)?)(?=[,)])')
_IDENTITY = re.compile(r"PRIMARY KEY \(([^)]+)\)")

Columns = list[str]
"""The columns of a table with their types, in order, and last what identifies a row."""


class Statements:
    """Stands for a cursor on a database without tables: keeps what is run."""

    connection = None

    def __init__(self) -> None:
        self.run: list[str] = []

    def execute(self, statement: str | Composable, _: object = None) -> None:
        """Keep a statement."""
        self.run.append(statement if isinstance(statement, str) else statement.as_string())

    def fetchone(self) -> tuple[bool]:
        """Answer that there is no such table."""
        return (False,)


def columns_of(model: ReadModel[Any]) -> Columns:
    """Return the columns of the table that is made for `model`."""
    statements = Statements()
    Table(model).create(cast("Cursor[Any]", statements))
    made = "; ".join(statements.run)
    columns = [f"{name} {kind}" for name, kind in _COLUMN.findall(made)]
    assert len(columns) == len(model.row.model_fields)
    (identity,) = _IDENTITY.findall(made)
    return [*columns, "PRIMARY KEY ({})".format(identity.replace('"', ""))]


def released() -> dict[str, Columns]:
    """Return the columns of every version ever written down."""
    found: dict[str, Columns] = json.loads(FIXTURE.read_text())
    return found


def changed(now: dict[str, Columns], before: dict[str, Columns]) -> list[str]:
    """Say of each read model whose columns are not those written down what to do."""
    return [
        f"{model_id}: raise the version of {model_id.partition('@')[0]}, then run with --approve"
        for model_id, columns in now.items()
        if before.get(model_id, columns) != columns
    ]


def test_no_released_version_has_other_columns(approving: bool) -> None:
    now = {model.id: columns_of(model) for model in MODELS}
    assert changed(now, released()) == []
    if approving:
        FIXTURE.write_text(json.dumps(dict(sorted({**now, **released()}.items())), indent=1) + "\n")
    unwritten = [f"{model_id}: run with --approve" for model_id in now.keys() - released().keys()]
    assert unwritten == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_no_version_is_taken_back(model: ReadModel[Any]) -> None:
    parted = [model_id.split("@") for model_id in released()]
    assert max(int(version) for name, version in parted if name == model.name) <= model.version


def test_a_column_more_or_of_another_type_is_told() -> None:
    before = {"risk@1": ["level text", "at date"], "people@1": ["name text"]}
    told = ["risk@1: raise the version of risk, then run with --approve"]
    assert changed({**before, "risk@1": ["level text", "at date", "by text"]}, before) == told
    assert changed({**before, "risk@1": ["level text", "at timestamptz"]}, before) == told
    assert changed({**before, "risk@1": ["at date", "level text"]}, before) == told
    assert changed({**before, "risk@2": ["level text"]}, before) == []
