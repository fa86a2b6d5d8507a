"""The barrier log: what stood in the way of safeguarding, by agency, authority and quarter."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.challenge import BarrierEncountered
from domain.events.lifecycle import CaseOpened
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import CASES_AND_AUTHORITIES
from domain.times import in_london
from domain.vocabulary.challenge import BarrierCode
from domain.vocabulary.consent import Agency
from domain.vocabulary.record import Sensitivity
from projections.event_row import in_case
from projections.personal_columns import Authority, Reference
from projections.read_model import ReadModel, Row


class BarrierRow(Row):
    """One barrier met, to be counted and talked over; what was written of it is not here.

    Of a barrier that is reported in numbers alone the row holds what can be counted and nothing
    that leads to a worker: neither the moment, nor the referral, nor who noted it. A report must
    sum such rows over more than one case.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "event_id"

    event_id: UUID
    """The event's identity."""
    code: BarrierCode
    """What stood in the way."""
    in_aggregate_only: bool
    """Whether it is to be reported in numbers alone, so that it points at nobody."""
    agency: Agency | None
    """The kind of organisation where it lies; None where with nobody in particular."""
    authority: Authority[str | None]
    """The local authority that the case lies with, or on whose file it is; None if not known."""
    quarter: date
    """The first day of the quarter of the calendar year in which it was met."""
    occurred_at: datetime | None
    """When it was met; None for what is reported in numbers alone."""
    known_at: datetime | None
    """When the landlord first knew; None for what is reported in numbers alone."""
    earlier_referral: Reference[str | None]
    """The referral whose answer is now the barrier, perhaps one of another case; None for what is
    reported in numbers alone."""
    sensitivity: Sensitivity
    """Who may see it."""


barriers = ReadModel("barriers", 1, BarrierRow, streams=CASES_AND_AUTHORITIES)


@barriers.of_whole_streams(BarrierEncountered, CaseOpened)  # which says the authority
def _barriers(history: History, policy: Policy) -> Iterable[BarrierRow]:
    for event in history.all(BarrierEncountered):
        yield BarrierRow(
            **in_case(event),
            **_particulars(event),
            event_id=event.event_id,
            code=event.code,
            in_aggregate_only=event.code.in_aggregate_only,
            agency=event.agency,
            authority=history.authority,
            quarter=_quarter(event.occurred_at),
            sensitivity=event.sensitivity,
        )


def _particulars(event: BarrierEncountered) -> dict[str, Any]:
    if event.code.in_aggregate_only:
        return {"occurred_at": None, "known_at": None, "earlier_referral": None}
    return {
        "occurred_at": event.occurred_at,
        "known_at": event.known_at,
        "earlier_referral": event.earlier_referral,
    }


def _quarter(moment: datetime) -> date:
    day = in_london(moment).date()
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
