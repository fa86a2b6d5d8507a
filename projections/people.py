"""The people of a case: in which roles, since when, how to reach them, what puts them at risk."""

from datetime import date, datetime
from functools import singledispatch
from typing import ClassVar

from pydantic import ConfigDict, Field

from domain.events.consent import PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.lifecycle import Reclassified
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    PersonRoleChanged,
    VulnerabilityRecorded,
)
from domain.events.registry import EVENT_TYPES
from domain.latest import supersedes
from domain.vocabulary.consent import InformedAbout
from domain.vocabulary.people import PersonRole, PersonType, TenureRole, YesNoUnknown
from domain.vocabulary.vulnerability import Amplifier, ContactMethod, VulnerabilityType
from projections.persons import named_in, persons_of
from projections.read_model import ReadModel, Row
from projections.roles import RoleBasis, RoleFact, RoleFacts, Roles, roles_from, with_fact


class Vulnerability(Part):
    """Something that puts a person at risk."""

    vulnerability_type: VulnerabilityType
    amplifiers: tuple[Amplifier, ...]
    since: date
    information_source: str
    minimal_instruction: str | None
    """What a visitor needs to do or avoid; never a diagnosis."""
    noted_at: datetime


class Communication(Part):
    """How to reach a person, and what is safe; no safe channel means none is known to be safe."""

    method: ContactMethod
    language: str | None
    interpreter: YesNoUnknown
    safe_channels: tuple[ContactMethod, ...]
    unsafe_channels: tuple[ContactMethod, ...]
    safe_times: str | None
    written_ineffective: bool
    noted_at: datetime


class Informed(Part):
    """The last time a person was told what was done about them, or deliberately was not."""

    about: InformedAbout
    informed: bool
    method: ContactMethod | None
    not_informed_reason: str | None
    at: datetime


class PersonRow(Row):
    """One person of a case: everyone an event is about or names, known by name or not."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "person"

    person: str
    """The person as the publishing systems refer to them; not a name."""
    name: str | None = None
    """The name, where one was given."""
    unidentified_description: str | None = None
    """What is known of someone whose identity is not."""
    person_type: PersonType | None = None
    """What the person is to the landlord."""
    tenure_role: TenureRole | None = None
    """How the person holds or shares a home."""
    known_to_social_care: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether social care knew the person; an answer is not undone by a later "not known"."""
    said_at: dict[str, datetime] = Field(default_factory=dict)
    """When each of these was last said, by its column; what is not known undoes nothing."""
    current_roles: tuple[PersonRole, ...] = ()
    """The roles the person has now."""
    roles: Roles = ()
    """Every role the person has or had, in the order of happening."""
    role_facts: RoleFacts = ()
    """What events said of these, from which that is told."""
    vulnerabilities: tuple[Vulnerability, ...] = ()
    """What puts the person at risk: the latest record of each type."""
    communication: Communication | None = None
    """How to reach the person safely, as last recorded."""
    informed: Informed | None = None
    """When and of what the person was last told, or why they were not."""


people = ReadModel("people", 1, PersonRow)

_SAID_OF_A_PERSON = (
    "person_type",
    "tenure_role",
    "name",
    "unidentified_description",
    "known_to_social_care",
)
"""What an event that makes someone part of the case may say of them, and another may leave out."""
_NOT_KNOWN = (None, PersonType.UNKNOWN, YesNoUnknown.UNKNOWN)


@people.on(*EVENT_TYPES.values(), keys=persons_of)
def _evolve(row: PersonRow | None, event: CaseEvent, person: str) -> PersonRow:
    row = row or PersonRow(case_id=event.case_id, case_ref=event.case_ref, person=person)
    for subject in event.subjects:
        if subject.person == person:
            row = _with_role(row, event, subject.role, RoleBasis.SUBJECT)
    # An event about several persons states its own facts of those it names only.
    return _changed(event, row) if person in named_in(event) else row


@singledispatch
def _changed(event: CaseEvent, row: PersonRow) -> PersonRow:
    return row


@_changed.register
def _(event: PersonInvolved, row: PersonRow) -> PersonRow:
    changes: dict[str, object] = {}
    said_at = dict(row.said_at)
    for name in _SAID_OF_A_PERSON:
        value = getattr(event, name)
        if value in _NOT_KNOWN:
            changes[name] = getattr(row, name) or value
        elif supersedes(event, said_at.get(name)):
            changes[name], said_at[name] = value, event.occurred_at
    changes["said_at"] = said_at
    return _with_role(row.model_copy(update=changes), event, event.role, RoleBasis.INVOLVED)


@_changed.register
def _(event: PersonRoleChanged, row: PersonRow) -> PersonRow:
    return _with_role(row, event, event.to, RoleBasis.CHANGED, event.from_)


@_changed.register
def _(event: Reclassified, row: PersonRow) -> PersonRow:
    for change in event.role_changes:
        if change.person == row.person:
            row = _with_role(row, event, change.now, RoleBasis.RECLASSIFIED, change.was)
    return row


@_changed.register
def _(event: VulnerabilityRecorded, row: PersonRow) -> PersonRow:
    noted = Vulnerability(
        vulnerability_type=event.vulnerability_type,
        amplifiers=event.amplifiers,
        since=event.since,
        information_source=event.information_source,
        minimal_instruction=event.minimal_instruction,
        noted_at=event.occurred_at,
    )
    by_type = {held.vulnerability_type: held for held in row.vulnerabilities}
    held = by_type.get(noted.vulnerability_type)
    if held and not supersedes(event, held.noted_at):
        return row
    by_type[noted.vulnerability_type] = noted
    return row.model_copy(update={"vulnerabilities": tuple(by_type.values())})


@_changed.register
def _(event: CommunicationPreferenceRecorded, row: PersonRow) -> PersonRow:
    if row.communication and not supersedes(event, row.communication.noted_at):
        return row
    noted = Communication(
        method=event.method,
        language=event.language,
        interpreter=event.interpreter,
        safe_channels=event.safe_channels,
        unsafe_channels=event.unsafe_channels,
        safe_times=event.safe_times,
        written_ineffective=event.written_ineffective,
        noted_at=event.occurred_at,
    )
    return row.model_copy(update={"communication": noted})


@_changed.register
def _(event: PersonInformed, row: PersonRow) -> PersonRow:
    if row.informed and not supersedes(event, row.informed.at):
        return row
    told = Informed(
        about=event.about,
        informed=event.informed,
        method=event.method,
        not_informed_reason=event.not_informed_reason,
        at=event.occurred_at,
    )
    return row.model_copy(update={"informed": told})


def _with_role(
    row: PersonRow,
    event: CaseEvent,
    role: PersonRole,
    how: RoleBasis,
    instead_of: PersonRole | None = None,
) -> PersonRow:
    fact = RoleFact(role=role, at=event.occurred_at, how=how, instead_of=instead_of)
    facts = with_fact(row.role_facts, fact)
    roles = roles_from(facts)
    current = tuple(held.role for held in roles if held.is_current)
    return row.model_copy(update={"roles": roles, "current_roles": current, "role_facts": facts})
