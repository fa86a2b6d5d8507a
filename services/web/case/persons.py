"""What persons of a case are called on its pages: by name where one may be shown, else by role."""

from collections.abc import Iterable
from typing import NamedTuple

from projections.person_row import PersonRow
from services.web.case.withheld import WITHHELD

_PREFIX = "person:"


class Called(NamedTuple):
    """A person in a text: what to call them, their part in the case, and where to read of them."""

    name: str
    roles: str
    href: str


class Persons:
    """The persons of one case, by their references."""

    def __init__(self, rows: Iterable[PersonRow], address: str) -> None:
        self._rows = {row.person: row for row in rows}
        self._address = address

    def called(self, person: str) -> Called:
        """Return what to call a person, also one of whom there is no row."""
        row = self._rows.get(person)
        roles = ", ".join(role.label.lower() for role in row.current_roles) if row else ""
        return Called(self.name(person), roles, f"{self._address}#{anchor(person)}")

    def name(self, person: str) -> str:
        """Return a person's name, or else what tells their reference from others."""
        row = self._rows.get(person)
        name = row.name if row else None
        return name if name and name != WITHHELD else person.removeprefix(_PREFIX)

    def listed(self) -> list[str]:
        """Return all references, by what the persons are called."""
        return sorted(self._rows, key=lambda person: self.name(person).lower())


def anchor(person: str) -> str:
    """Return the id of the part of a page that is about a person."""
    return "person-" + "".join(each if each.isalnum() else "-" for each in person)
