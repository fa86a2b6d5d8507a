"""What lists have in common: their address, pages, and the column that they are sorted by."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple, Self
from urllib.parse import urlencode

from services.web.page import Link

_NEIGHBOURS = 1
"""How many pages are linked to on either side of the one that is shown."""


@dataclass(frozen=True, slots=True)
class Address:
    """A path and its query, in which a name may come several times. Nothing personal is in it."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def having(self, **values: str | int | None) -> Self:
        """Return the address with these in place of all other values of their names."""
        kept = tuple(each for each in self.query if each[0] not in values)
        added = tuple((name, str(value)) for name, value in values.items() if value is not None)
        return type(self)(self.path, kept + added)

    def without(self, name: str, value: str) -> Self:
        """Return the address without one value of a name, and so from the first page on."""
        kept = tuple(each for each in self.query if each != (name, value))
        return type(self)(self.path, kept).having(page=None)

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


class Chosen(NamedTuple):
    """What a list is filtered by under one heading, each with a link to the list without it."""

    heading: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is shown: page `number` of `total` items, `size` to a page."""

    address: Address
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """The place in the list of the first item shown, from 1; 0 where there is none."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """The place of the last item shown."""
        return min(self.total, self.number * self.size)

    @property
    def title(self) -> str:
        """What the title of a page says of it: nothing where there is but one."""
        return f" (page {self.number} of {self.pages})" if self.pages > 1 else ""

    def href(self, number: int) -> str:
        """Return where the page of that number is."""
        return str(self.address.having(page=number if number > 1 else None))

    def numbers(self) -> list[int | None]:
        """Return the numbers of the pages to link to, and None where some are left out."""
        near = range(self.number - _NEIGHBOURS, self.number + _NEIGHBOURS + 1)
        linked = sorted({1, self.pages, *(each for each in near if 1 <= each <= self.pages)})
        told: list[int | None] = []
        for number in linked:
            if told and told[-1] is not None and number - told[-1] > 1:
                told.append(None if number - told[-1] > 2 else number - 1)
            told.append(number)
        return told


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column a list is sorted: `sort=due` in the address, or `sort=-due` downwards."""

    address: Address
    column: str
    descending: bool = False

    @classmethod
    def asked(
        cls, address: Address, asked: str | None, columns: Sequence[str], otherwise: str
    ) -> Self:
        """Return what is asked for, or `otherwise` where that is no column of the list."""
        told = asked if asked and asked.removeprefix("-") in columns else otherwise
        return cls(address, told.removeprefix("-"), told.startswith("-"))

    def state(self, column: str) -> str | None:
        """Return the `aria-sort` of a column's header; None of those it is not sorted by."""
        if column != self.column:
            return None
        return "descending" if self.descending else "ascending"

    def href(self, column: str) -> str:
        """Return where the list is sorted by this column, or the other way round if it is now."""
        downwards = column == self.column and not self.descending
        return str(self.address.having(sort=f"-{column}" if downwards else column, page=None))
