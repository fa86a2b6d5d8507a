"""Information asked of other agencies, or of the landlord: what is due, what was answered."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.sharing import InformationReceived, InformationRequested, InformationShared
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import FILES
from domain.vocabulary.consent import Agency, Direction, LegalBasis
from domain.vocabulary.record import Sensitivity
from projections.event_row import days_between, in_case
from projections.personal_columns import Account, Post, Reference
from projections.read_model import ReadModel, Row

Given = InformationReceived | InformationShared


class Answer(Part):
    """Something that answers a request, in whole or in part."""

    event_id: UUID
    """The event by which it was answered."""
    at: datetime
    """When the answer came, or was given."""


class InformationRequestRow(Row):
    """One request, from the landlord or to it."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "request_id"

    request_id: Reference[str]
    """The request's reference within its case."""
    direction: Direction
    """Whether the landlord was asked, or asked."""
    party: Agency
    """Who asked the landlord, or was asked by it."""
    party_role: Post[str | None]
    """The post there."""
    items: Account[tuple[str, ...]]
    """What was asked for."""
    item_count: int
    """How many items were asked for."""
    legal_basis: LegalBasis | None
    """What in law allows it; None where whoever asked the landlord named nothing."""
    requested_at: datetime
    """When it was asked for."""
    known_at: datetime
    """When the landlord first knew of the request."""
    due: date
    """The day by which an answer is expected."""
    answered_at: datetime | None
    """When it was first answered; None while it has not been."""
    answered_by: UUID | None
    """The event by which it was first answered."""
    answers: tuple[Answer, ...]
    """Everything that answers it, in the order in which it came."""
    days_to_answer: int | None
    """Calendar days in England from asking to the first answer."""
    days_late: int | None
    """Calendar days from the due day to the first answer; negative where it came before."""
    sensitivity: Sensitivity
    """Who may see the request."""


information_requests = ReadModel("information_requests", 1, InformationRequestRow, streams=FILES)

_ANSWERED_BY: dict[Direction, type[Given]] = {
    Direction.OUTBOUND: InformationReceived,
    Direction.INBOUND: InformationShared,
}


@information_requests.of_whole_streams(InformationRequested, InformationShared, InformationReceived)
def _requests(history: History, policy: Policy) -> Iterable[InformationRequestRow]:
    return [_row(request, history) for request in history.all(InformationRequested)]


def _row(request: InformationRequested, history: History) -> InformationRequestRow:
    answers = sorted(_answers(request, history), key=lambda answer: answer.at)
    first = answers[0] if answers else None
    return InformationRequestRow(
        **in_case(request),
        request_id=request.request_id,
        direction=request.direction,
        party=request.party,
        party_role=request.party_role,
        items=request.items,
        item_count=len(request.items),
        legal_basis=request.legal_basis,
        requested_at=request.occurred_at,
        known_at=request.known_at,
        due=request.due,
        answered_at=first.at if first else None,
        answered_by=first.event_id if first else None,
        answers=tuple(answers),
        days_to_answer=days_between(request.occurred_at, first.at) if first else None,
        days_late=days_between(request.due, first.at) if first else None,
        sensitivity=request.sensitivity,
    )


def _answers(request: InformationRequested, history: History) -> Iterable[Answer]:
    for event in history.all(_ANSWERED_BY[request.direction]):
        if event.request_id == request.request_id:
            yield Answer(event_id=event.event_id, at=_answered_at(event))


def _answered_at(event: Given) -> datetime:
    # What another agency tells happened at some other time; it answers when the landlord is told.
    return event.known_at if isinstance(event, InformationReceived) else event.occurred_at
