"""Enquiries the landlord was asked to make, their outcomes, allegations against staff."""

from services.web.forms.words.words import Words

NAME = "Enquiries"
TITLES = {
    "EnquiryRequested": "An enquiry asked of us",
    "EnquiryReported": "Our report on an enquiry",
    "EnquiryOutcomeReceived": "The outcome of an enquiry",
    "StaffAllegationRaised": "An allegation against a member of staff",
}
WORDS = {
    "enquiry_id": Words("Which enquiry?"),
    "EnquiryRequested.enquiry_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "referral_id": Words("Which referral did it come from?"),
    "requested_by": Words("Who asked?"),
    "scope": Words("What are we to look into?"),
    "due": Words("By when?"),
    "report_to": Words("To whom do we report?", "A job, for example social worker."),
    "support": Words("What support were we offered?"),
    "conflict_of_interest": Words("Might we have a conflict of interest?"),
    "findings": Words("What did we find?"),
    "recommendation": Words("What do we recommend?"),
    "enquiry_type": Words("What kind of enquiry was it?"),
    "risk_result": Words("What did it find?"),
    "risk_outcome": Words("What became of the risk?"),
    "capacity": Words("Did the person have capacity?"),
    "supported": Words("If not, were they supported by somebody?"),
    "subject_staff": Words("Who is it about?", "Their staff number. This is sealed."),
    "relation": Words("What are they to us?"),
    "referred_to": Words("Who has it been referred to?", "Choose all that apply."),
    "allegation": Words("What is alleged?"),
}
