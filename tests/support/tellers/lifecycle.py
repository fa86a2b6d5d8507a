"""Tells events of the group lifecycle: a case comes in, is led and ends."""

from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.events.links import (
    CaseLinked,
    CaseUnlinked,
    MonitoringScheduled,
    PersonRecordsMerged,
    PersonRecordsSplit,
)
from tests.support.telling import TENANT, teller

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
case_opened = teller(CaseOpened, initial_classification="asb", authority="E09000001")
triage_completed = teller(
    TriageCompleted,
    has_care_needs="yes",
    at_risk_of_abuse="yes",
    unable_to_protect_self="unknown",
    decision="refer",
    rationale="He cannot keep them out.",
    enforcement_check="done",
    sensitivity="restricted",
)
reclassified = teller(Reclassified, from_="asb", to="adult", reason="He was the one attacked.")
case_allocated = teller(CaseAllocated, lead="staff:12")
case_closed = teller(
    CaseClosed, reason="risk-resolved", assurance="confirmed", risk_outcome="reduced"
)
case_reopened = teller(CaseReopened, trigger="The same people came back.")
case_linked = teller(CaseLinked, other_ref="repairs:4711", relation="repair")
case_unlinked = teller(CaseUnlinked, other_ref="repairs:4711", relation="repair")
records_merged = teller(
    PersonRecordsMerged, survivor=TENANT, retired="person:tenant-old", reason="Same tenancy."
)
records_split = teller(
    PersonRecordsSplit, survivor=TENANT, retired="person:tenant-old", reason="Father and son."
)
monitoring_scheduled = teller(
    MonitoringScheduled, reason="hoarding-low", next_date="2024-06-30", frequency="quarterly"
)
