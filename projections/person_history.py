"""Persons over all streams: in which cases and files they appear, as what, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.enforcement import EnforcementActionTaken, EnforcementStep, WarningIssued
from domain.events.envelope import CaseEvent
from domain.events.links import CaseLinked, PersonRecordsMerged, PersonRecordsSplit
from domain.events.risk import RiskAssessed
from domain.roles import Roles
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import FILES, StreamKind, stream_kind
from domain.vocabulary.people import PersonRole
from domain.vocabulary.protection import MarkerSubject
from domain.vocabulary.risk import RiskLevel, RiskTool
from projections.aliases import RecordLinks, alias_of, aliases, with_link
from projections.file_history import (
    FileHistoryRow,
    columns_of_mentions,
    columns_of_stream,
    in_force,
)
from projections.markers import markers
from projections.personal_columns import Pseudonym
from projections.read_model import ReadModel


class PersonHistoryRow(FileHistoryRow):
    """What one case or file holds of one person."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "person"
    INDEXED: ClassVar[tuple[str, ...]] = ("person", "alias_of")

    person: Pseudonym[str]
    """The person, by the reference that the events of this stream use."""
    alias_of: Pseudonym[str | None]
    """The reference that goes on being used in its place, where this stream says so."""
    aliases: Pseudonym[tuple[str, ...]]
    """The references in whose place it goes on being used, as this stream says."""
    is_own_file: bool
    """Whether the stream is the person's own file."""
    current_roles: tuple[PersonRole, ...]
    """The roles the person has there now."""
    roles: Roles
    """Every role the person has or had there, in order of happening."""
    risk_level: RiskLevel | None
    """How high the risk to the person is, by the latest assessment; that to visitors apart."""
    risk_assessed_at: datetime | None
    """When that was assessed."""
    warnings: int
    """How many warnings and legal steps there were against the person."""


person_history = ReadModel("person_history", 1, PersonHistoryRow, streams=FILES)


@person_history.of_whole_streams()
def _persons(file: History, policy: Policy) -> Iterable[PersonHistoryRow]:
    of_stream = columns_of_stream(file, policy)
    marked = [
        row for row in markers.fold_history(file, policy) if row.subject is MarkerSubject.PERSON
    ]
    for person, mentions in _mentions(file).items():
        roles = file.roles.get(person, ())
        risk = _risk(file, person)
        records = _records(file, person)
        yield PersonHistoryRow(
            **of_stream,
            **columns_of_mentions(mentions),
            markers_in_force=in_force(row for row in marked if row.person == person),
            person=person,
            alias_of=alias_of(person, records),
            aliases=aliases(person, records),
            is_own_file=_own(file.ref, person),
            current_roles=tuple(held.role for held in roles if held.is_current),
            roles=roles,
            risk_level=risk.level if risk else None,
            risk_assessed_at=risk.occurred_at if risk else None,
            warnings=len(_warnings(file, person)),
        )


def same_person(rows: Iterable[PersonHistoryRow]) -> frozenset[str]:
    """Return every reference that stands for the same person as one of `rows`, as they say.

    Look these up too, until there are no more.
    """
    told = (ref for row in rows for ref in (row.person, row.alias_of, *row.aliases))
    return frozenset(ref for ref in told if ref is not None)


def _mentions(file: History) -> Mapping[str, Sequence[CaseEvent]]:
    """Return the events that name each person or link the case to their file.

    Of the person whose file the stream is, all events tell.
    """
    found: dict[str, Sequence[CaseEvent]] = dict(file.naming)
    for link in file.all(CaseLinked):
        if stream_kind(link.other_ref) is StreamKind.PERSON:
            person = _as_named(link.other_ref, file.naming)
            found[person] = (*found.get(person, ()), link)
    if file.kind is StreamKind.PERSON:
        found[_as_named(file.ref, file.naming)] = file.events
    return found


def _as_named(reference: str, named: Iterable[str]) -> str:
    """Return the person whose file has this reference, as events name them."""
    return next((person for person in named if _own(reference, person)), reference)


def _own(reference: str, person: str) -> bool:
    """Tell whether the stream with this reference is the file of `person`."""
    is_file = stream_kind(reference) is StreamKind.PERSON
    return is_file and person in (reference, reference.partition(":")[2])


def _risk(file: History, person: str) -> RiskAssessed | None:
    assessed = file.all(RiskAssessed)
    own = [it for it in assessed if it.person == person and it.tool is not RiskTool.VISITOR]
    return own[-1] if own else None


def _warnings(file: History, person: str) -> list[EnforcementStep]:
    steps = file.all(WarningIssued, EnforcementActionTaken)
    return [step for step in steps if step.against == person]


def _records(file: History, person: str) -> RecordLinks:
    told: RecordLinks = ()
    for event in file.all(PersonRecordsMerged, PersonRecordsSplit):
        assert isinstance(event, PersonRecordsMerged | PersonRecordsSplit)
        if person in (event.survivor, event.retired):
            told = with_link(told, event, person)
    return told
