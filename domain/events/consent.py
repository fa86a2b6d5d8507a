"""Group c: what the person agreed to, when it was overridden, what they were told of it."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Flag, Narrative, Part, PersonRef, StaffName, missing
from domain.streams import FILES
from domain.vocabulary.consent import ConsentScope, ConsentState, InformedAbout, OverrideGround
from domain.vocabulary.voice import RepresentativeKind
from domain.vocabulary.vulnerability import ContactMethod


class Representative(Part):
    """Who speaks or decides for a person, and by what right."""

    kind: RepresentativeKind
    person: PersonRef | None = None


class ConsentDecisionRecorded(CaseEvent):
    """Where a person stands on consent; the latest per scope holds, never for the past."""

    SUMMARY = "A decision about consent was recorded."
    ACCOUNT = ("reason_not_sought",)
    STREAMS = FILES

    scope: ConsentScope
    person: PersonRef | None = None
    """Whose decision it is."""
    state: ConsentState
    sought_by: StaffName
    how: ContactMethod | None = None
    reason_not_sought: Narrative | None = None
    """Needed where `state` is `not-sought`."""
    representative: Representative | None = None
    """Who decided for the person, where `state` is `via-representative`."""

    @model_validator(mode="after")
    def _says_why_not_sought(self) -> Self:
        if self.state is ConsentState.NOT_SOUGHT and self.reason_not_sought is None:
            raise missing("reason_not_sought", "when consent was not sought")
        return self

    @override
    def headline(self) -> str:
        return f"Consent ({self.scope.label.lower()}): {self.state.label.lower()}"


class ConsentOverridden(CaseEvent):
    """Someone decided to act without consent, on stated grounds, weighing the risk of doing so.

    Where capacity is a ground it rests on a `CapacityConsidered`, of the same person if it names
    one; where staff are implicated, on a `StaffAllegationRaised`.
    """

    SUMMARY = "A decision was made to act without consent."
    ACCOUNT = ("rationale",)
    STREAMS = FILES

    scope: ConsentScope
    person: PersonRef | None = None
    """Whose refusal or lack of consent; None where everyone's in the scope."""
    grounds: Annotated[tuple[OverrideGround, ...], Field(min_length=1, max_length=100)]
    rationale: Narrative
    decider: StaffName
    dissenting_view: Narrative | None = None
    risk_of_sharing: Narrative
    """What acting without consent may itself put at risk."""

    @override
    def headline(self) -> str:
        grounds = "; ".join(ground.label.lower() for ground in self.grounds)
        return f"Consent overridden ({self.scope.label.lower()}): {grounds}"


class PersonInformed(CaseEvent):
    """A person was told what was done about them, or was not, and why not."""

    SUMMARY = "A person was told what was being done, or it was said why not."
    ACCOUNT = ("not_informed_reason",)
    STREAMS = FILES

    person: PersonRef | None = None
    about: InformedAbout
    informed: Flag
    not_informed_reason: Narrative | None = None
    """Needed where `informed` is false."""
    method: ContactMethod | None = None

    @model_validator(mode="after")
    def _says_why_not_informed(self) -> Self:
        if not self.informed and self.not_informed_reason is None:
            raise missing("not_informed_reason", "when the person was not informed")
        return self

    @override
    def headline(self) -> str:
        outcome = "Person informed" if self.informed else "Person not informed"
        return f"{outcome}: {self.about.label.lower()}"
