"""The people of a case: in which roles, since when, how to reach them, what puts them at risk."""

from collections.abc import Iterable
from functools import reduce, singledispatch
from typing import Any

from domain.events.consent import PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.housing import HousingContextChanged
from domain.events.lifecycle import CaseClosed
from domain.events.links import PersonRecordsMerged, PersonRecordsSplit
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    VulnerabilityEnded,
    VulnerabilityRecorded,
)
from domain.events.registry import EVENT_TYPES
from domain.events.voice import (
    AdvocateInvolved,
    CapacityConsidered,
    DesiredOutcomesRecorded,
    OutcomeFeedbackRecorded,
)
from domain.latest import supersedes
from domain.persons import persons_of
from domain.roles import RoleFact, role_facts, roles_from, with_fact
from domain.streams import FILES
from domain.vocabulary.housing import Tenure
from domain.vocabulary.people import Involvement, PersonType, YesNoUnknown
from projections import vulnerabilities as at_risk
from projections.aliases import alias_of, aliases, with_link
from projections.in_order import placed
from projections.person_row import Communication, Informed, Outcome, PersonRow
from projections.person_voice import after_considering, desired, feedback, with_advocate
from projections.read_model import ReadModel
from projections.residence import residence_in, tenure_role_said

Changes = dict[str, Any]

people = ReadModel("people", 3, PersonRow, streams=FILES)

_SAID_OF_A_PERSON = (
    "person_type",
    "tenure_role",
    "name",
    "unidentified_description",
    "date_of_birth",
    "date_of_death",
    "known_to_social_care",
    "involvement",
)
"""What an event that makes someone part of the case may say of them, and another may leave out."""
_NOT_KNOWN = (
    None,
    PersonType.UNKNOWN,
    YesNoUnknown.UNKNOWN,
    Involvement.UNKNOWN,
    Tenure.UNKNOWN,
)


@people.on(*EVENT_TYPES.values(), keys=persons_of)
def _evolve(row: PersonRow | None, event: CaseEvent, person: str) -> PersonRow:
    row = row or PersonRow(case_id=event.case_id, case_ref=event.case_ref, person=person)
    row = _with_roles(row, role_facts(event, person))
    # An event states its own facts of one person, and may name others or be about them.
    changes = _changes(event, row) if _states_of(event) in (None, person) else {}
    return row.model_copy(update=changes) if changes else row


def _states_of(event: CaseEvent) -> str | None:
    """Return whom the own fields of `event` are about; None where they do not name one person."""
    # To look first takes a tenth of the time of asking a model for what it does not have.
    return getattr(event, "person", None) if "person" in type(event).model_fields else None


@singledispatch
def _changes(event: CaseEvent, row: PersonRow) -> Changes:
    return {}


@_changes.register
def _(event: PersonInvolved, row: PersonRow) -> Changes:
    changes = _said(event, row, {name: getattr(event, name) for name in _SAID_OF_A_PERSON})
    is_known = event.involvement not in _NOT_KNOWN
    if is_known and supersedes(event, row.said_at.get("involvement")):
        changes["not_involved_reason"] = event.not_involved_reason
    return changes | _residence(event, row)


@_changes.register
def _(event: HousingContextChanged, row: PersonRow) -> Changes:
    if event.person is None:
        return {}
    told = {"tenure_role": tenure_role_said(event), "tenure": event.tenure}
    return _said(event, row, told) | _residence(event, row)


def _said(event: CaseEvent, row: PersonRow, told: Changes) -> Changes:
    """Return what becomes of columns of which `event` says this; the latest that is known holds."""
    changes: Changes = {}
    said_at = dict(row.said_at)
    for name, value in told.items():
        if value in _NOT_KNOWN:
            changes[name] = getattr(row, name) or value
        elif supersedes(event, said_at.get(name)):
            changes[name], said_at[name] = value, event.occurred_at
    return {**changes, "said_at": said_at}


def _residence(event: CaseEvent, row: PersonRow) -> Changes:
    told = residence_in(event, row.person)
    return {} if told is None else {"residences": placed(row.residences, told, event)}


@_changes.register
def _(event: PersonRecordsMerged | PersonRecordsSplit, row: PersonRow) -> Changes:
    if row.person not in (event.survivor, event.retired):
        return {}
    links = with_link(row.record_links, event, row.person)
    return {
        "record_links": links,
        "alias_of": alias_of(row.person, links),
        "aliases": aliases(row.person, links),
    }


@_changes.register
def _(event: VulnerabilityRecorded, row: PersonRow) -> Changes:
    return _vulnerable(row, at_risk.begun(event))


@_changes.register
def _(event: VulnerabilityEnded, row: PersonRow) -> Changes:
    return _vulnerable(row, at_risk.ended(event))


def _vulnerable(row: PersonRow, fact: at_risk.VulnerabilityFact) -> Changes:
    facts = at_risk.with_fact(row.vulnerability_facts, fact)
    return {
        "vulnerability_facts": facts,
        "vulnerabilities": at_risk.vulnerabilities_from(facts),
    }


@_changes.register
def _(event: CommunicationPreferenceRecorded, row: PersonRow) -> Changes:
    if row.communication and not supersedes(event, row.communication.noted_at):
        return {}
    noted = Communication(
        method=event.method,
        language=event.language,
        interpreter=event.interpreter,
        safe_channels=event.safe_channels,
        unsafe_channels=event.unsafe_channels,
        safe_times=event.safe_times,
        written_ineffective=event.written_ineffective,
        contact_points=event.contact_points,
        noted_at=event.occurred_at,
    )
    return {"communication": noted}


@_changes.register
def _(event: PersonInformed, row: PersonRow) -> Changes:
    if event.person is None or (row.informed and not supersedes(event, row.informed.at)):
        return {}
    told = Informed(
        about=event.about,
        informed=event.informed,
        method=event.method,
        not_informed_reason=event.not_informed_reason,
        at=event.occurred_at,
    )
    return {"informed": told}


@_changes.register
def _(event: CapacityConsidered, row: PersonRow) -> Changes:
    return {"capacity": after_considering(row.capacity, event)}


@_changes.register
def _(event: DesiredOutcomesRecorded, row: PersonRow) -> Changes:
    held = row.desired_outcomes
    if event.person is None or (held and not supersedes(event, held.at)):
        return {}
    return {"desired_outcomes": desired(event)}


@_changes.register
def _(event: OutcomeFeedbackRecorded, row: PersonRow) -> Changes:
    held = row.outcome_feedback
    if event.person is None or (held and not supersedes(event, held.at)):
        return {}
    return {"outcome_feedback": feedback(event)}


@_changes.register
def _(event: AdvocateInvolved, row: PersonRow) -> Changes:
    if event.person is None:
        return {}
    return {"advocates": with_advocate(row.advocates, event)}


@_changes.register
def _(event: CaseClosed, row: PersonRow) -> Changes:
    own = next((each for each in event.person_outcomes if each.person == row.person), None)
    if own is None or (row.outcome and not supersedes(event, row.outcome.at)):
        return {}
    told = Outcome(
        risk_outcome=own.risk_outcome,
        child_aims=own.child_aims,
        summary=own.summary,
        at=event.occurred_at,
    )
    return {"outcome": told}


def _with_roles(row: PersonRow, told: Iterable[RoleFact]) -> PersonRow:
    facts = reduce(with_fact, told, row.role_facts)
    if facts is row.role_facts:
        return row
    roles = roles_from(facts)
    current = tuple(held.role for held in roles if held.is_current)
    return row.model_copy(update={"roles": roles, "current_roles": current, "role_facts": facts})
