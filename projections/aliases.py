"""Which references are of one person. Events keep the reference they were recorded with."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from domain.events.fields import Part
from domain.events.links import PersonRecordsMerged, PersonRecordsSplit
from domain.latest import supersedes
from projections.personal_columns import Pseudonym


class RecordLink(Part):
    """What was last said of this reference and another: of one person, or of two after all."""

    other: Pseudonym[str]
    survivor: Pseudonym[str]
    """The reference of the two that goes on being used."""
    same: bool
    at: datetime


RecordLinks = tuple[RecordLink, ...]


class Named(Protocol):
    """A row about a person by one reference."""

    @property
    def person(self) -> str:
        """The reference."""

    @property
    def alias_of(self) -> str | None:
        """The reference that goes on being used in its place."""


def with_link(
    links: RecordLinks, event: PersonRecordsMerged | PersonRecordsSplit, person: str
) -> RecordLinks:
    """Return what is said of `person` and other references, after `event`; the latest holds."""
    other = event.retired if person == event.survivor else event.survivor
    earlier = next((held for held in links if held.other == other), None)
    if earlier is not None and not supersedes(event, earlier.at):
        return links
    same = isinstance(event, PersonRecordsMerged)
    told = RecordLink(other=other, survivor=event.survivor, same=same, at=event.occurred_at)
    return (*(held for held in links if held is not earlier), told)


def alias_of(person: str, links: RecordLinks) -> str | None:
    """Return the reference that goes on being used in place of `person`; None where it does."""
    into = [held for held in links if held.same and held.survivor != person]
    return max(into, key=lambda held: held.at).survivor if into else None


def aliases(person: str, links: RecordLinks) -> tuple[str, ...]:
    """Return the references in whose place `person` goes on being used."""
    return tuple(sorted(held.other for held in links if held.same and held.survivor == person))


def alias_map(rows: Iterable[Named]) -> Mapping[str, str]:
    """Return, for each reference no longer in use, the one that stands for the person now.

    Merged again and again, it is the last. `rows` may be of one case or of many.
    """
    into = {row.person: row.alias_of for row in rows if row.alias_of is not None}
    return {person: _last(person, into) for person in into}


def _last(person: str, into: Mapping[str, str]) -> str:
    passed = {person}
    while (further := into.get(person)) is not None and further not in passed:
        person = further
        passed.add(person)
    return person
