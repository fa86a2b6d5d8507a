"""Who may do what: roles, cases granted for a review, conflicts, restrictions, emergencies.

No other system may record these: they decide who sees what the others recorded.
"""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.fields import (
    AuthorityRef,
    CaseRef,
    ItemId,
    Narrative,
    PersonRef,
    Principal,
    StaffName,
    SystemUri,
    missing,
)
from domain.personal import Personal
from domain.streams import CASES, LANDLORD, StreamKind, stream_kind
from domain.times import Day, Timestamp
from domain.vocabulary.access import (
    WITH_A_UNIT,
    ConflictGround,
    GlassFinding,
    GlassGround,
    RestrictionGround,
    Role,
)
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose


class _ByService(CaseEvent):
    BY_SERVICE = True


class RoleGranted(_ByService):
    """Someone may act in a role from the moment it is recorded, until it is revoked or runs out.

    A person may hold several, a system that publishes only the one.
    """

    SUMMARY = "A role was granted."
    ACCOUNT = ("reason",)
    STREAMS = LANDLORD
    BEGINS = "grant_id"

    grant_id: ItemId
    principal: Principal
    role: Role
    staff: StaffName | None = None
    """How cases name the person, such as the lead of one; a system has none."""
    areas: Annotated[tuple[AuthorityRef, ...], Field(max_length=400)] = ()
    """The authorities whose cases are theirs to answer for; left out, all of them. Only officers,
    safeguarding officers and managers answer for some alone."""
    publishes: SystemUri | None = None
    """The one source whose events a system may publish."""
    valid_until: Timestamp | None = None
    """When it runs out; left out, only by being revoked."""
    approved_by: StaffName
    """Who agreed to it: someone else than who records it."""
    reason: Narrative | None = None

    @model_validator(mode="after")
    def _fits_its_role(self) -> Self:
        if self.role is Role.UPSTREAM:
            if self.publishes is None:
                raise missing("publishes", "where the role is upstream")
            if self.publishes == OWN_SOURCE:
                raise PydanticCustomError("own-source", "publishes names this service itself")
            if self.staff is not None or self.areas:
                raise PydanticCustomError("not-a-person", "a system has neither staff nor areas")
        elif self.publishes is not None:
            raise PydanticCustomError("not-a-system", "only the role upstream publishes a source")
        elif self.staff is None:
            raise missing("staff", "where the role is a person's")
        elif self.areas and self.role not in WITH_A_UNIT:
            raise PydanticCustomError("not-by-area", "this role is granted for all areas alike")
        if self.approved_by in (self.actor.id, self.staff):
            raise PydanticCustomError(
                "not-two-people", "approved_by names who records it, or whom it is for"
            )
        return self

    @override
    def headline(self) -> str:
        until = f" until {self.valid_until:%Y-%m-%d %H:%M} UTC" if self.valid_until else ""
        return f"Granted to {self.staff or self.publishes}: {self.role.label.lower()}{until}"


class RoleRevoked(_ByService):
    """A grant counts no more, from the moment this is recorded."""

    SUMMARY = "A role was revoked."
    ACCOUNT = ("reason",)
    STREAMS = LANDLORD
    BUILDS_ON = RoleGranted

    grant_id: ItemId
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Grant {self.grant_id} revoked"


class ReviewAccessGranted(_ByService):
    """A reviewer may read some cases, or some days of them, for a purpose and a time."""

    SUMMARY = "Cases were granted to a reviewer."
    ACCOUNT = ("reason",)
    STREAMS = LANDLORD
    BEGINS = "review_grant_id"

    review_grant_id: ItemId
    principal: Principal
    cases: Annotated[tuple[CaseRef, ...], Field(min_length=1, max_length=500)]
    scope_from: Day | None = None
    """The first day of what happened that may be read; left out, from the beginning."""
    scope_to: Day | None = None
    """The last day of what happened that may be read; left out, up to the latest."""
    valid_until: Timestamp
    """When it runs out."""
    why: AccessPurpose
    approved_by: StaffName
    """Who agreed to it: someone else than who records it."""
    reason: Narrative | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.scope_from and self.scope_to and self.scope_to < self.scope_from:
            raise PydanticCustomError("invalid-range", "scope_to lies before scope_from")
        if self.approved_by == self.actor.id:
            raise PydanticCustomError("not-two-people", "approved_by names who records it")
        return self

    @override
    def headline(self) -> str:
        cases = "1 case" if len(self.cases) == 1 else f"{len(self.cases)} cases"
        return (
            f"Granted for {self.why.label.lower()}: {cases}, "
            f"until {self.valid_until:%Y-%m-%d %H:%M} UTC"
        )


