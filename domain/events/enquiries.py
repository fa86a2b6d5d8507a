"""Group f: enquiries, asked of the landlord or made by others, and allegations against staff."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import ItemId, Narrative, RoleName, not_restricted
from domain.personal import Personal
from domain.times import Day
from domain.vocabulary.consent import Agency
from domain.vocabulary.enquiry import (
    AllegationReferral,
    EnquiryCapacity,
    EnquiryRiskResult,
    StaffRelation,
)
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass, Sensitivity
from domain.vocabulary.referral import EnquiryType
from domain.vocabulary.safeguarding import RiskOutcome

SubjectStaff = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"),
    Personal(PersonalClass.IDENTITY, whose="subject_staff"),
]
"""The member of staff whom an allegation is against, by name or staff number."""

Allegation = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20_000),
    Personal(PersonalClass.OFFENCE, whose="subject_staff"),
]


class EnquiryRequested(CaseEvent):
    """An authority asked the landlord to make a safeguarding enquiry of its own."""

    SUMMARY = "The landlord was asked to make an enquiry."
    ACCOUNT = ("scope",)
    BEGINS = "enquiry_id"

    enquiry_id: ItemId
    """Its reference within the case, by which its report and its outcome name it."""
    referral_id: ItemId | None = None
    """The referral that led to it."""
    requested_by: Agency = Agency.UNKNOWN
    scope: Narrative
    """What is to be found out."""
    due: Day
    report_to: RoleName
    """The post that the report goes to."""
    support: Narrative | None = None
    """What help the authority offers with it."""
    conflict_of_interest: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether the landlord would be enquiring into itself; unknown until it has been checked."""

    @override
    def headline(self) -> str:
        conflict = self.conflict_of_interest is YesNoUnknown.YES
        return (
            f"Enquiry {self.enquiry_id} asked for by {self.requested_by.label}, due {self.due}"
            f"{'; conflict of interest' if conflict else ''}"
        )


class EnquiryReported(CaseEvent):
    """The landlord reported what the enquiry it was asked for had found."""

    SUMMARY = "The landlord reported on an enquiry it was asked to make."
    ACCOUNT = ("findings", "recommendation")
    BUILDS_ON = EnquiryRequested

    enquiry_id: ItemId
    findings: Narrative
    recommendation: Narrative

    @override
    def headline(self) -> str:
        return f"Enquiry {self.enquiry_id} reported"


class EnquiryOutcomeReceived(CaseEvent):
    """The landlord was told what an enquiry came to, its own or one the authority made itself."""

    SUMMARY = "The outcome of an enquiry was received."

    enquiry_id: ItemId
    """Its reference; that of an `EnquiryRequested` only where the landlord was asked for it."""
    referral_id: ItemId | None = None
    """The referral that led to it."""
    enquiry_type: EnquiryType | None = None
    risk_result: EnquiryRiskResult
    risk_outcome: RiskOutcome | None = None
    """What became of the risk; left out where none was identified, or that is not known."""
    capacity: EnquiryCapacity | None = None
    """Whether the person lacked capacity, where the landlord was told; such an event is never
    `standard`."""
    supported: YesNoUnknown | None = None
    """Whether someone who lacked capacity had an advocate, family or friend to support them."""

    @model_validator(mode="after")
    def _is_restricted(self) -> Self:
        if self.capacity is not None and self.sensitivity is Sensitivity.STANDARD:
            raise not_restricted()
        return self

    @override
    def headline(self) -> str:
        outcome = f"; {self.risk_outcome.label.lower()}" if self.risk_outcome else ""
        return f"Outcome of enquiry {self.enquiry_id}: {self.risk_result.label.lower()}{outcome}"


class StaffAllegationRaised(CaseEvent):
    """Someone who works for the landlord, or on its behalf, is said to have caused harm.

    Always sealed: the person concerned and those they report to must not see it.
    """

    SUMMARY = "An allegation was made against a member of staff."
    ACCOUNT = ("allegation",)

    subject_staff: SubjectStaff
    relation: StaffRelation
    """What they are to the landlord; agency workers and contractors count as staff."""
    referred_to: Annotated[tuple[AllegationReferral, ...], Field(max_length=100)] = ()
    allegation: Allegation | None = None

    @model_validator(mode="after")
    def _is_sealed(self) -> Self:
        if self.sensitivity is not Sensitivity.SEALED:
            raise PydanticCustomError("not-sealed", "an allegation against staff must be sealed")
        return self

    @override
    def headline(self) -> str:
        told = "; ".join(each.label for each in self.referred_to) or "nobody yet"
        return f"Allegation against staff ({self.relation.label.lower()}), referred to: {told}"
