"""Group b: who is part of a case, in which role, how to reach them, what puts them at risk."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    EventRef,
    Flag,
    Narrative,
    Part,
    PersonRef,
    RoleName,
    not_restricted,
)
from domain.latest import period_end
from domain.personal import Personal
from domain.streams import FILES
from domain.times import Day, in_london
from domain.vocabulary.people import (
    Involvement,
    PersonRole,
    PersonType,
    TenureRole,
    YesNoUnknown,
)
from domain.vocabulary.record import PersonalClass, Sensitivity
from domain.vocabulary.vulnerability import (
    Amplifier,
    ContactMethod,
    EscapeBarrier,
    SupportReason,
    VulnerabilityCause,
    VulnerabilityType,
)

PersonName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Personal(PersonalClass.IDENTITY, whose="person"),
]
PersonDescription = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    Personal(PersonalClass.IDENTITY, whose="person"),
]
Language = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100),
    Personal(PersonalClass.IDENTITY, whose="person"),
]
SafeTimes = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Personal(PersonalClass.LOCATION, whose="person"),
]
BirthDay = Annotated[Day, Personal(PersonalClass.IDENTITY, whose="person")]
DeathDay = Annotated[Day, Personal(PersonalClass.IDENTITY, whose="person")]
ContactAddress = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Personal(PersonalClass.LOCATION, whose="person"),
]
Instruction = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Personal(PersonalClass.HEALTH, whose="person"),
]
HealthReason = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20_000),
    Personal(PersonalClass.HEALTH, whose="person"),
]


class PersonInvolved(CaseEvent):
    """A person is part of the case in a role; one person may hold several roles."""

    SUMMARY = "A person became part of the case."
    ACCOUNT = ("unidentified_description",)
    STREAMS = FILES

    person: PersonRef
    role: PersonRole
    person_type: PersonType
    tenure_role: TenureRole | None = None
    known_to_social_care: YesNoUnknown = YesNoUnknown.UNKNOWN
    name: PersonName | None = None
    unidentified_description: PersonDescription | None = None
    """What is known of someone whose identity is not, such as a perpetrator who got away."""
    date_of_birth: BirthDay | None = None
    date_of_death: DeathDay | None = None
    """The day on which the person died, no later than this happened; absent of the living and
    where it is not known."""
    involvement: Involvement | None = None
    """How far the person has a part in what is decided about them."""
    not_involved_reason: Narrative | None = None

    @model_validator(mode="after")
    def _lived_before_dying(self) -> Self:
        if self.date_of_death is None:
            return self
        if self.date_of_birth is not None and self.date_of_death < self.date_of_birth:
            raise PydanticCustomError("invalid-death", "date_of_death lies before date_of_birth")
        if self.date_of_death > in_london(period_end(self)).date():
            raise PydanticCustomError("invalid-death", "date_of_death lies after this happened")
        return self

    @override
    def headline(self) -> str:
        return f"Person involved: {self.role.label.lower()}"


class PersonRoleChanged(CaseEvent):
    """A person is now seen in another role. Earlier events keep the role they gave."""

    SUMMARY = "A person's role in the case changed."
    ACCOUNT = ("reason",)
    STREAMS = FILES

    person: PersonRef
    from_: Annotated[PersonRole, Field(alias="from")]
    to: PersonRole
    reason: Narrative
    evidence_events: Annotated[tuple[EventRef, ...], Field(max_length=100)] = ()

    @override
    def headline(self) -> str:
        return f"Role changed from {self.from_.label.lower()} to {self.to.label.lower()}"


class ContactPoint(Part):
    """Where a person can be reached in one way, such as a phone number."""

    method: ContactMethod
    address: ContactAddress


class CommunicationPreferenceRecorded(CaseEvent):
    """How a person wants to be reached, and what is safe; the latest record holds.

    An empty `safe_channels` says that no channel is known to be safe.
    """

    SUMMARY = "How to reach a person safely was recorded."
    STREAMS = FILES

    person: PersonRef
    method: ContactMethod
    language: Language | None = None
    interpreter: YesNoUnknown = YesNoUnknown.UNKNOWN
    safe_channels: Annotated[tuple[ContactMethod, ...], Field(max_length=100)]
    unsafe_channels: Annotated[tuple[ContactMethod, ...], Field(max_length=100)] = ()
    safe_times: SafeTimes | None = None
    written_ineffective: Flag = False
    """Letters and messages are known not to get through to the person."""
    contact_points: Annotated[tuple[ContactPoint, ...], Field(max_length=100)] = ()
    """Where the person can be reached; two who share one may hear what is meant for the other."""

    @override
    def headline(self) -> str:
        return f"Communication preference recorded: {self.method.label.lower()}"


class VulnerabilityRecorded(CaseEvent):
    """A person is vulnerable in some way since a day; at least restricted, never standard.

    `minimal_instruction` is what a visitor needs to do or avoid, never a diagnosis.
    """

    SUMMARY = "Something that puts a person at risk was recorded."
    ACCOUNT = ("minimal_instruction",)
    STREAMS = FILES

    person: PersonRef
    vulnerability_type: VulnerabilityType
    amplifiers: Annotated[tuple[Amplifier, ...], Field(max_length=100)] = ()
    since: Day
    information_source: RoleName
    minimal_instruction: Instruction | None = None
    causes: Annotated[tuple[VulnerabilityCause, ...], Field(max_length=100)] = ()
    """What it comes from, which may lie outside the person."""
    escape_barriers: Annotated[tuple[EscapeBarrier, ...], Field(max_length=100)] = ()
    """Why the person cannot get away from harm."""
    primary_support_reason: SupportReason | None = None

    @model_validator(mode="after")
    def _is_restricted(self) -> Self:
        if self.sensitivity is Sensitivity.STANDARD:
            raise not_restricted()
        return self

    @override
    def headline(self) -> str:
        return f"Vulnerability recorded: {self.vulnerability_type.label.lower()}"


class VulnerabilityEnded(CaseEvent):
    """A person is no longer vulnerable in this way; at least restricted, never standard.

    May come without a record of the beginning. It does not end what began on a later day.
    """

    SUMMARY = "Something that put a person at risk came to an end."
    ACCOUNT = ("reason",)
    STREAMS = FILES

    person: PersonRef
    vulnerability_type: VulnerabilityType
    until: Day
    information_source: RoleName | None = None
    reason: HealthReason | None = None

    @model_validator(mode="after")
    def _is_restricted(self) -> Self:
        if self.sensitivity is Sensitivity.STANDARD:
            raise not_restricted()
        return self

    @override
    def headline(self) -> str:
        return f"Vulnerability ended: {self.vulnerability_type.label.lower()}"
