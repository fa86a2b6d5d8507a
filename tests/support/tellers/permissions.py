"""Tells events of the group permissions: roles, grants, conflicts, restrictions, emergencies."""

from domain.events.permissions import (
    CaseRestricted,
    ConflictDeclared,
    ConflictEnded,
    GlassBroken,
    GlassReviewed,
    RestrictionLifted,
    ReviewAccessGranted,
    ReviewAccessRevoked,
    RoleGranted,
    RoleRevoked,
)
from tests.support.telling import CASE_REF, teller

PRINCIPAL = "https://id.cromwood.example|12"

role_granted = teller(
    RoleGranted,
    grant_id="G-1",
    principal=PRINCIPAL,
    role="officer",
    staff="staff:12",
    approved_by="staff:90",
    actor={"id": "staff:91", "role": "Administrator", "organisation": "Cromwood Homes"},
)
role_revoked = teller(RoleRevoked, grant_id="G-1", reason="Left the landlord.")
review_access_granted = teller(
    ReviewAccessGranted,
    review_grant_id="RG-1",
    principal="https://id.cromwood.example|70",
    cases=(CASE_REF,),
    valid_until="2024-12-31T23:59:59Z",
    why="review",
    approved_by="staff:90",
)
review_access_revoked = teller(ReviewAccessRevoked, review_grant_id="RG-1")
conflict_declared = teller(
    ConflictDeclared,
    conflict_id="C-1",
    staff="staff:12",
    ground="relative",
    person="person:4411",
)
conflict_ended = teller(ConflictEnded, conflict_id="C-1", reason="Declared for the wrong case.")
case_restricted = teller(
    CaseRestricted,
    named=("staff:sg-02", "staff:90"),
    owner="staff:sg-02",
    ground="high-risk",
    review_by="2024-06-01",
)
restriction_lifted = teller(RestrictionLifted, reason="Nobody is in danger any more.")
glass_broken = teller(
    GlassBroken,
    glass_id="B-1",
    ground="visit-under-way",
    reason="A colleague is at the door and hears shouting.",
    until="2024-03-01T11:00:00Z",
)
glass_reviewed = teller(GlassReviewed, glass_id="B-1", finding="justified")
