"""Support offered and what came of it, measures that keep people safe, what housing brought."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.support import (
    HousingOfferMade,
    SupportMeasureProvided,
    SupportOffered,
    SupportResponded,
)
from domain.latest import supersedes
from domain.streams import FILES
from domain.vocabulary.coded import CodedList
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.support import HousingOffer, SupportKind, SupportMeasure, SupportResponse
from projections.in_order import placed
from projections.personal_columns import Account, Pseudonym, Reference
from projections.read_model import ReadModel, Row


class SupportItemKind(CodedList, source="Case Timeline"):
    """What a row of the support read model is."""

    OFFER = "offer", "Support offered"
    MEASURE = "measure", "Measure to keep someone safe"
    HOUSING_OFFER = "housing-offer", "What housing offered to a plan"


class ResponseToOffer(Part):
    """What was once said to an offer."""

    at: datetime
    response: SupportResponse
    reason: Account[str | None]


class SupportRow(Row):
    """One offer, measure or housing offer; the columns of the other two kinds are None or 0."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "item"

    item: Reference[str]
    """`offer:<reference>`, `measure:<reference>` or `housing-offer:<reference or event id>`."""
    kind: SupportItemKind
    """Which of the three it is."""
    person: Pseudonym[str | None]
    """Offer: to whom. Measure: whom it is to keep safe."""
    offer_id: Reference[str | None] = None
    """Offer: its reference. Measure: the offer that it carries out, as far as known."""
    first_told_at: datetime
    """When it was offered, or first told of."""
    last_told_at: datetime
    """When what is said here of a measure or housing offer was told."""
    support_kind: SupportKind | None = None
    """Offer: what was offered."""
    response: SupportResponse | None = None
    """Offer: the latest response; None while nothing was said of one."""
    responded_at: datetime | None = None
    """Offer: when that was."""
    response_reason: Account[str | None] = None
    """Offer: the reason given with it."""
    responses: tuple[ResponseToOffer, ...] = ()
    """Offer: every response, in order of happening."""
    declined_times: int = 0
    """Offer: how often it was declined, whatever was said since."""
    measure_id: Reference[str | None] = None
    """Measure: its reference."""
    measure: SupportMeasure | None = None
    """Measure: what it is."""
    urgent: bool | None = None
    """Measure: whether it was ordered as a priority."""
    ordered_on: date | None = None
    """Measure: the day on which it was ordered."""
    completed_on: date | None = None
    """Measure: the day on which it was done; None while it is not, as last told."""
    days_to_complete: int | None = None
    """Measure: calendar days from the order to that."""
    ends_on: date | None = None
    """Measure: the last day on which it is there; None where it stays."""
    housing_offer: HousingOffer | None = None
    """Housing offer: what the landlord can do."""
    to_forum: Forum | None = None
    """Housing offer: the forum it was made to."""
    meeting_id: Reference[str | None] = None
    """Housing offer: the meeting at which it was."""
    adopted: YesNoUnknown | None = None
    """Housing offer: whether the plan took it up; a later "not known" undoes no answer."""
    adopted_said_at: datetime | None = None
    """Housing offer: when that was said."""

    def is_in_place(self, day: date) -> bool:
        """Tell whether a measure is done and there on `day`."""
        done = self.completed_on is not None and self.completed_on <= day
        return done and (self.ends_on is None or day <= self.ends_on)


support = ReadModel("support", 1, SupportRow, streams=FILES)


def _its_offer(event: SupportOffered | SupportResponded) -> tuple[str, ...]:
    return (f"offer:{event.offer_id}",)


def _its_measure(event: SupportMeasureProvided) -> tuple[str, ...]:
    return (f"measure:{event.measure_id}",)


def _its_housing_offer(event: HousingOfferMade) -> tuple[str, ...]:
    return (f"housing-offer:{event.housing_offer_id or event.event_id}",)


@support.on(SupportOffered, keys=_its_offer)
def _offered(row: SupportRow | None, event: SupportOffered, item: str) -> SupportRow:
    return SupportRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=SupportItemKind.OFFER,
        person=event.to,
        offer_id=event.offer_id,
        first_told_at=event.occurred_at,
        last_told_at=event.occurred_at,
        support_kind=event.kind,
    )


@support.on(SupportResponded, keys=_its_offer)
def _responded(row: SupportRow | None, event: SupportResponded, _: str) -> SupportRow | None:
    if row is None:
        return None
    said = ResponseToOffer(at=event.occurred_at, response=event.response, reason=event.reason)
    responses = placed(row.responses, said, event)
    latest = responses[-1]
    declined = [it for it in responses if it.response is SupportResponse.DECLINED]
    return row.model_copy(
        update={
            "responses": responses,
            "response": latest.response,
            "responded_at": latest.at,
            "response_reason": latest.reason,
            "declined_times": len(declined),
        }
    )


@support.on(SupportMeasureProvided, keys=_its_measure)
def _provided(row: SupportRow | None, event: SupportMeasureProvided, item: str) -> SupportRow:
    first = min(row.first_told_at, event.occurred_at) if row else event.occurred_at
    if row is not None and not supersedes(event, row.last_told_at):
        return row.model_copy(update={"first_told_at": first})
    done = event.completed_on
    return SupportRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=SupportItemKind.MEASURE,
        person=event.person,
        offer_id=event.offer_id,
        first_told_at=first,
        last_told_at=event.occurred_at,
        measure_id=event.measure_id,
        measure=event.kind,
        urgent=event.urgent,
        ordered_on=event.ordered_on,
        completed_on=done,
        days_to_complete=(done - event.ordered_on).days if done else None,
        ends_on=event.ends_on,
    )


@support.on(HousingOfferMade, keys=_its_housing_offer)
def _brought(row: SupportRow | None, event: HousingOfferMade, item: str) -> SupportRow:
    row = row or _first_brought(event, item)
    changes: dict[str, object] = {"first_told_at": min(row.first_told_at, event.occurred_at)}
    if supersedes(event, row.last_told_at):
        changes |= {
            "last_told_at": event.occurred_at,
            "housing_offer": event.kind,
            "to_forum": event.to_forum,
            "meeting_id": event.meeting_id,
        }
    if event.adopted is not YesNoUnknown.UNKNOWN and supersedes(event, row.adopted_said_at):
        changes |= {"adopted": event.adopted, "adopted_said_at": event.occurred_at}
    return row.model_copy(update=changes)


def _first_brought(event: HousingOfferMade, item: str) -> SupportRow:
    return SupportRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        item=item,
        kind=SupportItemKind.HOUSING_OFFER,
        person=None,
        first_told_at=event.occurred_at,
        last_told_at=event.occurred_at,
        adopted=YesNoUnknown.UNKNOWN,
    )
