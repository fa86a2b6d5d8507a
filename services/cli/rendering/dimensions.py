"""What the parts of a figure are called on a terminal."""

from services import dimensions
from services.cli.rendering.theme import plain
from services.dimensions import LISTS

__all__ = ["LISTS", "part_of"]


def part_of(figure: str, dimension: str) -> str:
    """Return what a part of a figure is called."""
    return plain(dimensions.part_of(figure, dimension))