class ReviewAccessRevoked(_ByService):
    """A reviewer may read what was granted no more, from the moment this is recorded."""

    SUMMARY = "What was granted to a reviewer was revoked."
    ACCOUNT = ("reason",)
    STREAMS = LANDLORD
    BUILDS_ON = ReviewAccessGranted

    review_grant_id: ItemId
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Grant {self.review_grant_id} to a reviewer revoked"


class ConflictDeclared(_ByService):
    """Someone who works for the landlord may have nothing to do with this case; or, on the
    landlord's own stream, with any case about a person."""

    SUMMARY = "A conflict of interest was declared."
    ACCOUNT = ("reason",)
    STREAMS = CASES | LANDLORD
    BEGINS = "conflict_id"

    conflict_id: ItemId
    staff: StaffName
    ground: ConflictGround
    person: PersonRef | None = None
    """With whom; needed on the landlord's stream."""
    reason: Narrative | None = None

    @model_validator(mode="after")
    def _names_a_person_where_no_case_does(self) -> Self:
        if self.person is None and stream_kind(self.case_ref) is not StreamKind.CASE:
            raise missing("person", "on the landlord's stream")
        return self

    @override
    def headline(self) -> str:
        return f"Conflict of interest of {self.staff}: {self.ground.label.lower()}"


class ConflictEnded(_ByService):
    """A conflict of interest was declared by mistake, or is over."""

    SUMMARY = "A conflict of interest ended."
    ACCOUNT = ("reason",)
    STREAMS = CASES | LANDLORD
    BUILDS_ON = ConflictDeclared

    conflict_id: ItemId
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Conflict of interest {self.conflict_id} ended"


class CaseRestricted(_ByService):
    """The case is for the named people only; the latest restriction holds."""

    SUMMARY = "The case was restricted to named people."
    ACCOUNT = ("reason",)

    named: Annotated[tuple[StaffName, ...], Field(min_length=1, max_length=100)]
    owner: StaffName
    """Who answers for it, and is one of those named."""
    ground: RestrictionGround
    review_by: Day
    """When it is to be looked at again."""
    reason: Narrative | None = None

    @model_validator(mode="after")
    def _owner_is_named(self) -> Self:
        if self.owner not in self.named:
            raise PydanticCustomError("not-named", "owner is not one of those named")
        return self

    @override
    def headline(self) -> str:
        people = "1 person" if len(self.named) == 1 else f"{len(self.named)} people"
        return f"Restricted to {people}: {self.ground.label.lower()}; review by {self.review_by}"


class RestrictionLifted(_ByService):
    """The case is no longer for named people only."""

    SUMMARY = "The restriction of the case was lifted."
    ACCOUNT = ("reason",)

    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return "Restriction lifted"


class GlassBroken(_ByService):
    """In an emergency, the actor opened this case, which is closed to them, to read it for a
    time."""

    SUMMARY = "Someone opened the case in an emergency."
    ACCOUNT = ("reason",)
    BEGINS = "glass_id"

    glass_id: ItemId
    ground: GlassGround
    reason: Annotated[
        str,
        StringConstraints(min_length=20, max_length=2_000),
        Personal(PersonalClass.NARRATIVE),
    ]
    until: Timestamp
    """When it closes again."""

    @override
    def headline(self) -> str:
        return (
            f"Opened in an emergency by {self.actor.id}: {self.ground.label.lower()}; "
            f"until {self.until:%Y-%m-%d %H:%M} UTC"
        )


class GlassReviewed(_ByService):
    """Someone else looked at why the case was opened in an emergency."""

    SUMMARY = "An opening in an emergency was reviewed."
    ACCOUNT = ("reason",)
    BUILDS_ON = GlassBroken

    glass_id: ItemId
    finding: GlassFinding
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Opening in an emergency {self.glass_id} reviewed: {self.finding.label.lower()}"
