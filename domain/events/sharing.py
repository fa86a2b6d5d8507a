"""Group c: advice sought, and information asked for, shared and received."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    EventRef,
    Flag,
    ItemId,
    Narrative,
    Part,
    PersonRef,
    RoleName,
    StaffName,
    missing,
)
from domain.personal import Personal
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.consent import (
    Agency,
    Direction,
    LegalBasis,
    OnwardSharing,
    SharingMethod,
)
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.record import PersonalClass

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


class AdviceSought(CaseEvent):
    """Another agency was asked what to do, perhaps without saying whom it is about.

    Where identities were not disclosed the event itself names nobody: it has no `subjects`, no
    `person` and no `property_ref`.
    """

    SUMMARY = "Advice was sought from another agency."
    ACCOUNT = ("advice", "question")

    from_agency: Agency
    identities_disclosed: Flag
    person: PersonRef | None = None
    """Whom it is about, where that was disclosed."""
    question: Narrative
    advice: Narrative | None = None
    refer_advised: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether the advice was to refer."""

    @model_validator(mode="after")
    def _names_nobody_unless_disclosed(self) -> Self:
        named = self.subjects or self.person is not None or self.property_ref is not None
        if named and not self.identities_disclosed:
            raise PydanticCustomError(
                "identities-not-disclosed",
                "subjects, person and property_ref are left out where identities were not "
                "disclosed",
            )
        return self

    @override
    def headline(self) -> str:
        naming = "naming those concerned" if self.identities_disclosed else "naming nobody"
        return f"Advice sought ({self.from_agency.label}), {naming}"


class InformationRequested(CaseEvent):
    """The landlord asked another agency for information, or was asked for it.

    What answers it names it by `request_id`.
    """

    SUMMARY = "Information was asked for."
    STREAMS = FILES
    BEGINS = "request_id"

    request_id: ItemId
    """Its reference within the case, by which its answers name it."""
    direction: Direction
    party: Agency
    """Who asked the landlord, or was asked by it."""
    party_role: RoleName | None = None
    items: Annotated[tuple[SharedItem, ...], Field(min_length=1, max_length=100)]
    due: Day
    """The day by which an answer is expected."""
    legal_basis: LegalBasis | None = None
    """Needed where the landlord asks; whoever asks the landlord may have named none."""

    @model_validator(mode="after")
    def _says_on_what_basis_we_ask(self) -> Self:
        if self.direction is Direction.OUTBOUND and self.legal_basis is None:
            raise missing("legal_basis", "where the landlord asks for information")
        return self

    @override
    def headline(self) -> str:
        way = "by" if self.direction is Direction.INBOUND else "from"
        return (
            f"Information request {self.request_id}: asked for {way} {self.party.label}, "
            f"due {self.due}"
        )


class Recipient(Part):
    """Who received information: the kind of agency, and the post within it."""

    agency: Agency
    role: RoleName


class InformationShared(CaseEvent):
    """The listed items, and nothing else, were given to one recipient.

    It rests on a consent decision or on an override, named by `consent_ref` or `override_ref`;
    where a child is at risk it needs neither.
    """

    SUMMARY = "Information was shared with another agency."
    STREAMS = FILES

    recipient: Recipient
    items: Annotated[tuple[SharedItem, ...], Field(min_length=1, max_length=100)]
    legal_basis: LegalBasis
    consent_ref: EventRef | None = None
    """The consent it rests on; this or `override_ref`, unless a subject is a child at risk."""
    override_ref: EventRef | None = None
    """The override it rests on where there is no consent."""
    method: SharingMethod
    request_id: ItemId | None = None
    """The request that it answers, as far as known."""
    sealed_items: Flag = False
    """Whether any item comes from what is sealed."""
    released_by: StaffName | None = None
    """The designated safeguarding officer who released it; needed for sealed items."""

    @model_validator(mode="after")
    def _rests_on_consent_or_override(self) -> Self:
        child = any(subject.role is PersonRole.CHILD_AT_RISK for subject in self.subjects)
        if not child and self.consent_ref is None and self.override_ref is None:
            raise missing("consent_ref or override_ref", "unless a subject is a child at risk")
        return self

    @model_validator(mode="after")
    def _says_who_released_what_is_sealed(self) -> Self:
        if self.sealed_items and self.released_by is None:
            raise missing("released_by", "to share what is sealed")
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
    from_role: RoleName | None = None
    method: SharingMethod | None = None
    request_id: ItemId | None = None
    """The request that it answers, as far as known."""

    @override
    def headline(self) -> str:
        news = "new to us" if self.new_to_us else "already known"
        return f"Information received ({self.from_agency.label}), {news}"
