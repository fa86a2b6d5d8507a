"""Group d: support offered and answered, measures provided, what housing brought to a plan."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Flag, ItemId, Narrative, PersonRef
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.support import HousingOffer, SupportKind, SupportMeasure, SupportResponse


class SupportOffered(CaseEvent):
    """Support was offered to a person, who may also be the alleged perpetrator or a colleague."""

    SUMMARY = "Support was offered."
    STREAMS = FILES
    BEGINS = "offer_id"

    offer_id: ItemId
    """Its reference, by which the response names it."""
    kind: SupportKind
    to: PersonRef

    @override
    def headline(self) -> str:
        return f"Support {self.offer_id} offered: {self.kind.label.lower()}"


class SupportResponded(CaseEvent):
    """A person took an offer of support up, turned it down or did not reply; the latest holds."""

    SUMMARY = "An offer of support was answered, or was not."
    ACCOUNT = ("reason",)
    STREAMS = FILES
    BUILDS_ON = SupportOffered

    offer_id: ItemId
    response: SupportResponse
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Support {self.offer_id}: {self.response.label.lower()}"


class SupportMeasureProvided(CaseEvent):
    """Something was ordered for a home or person to keep someone safe, and perhaps completed.

    Told again under the same `measure_id` once it is completed or its end is known; the latest
    holds.
    """

    SUMMARY = "A measure to keep someone safe was ordered or completed."
    STREAMS = FILES

    measure_id: ItemId
    kind: SupportMeasure
    person: PersonRef | None = None
    """Whom it is to keep safe."""
    offer_id: ItemId | None = None
    """The offer of support that it carries out, as far as known."""
    urgent: Flag = False
    """Whether it was ordered as a priority, as after domestic abuse."""
    ordered_on: Day
    completed_on: Day | None = None
    ends_on: Day | None = None
    """The last day on which it is there, such as of an alarm lent for a time."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        later = (self.completed_on, self.ends_on)
        if any(day is not None and day < self.ordered_on for day in later):
            raise PydanticCustomError(
                "before-ordered", "completed_on or ends_on lies before ordered_on"
            )
        return self

    @override
    def headline(self) -> str:
        so_far = (
            f"ordered on {self.ordered_on}"
            if self.completed_on is None
            else f"completed on {self.completed_on}"
        )
        end = f", ends on {self.ends_on}" if self.ends_on else ""
        return f"Measure {self.measure_id} ({self.kind.label.lower()}): {so_far}{end}"


class HousingOfferMade(CaseEvent):
    """The landlord said what it can do, perhaps to a forum that makes a plan.

    Told again under the same `housing_offer_id` once it is known whether the plan took it up; the
    latest holds.
    """

    SUMMARY = "The landlord offered what housing can do."
    STREAMS = FILES

    housing_offer_id: ItemId | None = None
    kind: HousingOffer
    to_forum: Forum | None = None
    meeting_id: ItemId | None = None
    """The meeting to which it was made."""
    adopted: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether the plan took it up."""

    @override
    def headline(self) -> str:
        forum = f" to {self.to_forum.label}" if self.to_forum else ""
        taken = {YesNoUnknown.YES: ", adopted", YesNoUnknown.NO: ", not adopted"}
        return f"Housing offer{forum}: {self.kind.label.lower()}{taken.get(self.adopted, '')}"
