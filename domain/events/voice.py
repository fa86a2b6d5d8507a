"""Group c: the person's own voice: capacity, the outcomes they want, who speaks for them."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from typing_extensions import override

from domain.events.consent import Representative
from domain.events.envelope import CaseEvent
from domain.events.fields import HealthText, Narrative, OrganisationName, PersonRef, RoleName
from domain.events.special_category import refuse_standard
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.voice import (
    AdvocateKind,
    CapacityOutcome,
    OutcomesAchieved,
    OutcomesAsked,
    ToldBy,
)


class CapacityConsidered(CaseEvent):
    """Whether a person could take one decision was considered at `occurred_at`.

    It holds for that decision and that time alone, and is never carried over to another. At least
    restricted, never standard.
    """

    SUMMARY = "A person's capacity to take a decision was considered."
    ACCOUNT = ("basis",)
    STREAMS = FILES

    person: PersonRef
    decision: Narrative
    """The decision that was to be taken, such as whether to let the home be cleared."""
    outcome: CapacityOutcome
    basis: HealthText
    """What the outcome rests on."""
    executive_concern: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether the person may be unable to carry out what they decide."""
    representative: Representative | None = None
    """Who decides for the person."""
    supported_by: AdvocateKind | None = None
    """Who supported a person that lacks capacity."""
    assessed_by: RoleName

    @model_validator(mode="after")
    def _is_restricted(self) -> Self:
        refuse_standard(self.sensitivity)
        return self

    @override
    def headline(self) -> str:
        return f"Capacity considered: {self.outcome.label.lower()}"


class DesiredOutcomesRecorded(CaseEvent):
    """What a person wants to come of it, or that they were not asked; the latest record holds."""

    SUMMARY = "What the person wants to come of it was recorded."
    ACCOUNT = ("reason_not_asked",)

    person: PersonRef | None = None
    asked: OutcomesAsked
    outcomes: Annotated[tuple[Narrative, ...], Field(max_length=100)] = ()
    """Each in the person's own words as far as may be."""
    told_by: ToldBy = ToldBy.UNKNOWN
    representative: Representative | None = None
    reason_not_asked: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Desired outcomes: {self.asked.label.lower()}"


class OutcomeFeedbackRecorded(CaseEvent):
    """What a person makes of what was done, asked about the time the case closes.

    `achieved` is about the outcomes that they had expressed; `occurred_at` is when they were asked.
    """

    SUMMARY = "What the person makes of the outcome was recorded."
    ACCOUNT = ("experience",)

    person: PersonRef | None = None
    achieved: OutcomesAchieved
    safer: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether the person feels safer."""
    experience: Narrative | None = None
    told_by: ToldBy = ToldBy.UNKNOWN
    representative: Representative | None = None

    @override
    def headline(self) -> str:
        safer = {YesNoUnknown.YES: ", feels safer", YesNoUnknown.NO: ", does not feel safer"}
        return f"Outcomes {self.achieved.label.lower()}{safer.get(self.safer, '')}"


class AdvocateInvolved(CaseEvent):
    """Someone supports a person in being heard, from a day on."""

    SUMMARY = "An advocate became involved."
    STREAMS = FILES

    person: PersonRef | None = None
    """Whom the advocate supports."""
    kind: AdvocateKind
    advocate: PersonRef | None = None
    organisation: OrganisationName | None = None
    since: Day

    @override
    def headline(self) -> str:
        return f"Advocate involved: {self.kind.label}"
