"""Says of the columns of rows what personal data they hold, as the events that fill them say it.

Each alias is written around the type of a column: `note: Account[str | None]`. A text that may be
of one class or another says by which other column of its row that is told.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, TypeVar

from domain.events.fields import PSEUDONYM
from domain.events.lifecycle import CaseAllocated
from domain.events.permissions import ConflictDeclared, GlassBroken, RoleGranted
from domain.events.registry import EVENT_TYPES
from domain.personal import NotPersonal, Personal, personal_fields
from domain.vocabulary.record import PersonalClass

T = TypeVar("T")
Classes = frozenset[PersonalClass]

EVERY_CLASS: Classes = frozenset(PersonalClass)
"""The classes of what may be anything."""
_NO_CLASS: Classes = frozenset()
_IDENTITY: Classes = frozenset({PersonalClass.IDENTITY})


@dataclass(frozen=True, slots=True)
class PersonalBy:
    """Marks a column whose classes depend on what another column of the same row holds."""

    column: str
    classes: Callable[[str | None], Classes]
    known: Callable[[], Iterable[str]]
    """What the other column may hold, as far as that is known."""

    def visible(self, masked: Classes) -> list[str]:
        """Return what the other column holds where nothing of this one is masked."""
        return sorted(each for each in set(self.known()) if masked.isdisjoint(self.classes(each)))


@cache
def classes_of_account(event_type: str | None) -> Classes:
    """Return the classes of what may be the main free text of an event of this type."""
    known = EVENT_TYPES.get(event_type or "")
    if known is None:
        return EVERY_CLASS
    told = {*known.ACCOUNT, "narrative"}
    return frozenset(mark.kind for path, mark in personal_fields(known) if _field(path) in told)


@cache
def classes_of_value(field: str | None) -> Classes:
    """Return the classes of what a field of this name on the wire holds, in whatever event."""
    found = [classes for name, classes in _classes_by_field() if name == field]
    # The values of a correction may be those of any field.
    if not found or field in _OF_ANY_FIELD:
        return EVERY_CLASS
    return _NO_CLASS.union(*found)


_OF_ANY_FIELD = frozenset({"was", "now"})


@cache
def _classes_by_field() -> tuple[tuple[str, Classes], ...]:
    found: list[tuple[str, Classes]] = []
    for event in EVENT_TYPES.values():
        marked = [(_field(path), mark.kind) for path, mark in personal_fields(event)]
        for name, field in event.model_fields.items():
            classes = frozenset(kind for of, kind in marked if of == name)
            found.append((field.alias or name, classes))
    return tuple(found)


def _known_fields() -> Iterable[str]:
    return (name for name, _ in _classes_by_field())


def _field(path: str) -> str:
    return path.partition(".")[0]


_NAMING_STAFF = frozenset(
    event.__name__ for event in (CaseAllocated, ConflictDeclared, GlassBroken, RoleGranted)
)
"""The events whose headline names a professional; no headline says more of anyone."""


def classes_of_headline(event_type: str | None) -> Classes:
    """Return the classes of what the headline of an event of this type says."""
    if event_type not in EVENT_TYPES:
        return EVERY_CLASS
    return _IDENTITY if event_type in _NAMING_STAFF else _NO_CLASS


Identity = Annotated[T, Personal(PersonalClass.IDENTITY)]
"""Who someone is: a name, a staff number, a birthday."""
Place = Annotated[T, Personal(PersonalClass.LOCATION)]
"""Where someone is or can be reached."""
Health = Annotated[T, Personal(PersonalClass.HEALTH)]
"""Text about health, care needs or capacity."""
Offence = Annotated[T, Personal(PersonalClass.OFFENCE)]
"""What someone is said to have done."""
Account = Annotated[T, Personal(PersonalClass.NARRATIVE)]
"""Free text that may name or describe people."""
Grounds = Annotated[T, Personal(PersonalClass.NARRATIVE), Personal(PersonalClass.OFFENCE)]
"""Reasons, which may be what someone is said to have done."""
EventAccount = Annotated[T, PersonalBy("type", classes_of_account, lambda: EVENT_TYPES)]
"""The main free text of an event, whose type stands in the column `type`."""
Headline = Annotated[T, PersonalBy("type", classes_of_headline, lambda: EVENT_TYPES)]
"""The headline of an event, whose type stands in the column `type`."""
CorrectedValue = Annotated[T, PersonalBy("field", classes_of_value, _known_fields)]
"""A value, as JSON, of the field that the column `field` names."""

Pseudonym = Annotated[T, PSEUDONYM]
Reference = Annotated[T, NotPersonal("a reference, or references and codes")]
Catalogued = Annotated[T, NotPersonal("a name of an event, a field or a column")]
Digest = Annotated[T, NotPersonal("a hash")]
System = Annotated[T, NotPersonal("names a system")]
Organisation = Annotated[T, NotPersonal("names an organisation")]
Post = Annotated[T, NotPersonal("names a post or a team, not who holds it")]
Authority = Annotated[T, NotPersonal("names a local authority")]
Area = Annotated[T, NotPersonal("names an area of several homes")]
Document = Annotated[T, NotPersonal("names a document or its version")]
RuleText = Annotated[T, NotPersonal("written with the rule, without personal data")]
