"""Tells events of the group challenge: escalations and barriers."""

from domain.events.challenge import BarrierEncountered, EscalationRaised, EscalationResponded
from tests.support.telling import teller

escalation_raised = teller(
    EscalationRaised,
    escalation_id="E1",
    about="referral",
    about_ref="R1",
    stage=1,
    ground="threshold",
    to="MASH team manager",
    response_due="2024-04-05",
)
escalation_responded = teller(
    EscalationResponded, escalation_id="E1", outcome="explained", resolved=False
)
barrier_encountered = teller(BarrierEncountered, code="threshold")
