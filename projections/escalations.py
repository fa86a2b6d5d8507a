"""The escalation log: what was challenged, at which stage, and what came of it."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.challenge import EscalationRaised, EscalationResponded
from domain.latest import supersedes
from domain.streams import CASES_AND_AUTHORITIES
from domain.vocabulary.challenge import EscalationGround, EscalationOutcome, EscalationSubject
from domain.vocabulary.consent import Agency
from domain.vocabulary.record import Sensitivity
from projections.event_row import days_between, in_case
from projections.personal_columns import Account, Post, Reference
from projections.read_model import ReadModel, Row


class EscalationRow(Row):
    """One stage of a challenge to another organisation, over a case or over its ways at large."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "escalation_id"

    escalation_id: Reference[str]
    """The reference of this stage."""
    about: EscalationSubject
    """What is challenged."""
    about_ref: Reference[str | None]
    """The referral, meeting or decision, where it has a reference."""
    stage: int
    """How high it has gone: 1 from worker to worker, 4 to the heads of the agencies."""
    ground: EscalationGround
    """Why the landlord does not leave it at that."""
    to: Post[str]
    """The post that was written to."""
    agency: Agency | None
    """The kind of organisation it belongs to."""
    immediate_danger: bool
    """Whether someone is in immediate danger, so that stages may be left out."""
    case_put: Account[str | None]
    """What the landlord holds against it."""
    raised_at: datetime
    """When it was raised."""
    known_at: datetime
    """When the landlord first knew that it was raised."""
    response_due: date
    """The day by which an answer is expected."""
    responded_at: datetime | None = None
    """When the first answer came; None while there is none."""
    days_to_response: int | None = None
    """Calendar days in England from raising it to the first answer."""
    days_late: int | None = None
    """Calendar days from the due day to the first answer; negative where it came before."""
    outcome: EscalationOutcome | None = None
    """What the other organisation made of it, as last answered."""
    outcome_at: datetime | None = None
    """When that was."""
    response: Account[str | None] = None
    """What they said then."""
    resolved: bool | None = None
    """Whether the landlord leaves it at that; None while there is no answer."""
    sensitivity: Sensitivity
    """Who may see it: that of the challenge, or of an answer if stricter."""


escalations = ReadModel("escalations", 1, EscalationRow, streams=CASES_AND_AUTHORITIES)


def _its_stage(event: EscalationRaised | EscalationResponded) -> tuple[str, ...]:
    return (event.escalation_id,)


@escalations.on(EscalationRaised, keys=_its_stage)
def _raised(row: EscalationRow | None, event: EscalationRaised, key: str) -> EscalationRow:
    return EscalationRow(
        **in_case(event),
        escalation_id=event.escalation_id,
        about=event.about,
        about_ref=event.about_ref,
        stage=event.stage,
        ground=event.ground,
        to=event.to,
        agency=event.agency,
        immediate_danger=event.immediate_danger,
        case_put=event.case_put,
        raised_at=event.occurred_at,
        known_at=event.known_at,
        response_due=event.response_due,
        sensitivity=event.sensitivity,
    )


@escalations.on(EscalationResponded, keys=_its_stage)
def _responded(
    row: EscalationRow | None, event: EscalationResponded, key: str
) -> EscalationRow | None:
    if row is None:
        return None
    first = min(row.responded_at or event.occurred_at, event.occurred_at)
    changes: dict[str, object] = {
        "responded_at": first,
        "days_to_response": days_between(row.raised_at, first),
        "days_late": days_between(row.response_due, first),
        "sensitivity": max(row.sensitivity, event.sensitivity, key=lambda each: each.place),
    }
    if supersedes(event, row.outcome_at):
        changes |= {
            "outcome": event.outcome,
            "outcome_at": event.occurred_at,
            "response": event.response,
            "resolved": event.resolved,
        }
    return row.model_copy(update=changes)
