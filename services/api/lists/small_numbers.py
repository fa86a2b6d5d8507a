"""Holds back figures that are made of so few that someone might be known by them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from adapters.read_store.kpi import ScopedFigure

LEAST = 5
"""Figures that are made of fewer, but of any, are held back."""

Key = tuple[str, str, str, str | None]


def key_of(figure: ScopedFigure) -> Key:
    """Return what tells a figure from the others of a period."""
    return figure.figure, figure.dimension, figure.scope, figure.authority


def held_back(figures: Iterable[ScopedFigure]) -> frozenset[Key]:
    """Return which figures of a period are not to be told.

    Where one part of a split is held back, or one authority, so is the smallest of the others: or
    the total less all the others would give it away.
    """
    found = list(figures)
    hidden = {key_of(each) for each in found if 0 < each.facts < LEAST}
    hidden |= _smallest_beside(hidden, found, lambda it: (it.figure, it.scope, it.authority))
    of_authorities = [each for each in found if each.scope == "authority"]
    hidden |= _smallest_beside(hidden, of_authorities, lambda it: (it.figure, it.dimension))
    return frozenset(hidden)


def _smallest_beside(
    hidden: set[Key],
    figures: Iterable[ScopedFigure],
    group_of: Callable[[ScopedFigure], Hashable],
) -> set[Key]:
    groups: dict[Hashable, list[ScopedFigure]] = defaultdict(list)
    for each in figures:
        groups[group_of(each)].append(each)
    beside: set[Key] = set()
    for group in groups.values():
        told = [each for each in group if key_of(each) not in hidden]
        if told and len(told) < len(group):
            beside.add(key_of(min(told, key=lambda each: each.facts)))
    return beside
