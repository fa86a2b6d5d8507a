"""Every decision is as the matrix has it, which a person has read.

`pytest tests/unit/access/test_matrix.py --approve -n 0` writes what is decided as what is expected;
read the difference before committing it.
"""

from math import prod
from pathlib import Path

from domain.access import Action, decide
from tests.unit.access.matrix import as_text, outcome_of, points_of, read, rows
from tests.unit.access.space import DIMENSIONS, Point, in_words, points, request_at

MATRIX = Path(__file__).parents[2] / "fixtures" / "access_matrix.tsv"


def test_every_decision_is_as_the_matrix_has_it(approving: bool) -> None:
    decided = {point: _decided(point) for point in points()}
    assert len(decided) == prod(map(len, DIMENSIONS.values()))
    if approving:
        MATRIX.write_text(as_text(rows(decided.__getitem__)))
    expected: dict[Point, Point] = {}
    for row in read(MATRIX.read_text()):
        covered = dict.fromkeys(points_of(row), outcome_of(row))
        assert not expected.keys() & covered.keys(), f"another row covers some of {row}"
        expected |= covered
    assert expected.keys() == decided.keys()
    wrong = [point for point, made in decided.items() if expected[point] != made]
    assert wrong == []


def _decided(point: Point) -> Point:
    request = request_at(point)
    return in_words(decide(request), revealing=request.action is Action.REVEAL)
