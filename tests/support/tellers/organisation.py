"""Tells events of the group organisation: homes, policies, settings for rules, training."""

from domain.events.organisation import (
    ComplianceReported,
    HomesCounted,
    PolicyAdopted,
    PolicyReviewed,
    RuleOverridden,
    RuleOverrideWithdrawn,
)
from tests.support.telling import teller

homes_counted = teller(
    HomesCounted,
    authority="E09000001",
    housing_type="general-needs",
    homes=4_200,
    as_of="2024-03-31",
)
policy_adopted = teller(
    PolicyAdopted,
    policy_id="POL-1",
    title="Customer wellbeing and support policy",
    policy_version="3",
    approved_by="Board",
    approved_on="2024-02-28",
)
policy_reviewed = teller(
    PolicyReviewed,
    policy_id="POL-1",
    outcome="unchanged",
    approved_by="Board",
    approved_on="2027-02-10",
)
rule_overridden = teller(
    RuleOverridden,
    rule="R5",
    parameters=({"name": "chase_working_days", "value": 7},),
    valid_from="2024-04-01",
    reason="The authority answers within seven working days.",
    approved_by="staff:1",
)
rule_override_withdrawn = teller(
    RuleOverrideWithdrawn,
    rule="R5",
    valid_from="2024-10-01",
    reason="The agreement has ended.",
)
compliance_reported = teller(
    ComplianceReported, kind="training", compliant=38, total=40, as_of="2024-03-31"
)
