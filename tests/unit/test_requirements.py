"""The table of requirements is complete, and names nothing that does not exist."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from domain.events.registry import EVENT_TYPES
from domain.rules.catalogue import RULES
from projections.catalogue import READ_MODELS
from services.cli.app import app

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "requirements.md"
NUMBERS = [
    f"{group}.{number}"
    for group, last in ((0, 24), (1, 14), (2, 25), (3, 31), (4, 40))
    for number in range(1, last + 1)
]
"""The rows of the source documents, by document and place in it."""

_ROW = re.compile(r"\| (\d\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")
_CODE = re.compile(r"`([^`]+)`")
LATER = "Later: "


@dataclass(frozen=True)
class Requirement:
    """A row of the table."""

    number: str
    text: str
    answered_by: str
    shown_by: str

    @property
    def answers(self) -> list[str]:
        """What it names as answering it: events, rules, read models, views, commands, pages."""
        return _CODE.findall(self.answered_by)

    @property
    def tests(self) -> list[str]:
        """The tests it names, as `file.py::name`."""
        return _CODE.findall(self.shown_by)

    @property
    def is_for_later(self) -> bool:
        """Whether nothing here answers it yet."""
        return self.answered_by.startswith(LATER)


ROWS = [Requirement(*(part.strip() for part in row)) for row in _ROW.findall(TABLE.read_text())]


def test_every_requirement_has_its_row_in_order() -> None:
    assert [row.number for row in ROWS] == NUMBERS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_a_row_says_what_answers_it_and_which_test_shows_that(row: Requirement) -> None:
    if row.is_for_later:
        assert row.shown_by == "-"
        return
    assert row.answers
    assert row.tests
    unknown = [name for name in row.answers if not _exists(name)]
    assert unknown == []
    missing = [name for name in row.tests if not _is_a_test(name)]
    assert missing == []


def test_what_is_left_for_later_is_counted() -> None:
    counted = re.search(
        r"(\d+) of the 134 rows waits? for later work.*?Of (\d+) others a part", TABLE.read_text()
    )
    assert counted is not None
    assert int(counted[1]) == sum(row.is_for_later for row in ROWS)
    assert int(counted[2]) == sum("Left for later: " in row.answered_by for row in ROWS)


def _exists(name: str) -> bool:
    kind, _, rest = name.partition(" ")
    if name.startswith("dashboard."):
        heading = f"## {name.removeprefix('dashboard.')}"
        return heading in (ROOT / "docs" / "dashboard.md").read_text().splitlines()
    if kind == "case-timeline":
        return rest.split(" ")[0] in _commands()
    event, _, field = name.partition(".")
    if event in EVENT_TYPES:
        fields = EVENT_TYPES[event].model_fields
        return not field or field in fields or f"{field}_" in fields
    if event in READ_MODELS:
        return not field or field in READ_MODELS[event].row.model_fields
    return name in RULES or (ROOT / name).is_file()


@cache
def _commands() -> frozenset[str]:
    import typer

    command = typer.main.get_command(app)
    return frozenset(getattr(command, "commands", {}))


def _is_a_test(name: str) -> bool:
    file, _, test = name.partition("::")
    path = ROOT / "tests" / file
    return path.is_file() and test in _tests_in(path)


@cache
def _tests_in(path: Path) -> frozenset[str]:
    return frozenset(_names(ast.parse(path.read_text()).body))


def _names(body: list[ast.stmt], within: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _names(node.body, f"{node.name}::")
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield within + node.name
