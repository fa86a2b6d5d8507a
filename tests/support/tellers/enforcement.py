"""Tells events of the group enforcement: warnings, legal steps and their review."""

from domain.events.enforcement import EnforcementActionTaken, EnforcementReviewed, WarningIssued
from tests.support.telling import TENANT, teller, the

warning_issued = teller(
    WarningIssued,
    kind="warning",
    against=TENANT,
    proportionality_note="A letter, as a first step.",
    equality_check="no",
)
enforcement_action_taken = teller(
    EnforcementActionTaken,
    kind="injunction",
    against=TENANT,
    proportionality_note="Nothing less has helped.",
    equality_check="yes",
)
enforcement_reviewed = teller(
    EnforcementReviewed,
    action=the("warning"),
    outcome="withdrawn",
    reason="He was shouting for help.",
)
