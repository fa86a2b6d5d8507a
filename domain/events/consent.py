"""Group c: what the person agreed to, when it was overridden, what was shared and received."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    EventRef,
    Flag,
    Narrative,
    Part,
    PersonRef,
    RoleName,
    StaffName,
    missing,
)
from domain.personal import Personal
from domain.streams import FILES
from domain.vocabulary.consent import (
    Agency,
    ConsentScope,
    ConsentState,
    InformedAbout,
    LegalBasis,
    OnwardSharing,
    OverrideGround,
    SharingMethod,
)
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.vulnerability import ContactMethod

SharedItem = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    Personal(PersonalClass.NARRATIVE),
]
Topic = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Personal(PersonalClass.NARRATIVE),
]


class ConsentDecisionRecorded(CaseEvent):
    """Where a person stands on consent; the latest per scope holds, never for the past."""

    SUMMARY = "A decision about consent was recorded."
    ACCOUNT = ("reason_not_sought",)

    scope: ConsentScope
    person: PersonRef | None = None
    """Whose decision it is."""
    state: ConsentState
    sought_by: StaffName
    how: ContactMethod | None = None
    reason_not_sought: Narrative | None = None
    """Needed where `state` is `not-sought`."""

    @model_validator(mode="after")
    def _says_why_not_sought(self) -> Self:
        if self.state is ConsentState.NOT_SOUGHT and self.reason_not_sought is None:
            raise missing("reason_not_sought", "when consent was not sought")
        return self

    @override
    def headline(self) -> str:
        return f"Consent ({self.scope.label.lower()}): {self.state.label.lower()}"


class ConsentOverridden(CaseEvent):
    """Someone decided to act without consent, on stated grounds, weighing the risk of doing so."""

    SUMMARY = "A decision was made to act without consent."
    ACCOUNT = ("rationale",)

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


class Recipient(Part):
    """Who received information: the kind of agency, and the post within it."""

    agency: Agency
    role: RoleName


class InformationShared(CaseEvent):
    """The listed items, and nothing else, were given to one recipient.

    It rests on a consent decision or on an override, named by `consent_ref` or `override_ref`.
    """

    SUMMARY = "Information was shared with another agency."

    recipient: Recipient
    items: Annotated[tuple[SharedItem, ...], Field(min_length=1, max_length=100)]
    legal_basis: LegalBasis
    consent_ref: EventRef | None = None
    """The consent it rests on; this or `override_ref` is needed."""
    override_ref: EventRef | None = None
    """The override it rests on; this or `consent_ref` is needed."""
    method: SharingMethod

    @model_validator(mode="after")
    def _rests_on_consent_or_override(self) -> Self:
        if self.consent_ref is None and self.override_ref is None:
            raise missing("consent_ref or override_ref", "to share information")
        return self

    @override
    def headline(self) -> str:
        count = len(self.items)
        noun = "item" if count == 1 else "items"
        return f"Information shared ({self.recipient.agency.label}): {count} {noun}"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return tuple(ref for ref in (self.consent_ref, self.override_ref) if ref is not None)


class InformationReceived(CaseEvent):
    """Another agency told the landlord something.

    The envelope's `occurred_at` is when the underlying fact happened, `known_at` when the landlord
    was told; what was said is the envelope's `narrative`.
    """

    SUMMARY = "Another agency told the landlord something."
    ACCOUNT = ("narrative", "topic")
    STREAMS = FILES

    from_agency: Agency
    topic: Topic
    new_to_us: Flag
    onward_sharing: OnwardSharing

    @override
    def headline(self) -> str:
        news = "new to us" if self.new_to_us else "already known"
        return f"Information received ({self.from_agency.label}), {news}"
