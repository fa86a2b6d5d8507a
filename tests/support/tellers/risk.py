"""Tells events of the group risk: risk and precautions."""

from domain.events.risk import (
    RiskAssessed,
    VisitControlAcknowledged,
    VisitControlLifted,
    VisitControlSet,
)
from tests.support.telling import TENANT, teller

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
visit_control_acknowledged = teller(
    VisitControlAcknowledged,
    consumer="urn:cromwood:repairs",
    control="no-lone-visits",
    scope="property",
)
