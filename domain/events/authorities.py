"""A local authority the landlord works with: what it wants, whom to turn to, where it meets."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    Count,
    DocumentName,
    Flag,
    ItemId,
    Narrative,
    OrganisationName,
    RoleName,
    StaffName,
)
from domain.events.validity import Agreement
from domain.personal import NotPersonal, Personal
from domain.streams import AUTHORITIES
from domain.times import Day
from domain.vocabulary.meetings import Forum
from domain.vocabulary.organisation import SeatBasis, ThresholdMode
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.referral import ChaseMethod, ReferralRoute

OfficeHours = Annotated[
    str, StringConstraints(min_length=1, max_length=200), NotPersonal("an office's hours")
]
ContactName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Personal(PersonalClass.IDENTITY, whose="contact_id"),
]
ContactAddress = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Personal(PersonalClass.LOCATION, whose="contact_id"),
]
"""How to reach a professional: a telephone number or an address."""


class ThresholdPolicyAdopted(Agreement):
    """Which concerns an authority wants referred. Decisions are stamped with the version."""

    SUMMARY = "A policy on what to refer to an authority was adopted."
    STREAMS = AUTHORITIES
    BEGINS = "policy_version"

    mode: ThresholdMode
    policy_source: DocumentName
    """The document it stands in."""
    policy_version: ItemId
    """The reference of this version; no other version of the authority's has it."""

    @override
    def headline(self) -> str:
        return (
            f"Threshold policy {self.policy_version} adopted: {self.mode.label.lower()}, "
            f"from {self.valid_from}"
        )


class FeedbackAgreementMade(Agreement):
    """Who at an authority tells referrers what became of a referral, how, and by when.

    Its days go before those that the rules on feedback have by default.
    """

    SUMMARY = "An authority agreed how it tells referrers what became of a referral."
    STREAMS = AUTHORITIES
    BEGINS = "agreement_version"

    who: RoleName
    """Who tells."""
    how: ChaseMethod
    """How they tell."""
    acknowledgement_days: Count | None = None
    """Working days until a referral is acknowledged."""
    decision_days: Count | None = None
    """Working days until a decision is known."""
    feedback_days: Count | None = None
    """Working days until it is known whether risk was assessed and mitigated."""
    agreement_version: ItemId
    """The reference of this version; no other version of the authority's has it."""

    @override
    def headline(self) -> str:
        return (
            f"Feedback agreement {self.agreement_version} made ({self.how.label.lower()}), "
            f"from {self.valid_from}"
        )


class AuthorityContactRecorded(CaseEvent):
    """Where to turn at an authority or a partner in its area, for one route."""

    SUMMARY = "A contact at an authority was recorded."
    STREAMS = AUTHORITIES
    BEGINS = "contact_id"

    contact_id: ItemId
    role: RoleName
    organisation: OrganisationName
    route: ReferralRoute
    """For which referrals."""
    name: ContactName | None = None
    phone: ContactAddress | None = None
    email: ContactAddress | None = None
    hours: OfficeHours | None = None

    @override
    def headline(self) -> str:
        return f"Contact {self.contact_id} recorded: {self.organisation}, for {self.route.label}"


class AuthorityContactEnded(CaseEvent):
    """A contact is no longer to be used."""

    SUMMARY = "A contact at an authority is no longer to be used."
    ACCOUNT = ("reason",)
    STREAMS = AUTHORITIES
    BUILDS_ON = AuthorityContactRecorded

    contact_id: ItemId
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Contact {self.contact_id} ended"


class ForumSeatRecorded(CaseEvent):
    """A forum in the authority's area, and on what footing the landlord sits in it, if at all."""

    SUMMARY = "The landlord's seat in a forum was recorded."
    STREAMS = AUTHORITIES
    BEGINS = "forum_id"

    forum_id: ItemId
    forum: Forum
    seat_basis: SeatBasis
    representative: StaffName | None = None
    """Who goes for the landlord."""

    @override
    def headline(self) -> str:
        return f"{self.forum.label} ({self.forum_id}): {self.seat_basis.label.lower()}"


class ForumSeatEnded(CaseEvent):
    """The landlord sits in the forum no more, or the forum is no more."""

    SUMMARY = "The landlord's seat in a forum ended."
    ACCOUNT = ("reason",)
    STREAMS = AUTHORITIES
    BUILDS_ON = ForumSeatRecorded

    forum_id: ItemId
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Seat in forum {self.forum_id} ended"


class ForumMeetingAttended(CaseEvent):
    """A forum met, and the landlord was there or was not."""

    SUMMARY = "A forum met, with the landlord or without."
    STREAMS = AUTHORITIES
    BUILDS_ON = ForumSeatRecorded

    forum_id: ItemId
    held_on: Day
    attended: Flag
    apologies: Flag = False
    """Whether the landlord, absent, had sent its apologies."""
    papers: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether its papers reached the landlord; the papers themselves are `evidence`."""

    @model_validator(mode="after")
    def _there_or_not(self) -> Self:
        if self.attended and self.apologies:
            raise PydanticCustomError("attended", "apologies were sent, yet attended is true")
        return self

    @override
    def headline(self) -> str:
        absent = "sent apologies" if self.apologies else "absent"
        place = "attended" if self.attended else absent
        return f"Forum {self.forum_id} met on {self.held_on}: {place}"
