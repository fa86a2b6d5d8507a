"""Chance that falls the same way everywhere: it rests on nothing but the seed.

Only `random.random()` is drawn from: the standard library promises that its numbers stay the same
for a seed, and promises it of nothing that is made from them.
"""

import random
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Dice:
    """The chance of one simulated case or other file."""

    def __init__(self, *seed: object) -> None:
        """Seed with the text of `seed`, so that no hash of this process comes into it."""
        text = "/".join(f"{each}" for each in seed)
        self._next = random.Random(text).random  # noqa: S311 (made-up cases, not secrets)

    def fraction(self) -> float:
        """Return a number from 0 up to 1."""
        return self._next()

    def chance(self, probability: float) -> bool:
        """Tell whether something as likely as this happens."""
        return self._next() < probability

    def whole(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, each as likely."""
        return least + int(self._next() * (most - least + 1))

    def pick(self, among: Sequence[T]) -> T:
        """Return one of these, each as likely."""
        return among[int(self._next() * len(among))]

    def code(self, among: type[E], *but: str) -> E:
        """Return a code of a list, each as likely, except those in `but`."""
        chosen: E = self.pick(_codes(among, but))
        return chosen

    def several(self, among: Sequence[T], least: int, most: int) -> list[T]:
        """Return from `least` to `most` of these, each once, in the order in which they stand."""
        left = list(range(len(among)))
        chosen = {
            left.pop(int(self._next() * len(left)))
            for _ in range(min(self.whole(least, most), len(left)))
        }
        return [among[place] for place in sorted(chosen)]

    def codes(self, among: type[E], least: int, most: int) -> list[E]:
        """Return several codes of a list."""
        return self.several(_codes(among, ()), least, most)

    def weighted(self, among: Mapping[T, float]) -> T:
        """Return one of these, each as likely as its weight says."""
        left = self._next() * sum(among.values())
        for value, weight in among.items():
            left -= weight
            if left < 0:
                return value
        return tuple(among)[-1]  # where rounding leaves nothing


@cache
def _codes(among: type[E], but: tuple[str, ...]) -> tuple[E, ...]:
    return tuple(code for code in among if code not in but)
