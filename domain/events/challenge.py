"""Group e: professional challenge, stage by stage, and what stands in the way of safeguarding."""

from typing import Annotated

from pydantic import Field, StrictInt
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Flag, ItemId, Narrative, RoleName
from domain.streams import CASES_AND_AUTHORITIES
from domain.times import Day
from domain.vocabulary.challenge import (
    BarrierCode,
    EscalationGround,
    EscalationOutcome,
    EscalationSubject,
)
from domain.vocabulary.consent import Agency

FIRST_STAGE = 1
LAST_STAGE = 4
Stage = Annotated[StrictInt, Field(ge=FIRST_STAGE, le=LAST_STAGE)]
"""How high a challenge has gone: from worker to worker, 1, up to the heads of the agencies, 4."""


class EscalationRaised(CaseEvent):
    """The landlord challenged another organisation, at a stage, and asked for an answer.

    Stages come in order: a stage waits for the one before it over the same matter, unless someone
    is in immediate danger.
    """

    SUMMARY = "Another organisation was challenged, at a stage of escalation."
    ACCOUNT = ("case_put",)
    STREAMS = CASES_AND_AUTHORITIES
    BEGINS = "escalation_id"

    escalation_id: ItemId
    """The reference of this stage, by which the answer names it."""
    about: EscalationSubject
    about_ref: ItemId | None = None
    """The referral, meeting or decision, where it has a reference."""
    stage: Stage
    ground: EscalationGround
    to: RoleName
    """The post that was written to."""
    agency: Agency | None = None
    """The kind of organisation it belongs to."""
    response_due: Day
    immediate_danger: Flag = False
    """Whether someone is in immediate danger, so that stages may be left out."""
    case_put: Narrative | None = None
    """What the landlord holds against it."""

    @override
    def headline(self) -> str:
        which = f" {self.about_ref}" if self.about_ref else ""
        danger = ", immediate danger" if self.immediate_danger else ""
        return (
            f"Escalation {self.escalation_id}, stage {self.stage} "
            f"({self.about.label.lower()}{which}): {self.ground.label.lower()}{danger}; "
            f"answer due {self.response_due}"
        )


class EscalationResponded(CaseEvent):
    """The organisation answered a challenge; whether that settles it is the landlord's view."""

    SUMMARY = "A challenge was answered."
    ACCOUNT = ("response",)
    STREAMS = CASES_AND_AUTHORITIES
    BUILDS_ON = EscalationRaised

    escalation_id: ItemId
    outcome: EscalationOutcome
    resolved: Flag
    """Whether the landlord leaves it at that."""
    response: Narrative | None = None
    """What they said."""

    @override
    def headline(self) -> str:
        end = "resolved" if self.resolved else "not resolved"
        return f"Escalation {self.escalation_id} answered: {self.outcome.label.lower()}; {end}"


class BarrierEncountered(CaseEvent):
    """Something stood in the way of raising, referring or dealing with a concern.

    An `attitude` is to be reported in numbers only. What happened is the envelope's `narrative`.
    """

    SUMMARY = "A barrier to safeguarding was met."
    STREAMS = CASES_AND_AUTHORITIES

    code: BarrierCode
    agency: Agency | None = None
    """Where the barrier lies; left out where it lies with nobody in particular."""
    earlier_referral: ItemId | None = None
    """The referral whose answer is now the barrier; it may be one of another case."""

    @override
    def headline(self) -> str:
        where = f" ({self.agency.label})" if self.agency else ""
        return f"Barrier met{where}: {self.code.label[0].lower()}{self.code.label[1:]}"
