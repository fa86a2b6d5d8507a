"""What checks the figures shares nothing with what makes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support import recomputing

OWN = "tests.support.recomputing"
PRODUCT = ("domain", "projections", "adapters", "services", "tests")


def imported() -> Iterator[str]:
    for path in Path(recomputing.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                yield node.module or ""


def test_the_recomputing_rests_on_nothing_of_the_product() -> None:
    found = set(imported())
    assert f"{OWN}.record" in found
    others = {name for name in found if name != OWN and not name.startswith(f"{OWN}.")}
    assert not {name for name in others if name.split(".")[0] in PRODUCT}
