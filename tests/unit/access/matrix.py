"""The matrix of decisions as a file that a person can read: few rows that cover every point."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from tests.unit.access.space import DIMENSIONS, Point

COLUMNS = (*DIMENSIONS, "decision", "rules", "shown", "duties")
ANY, OR, BUT = "*", "|", "!"

HEAD = """\
# Every decision on a request by someone with one role or none; made by
# `pytest tests/unit/access/test_matrix.py --approve -n 0`, to be read before it is committed.
# A row stands for every combination of the values in its cells: `|` is or, `!` is every value but
# these, `*` is any value. Each combination is in one row and no more. Someone with several roles
# may do what any of them permits. `shown` has the classes of personal data that are not masked.
"""

Row = tuple[str, ...]


def rows(outcome_at: Callable[[Point], Point]) -> Sequence[Row]:
    """Return rows that together say what `outcome_at` says of every point."""
    return _rows_below((), list(DIMENSIONS.values()), outcome_at)


def _rows_below(
    so_far: Point, dimensions: list[Sequence[str]], outcome_at: Callable[[Point], Point]
) -> tuple[Row, ...]:
    if not dimensions:
        return (outcome_at(so_far),)
    values, *rest = dimensions
    alike: dict[tuple[Row, ...], list[str]] = {}
    for value in values:
        alike.setdefault(_rows_below((*so_far, value), rest, outcome_at), []).append(value)
    return tuple((_cell(group, values), *row) for below, group in alike.items() for row in below)


def _cell(group: Sequence[str], values: Sequence[str]) -> str:
    others = [value for value in values if value not in group]
    if not others:
        return ANY
    return BUT + OR.join(others) if len(others) < len(group) - 1 else OR.join(group)


def _values(cell: str, values: Sequence[str]) -> Sequence[str]:
    if cell == ANY:
        return values
    named = cell.removeprefix(BUT).split(OR)
    assert set(named) <= set(values), f"no such value: {cell}"
    return [value for value in values if value not in named] if cell.startswith(BUT) else named


def as_text(matrix: Sequence[Row]) -> str:
    """Return the file for these rows."""
    return HEAD + "".join("\t".join(row) + "\n" for row in (COLUMNS, *matrix))


def read(text: str) -> Sequence[Row]:
    """Return the rows of the file."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert tuple(lines[0].split("\t")) == COLUMNS
    return [tuple(line.split("\t")) for line in lines[1:]]


def points_of(row: Row) -> Iterator[Point]:
    """Yield every point that a row stands for."""
    cells = zip(row, DIMENSIONS.values(), strict=False)
    return product(*(_values(cell, values) for cell, values in cells))


def outcome_of(row: Row) -> Point:
    """Return what a row says is decided."""
    return row[len(DIMENSIONS) :]
