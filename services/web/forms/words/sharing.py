"""Advice, and information asked for, shared and received."""

from services.web.forms.words.words import Words

NAME = "Sharing information"
TITLES = {
    "AdviceSought": "Advice asked of another agency",
    "InformationRequested": "Information asked for",
    "InformationShared": "Information shared",
    "InformationReceived": "Information received",
}
WORDS = {
    "from_agency": Words("From which agency?"),
    "identities_disclosed": Words("Did you say who it is about?"),
    "AdviceSought.person": Words("Who was it about?"),
    "question": Words("What did you ask?"),
    "advice": Words("What were you advised?"),
    "refer_advised": Words("Were you advised to refer?"),
    "request_id": Words("Which request does it answer?"),
    "InformationRequested.request_id": Words(
        "Does the request have a reference already?", "Leave it empty and we make one."
    ),
    "direction": Words("Who asked?"),
    "party": Words("Which agency?"),
    "party_role": Words("Who there?", "A job, for example social worker."),
    "InformationRequested.items": Words("What was asked for?", "One thing on each line."),
    "due": Words("By when?"),
    "legal_basis": Words("On what legal basis?"),
    "recipient": Words("Who received it?"),
    "Recipient.agency": Words("Which agency?"),
    "Recipient.role": Words("Who there?", "A job, for example social worker."),
    "InformationShared.items": Words(
        "What was shared?", "One thing on each line. No more than what was needed."
    ),
    "consent_ref": Words("Which consent does it rest on?"),
    "override_ref": Words("Or which decision to act without consent?"),
    "method": Words("How?"),
    "sealed_items": Words("Was anything of it sealed?"),
    "released_by": Words(
        "Who released the sealed part?",
        "Their name or staff number. Needed if anything was sealed.",
    ),
    "topic": Words("What did they tell us?"),
    "new_to_us": Words("Was it new to us?"),
    "onward_sharing": Words("May we pass it on?"),
    "from_role": Words("Who there told us?", "A job, for example social worker."),
}
