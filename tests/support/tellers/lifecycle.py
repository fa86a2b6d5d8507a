"""Tells events of the group lifecycle: a case comes in, is led and ends."""

from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
)
from tests.support.telling import teller

incident_reported = teller(IncidentReported, kind="violence")
concern_raised = teller(
    ConcernRaised,
    channel="housing-officer",
    basis="observation",
    reporter={"role": "Housing officer"},
    verbatim_account="He did not open the door and sounded afraid.",
    immediate_danger=False,
    safe_to_contact="unknown",
)
reclassified = teller(Reclassified, from_="asb", to="adult", reason="He was the one attacked.")
case_allocated = teller(CaseAllocated, lead="staff:12")
case_closed = teller(
    CaseClosed, reason="risk-resolved", assurance="confirmed", risk_outcome="reduced"
)
case_reopened = teller(CaseReopened, trigger="The same people came back.")
