"""Tells events of the group protection: what was done at once, exploitation, hoarding, markers."""

from domain.events.hoarding import HoardingLevelAssessed
from domain.events.protection import (
    ExploitationIndicatorObserved,
    ImmediateProtectionTaken,
    WarningMarkerPlaced,
    WarningMarkerRemoved,
    WarningMarkerReviewed,
)
from tests.support.telling import TENANT, teller, the

immediate_protection_taken = teller(ImmediateProtectionTaken, kind="999", person=TENANT)
exploitation_indicator_observed = teller(
    ExploitationIndicatorObserved,
    indicator="unfamiliar-visitors",
    person=TENANT,
    observed_by="Gas engineer",
)
hoarding_level_assessed = teller(
    HoardingLevelAssessed,
    person=TENANT,
    level="medium",
    rooms=({"room": "Kitchen", "rating": 5},),
    fire_risk="no",
    access_blocked="no",
    structure_at_risk="unknown",
    repairs_blocked="yes",
)
marker_placed = teller(
    WarningMarkerPlaced,
    marker_id="W1",
    subject="person",
    person=TENANT,
    marker_type="risk-to-staff",
    instruction="Ring before you come.",
    incident=the("e-1"),
    approved_by="staff:1",
    disclosed=True,
    review_due="2025-03-01",
)
marker_reviewed = teller(
    WarningMarkerReviewed,
    marker_id="W1",
    outcome="end",
    reason="They were charged.",
    disclosed=True,
)
marker_removed = teller(WarningMarkerRemoved, marker_id="W1", reason="It was reviewed and ended.")
