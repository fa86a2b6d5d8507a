"""Tells events of the group enquiries: enquiries and allegations against staff."""

from domain.events.enquiries import (
    EnquiryOutcomeReceived,
    EnquiryReported,
    EnquiryRequested,
    StaffAllegationRaised,
)
from tests.support.telling import teller

enquiry_requested = teller(
    EnquiryRequested,
    enquiry_id="Q1",
    scope="Who had keys to the flat.",
    due="2024-05-01",
    report_to="Enquiry officer",
)
enquiry_reported = teller(
    EnquiryReported,
    enquiry_id="Q1",
    findings="Two contractors had keys.",
    recommendation="Change the locks.",
)
enquiry_outcome_received = teller(
    EnquiryOutcomeReceived, enquiry_id="Q1", risk_result="identified-action"
)
staff_allegation_raised = teller(
    StaffAllegationRaised, subject_staff="staff:77", relation="employee", sensitivity="sealed"
)
