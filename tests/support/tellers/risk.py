"""Tells events of the group risk: risk, precautions and enforcement."""

from domain.events.risk import (
    EnforcementReviewed,
    RiskAssessed,
    VisitControlLifted,
    VisitControlSet,
    WarningIssued,
)
from tests.support.telling import TENANT, teller, the

risk_assessed = teller(
    RiskAssessed,
    person=TENANT,
    tool="general",
    level="high",
    rationale="They know where he lives.",
    review_due="2024-06-01",
)
visit_control_set = teller(VisitControlSet, control="no-lone-visits", scope="property")
visit_control_lifted = teller(
    VisitControlLifted, control="no-lone-visits", scope="property", reason="They were charged."
)
warning_issued = teller(
    WarningIssued,
    kind="warning",
    against=TENANT,
    proportionality_note="A letter, as a first step.",
    equality_check="no",
)
enforcement_reviewed = teller(
    EnforcementReviewed,
    action=the("warning"),
    outcome="withdrawn",
    reason="He was shouting for help.",
)
