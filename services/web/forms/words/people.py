"""Who is part of the case, in which role, how to reach them, what puts them at risk."""

from services.web.forms.words.words import Words

NAME = "People"
TITLES = {
    "PersonInvolved": "Add a person, or what we know of one",
    "PersonRoleChanged": "A person's role has changed",
    "CommunicationPreferenceRecorded": "How to reach someone safely",
    "VulnerabilityRecorded": "What puts someone at risk",
    "VulnerabilityEnded": "Something no longer puts someone at risk",
}
WORDS = {
    "PersonInvolved.person": Words(
        "Who is it?", "Leave it empty for somebody new: we make a reference for them."
    ),
    "PersonInvolved.role": Words("What part do they have in the case?"),
    "person_type": Words("What are they to us?"),
    "tenure_role": Words("Are they a tenant?"),
    "known_to_social_care": Words("Are they known to social care?"),
    "name": Words("What is their name?"),
    "unidentified_description": Words(
        "If we do not know who they are, what do we know of them?",
        "Only what somebody saw or heard.",
    ),
    "date_of_birth": Words("When were they born?"),
    "date_of_death": Words("If they have died, when?"),
    "involvement": Words("How far do they have a part in what is decided about them?"),
    "not_involved_reason": Words("If they have none, why?"),
    "PersonRoleChanged.person": Words("Whose role has changed?"),
    "from_": Words("What were they seen as?"),
    "to": Words("What are they seen as now?"),
    "evidence_events": Words("Which events show it?", "Choose all that apply."),
    "CommunicationPreferenceRecorded.person": Words("Who is it about?"),
    "method": Words("How do they want to be reached?"),
    "language": Words("Which language do they speak best?"),
    "interpreter": Words("Do they need an interpreter?"),
    "safe_channels": Words(
        "Which ways of reaching them are safe?",
        "Leave all empty if none is known to be safe.",
    ),
    "unsafe_channels": Words("Which are not safe?", "Choose all that apply."),
    "safe_times": Words("When is it safe to contact them?"),
    "written_ineffective": Words("Do letters and messages not get through to them?"),
    "contact_points": Words("Where can they be reached?"),
    "ContactPoint.method": Words("By which means?"),
    "ContactPoint.address": Words("The number or address"),
    "vulnerability_type": Words("What puts them at risk?"),
    "amplifiers": Words("What makes it worse?", "Choose all that apply."),
    "since": Words("Since when?", "The day it is first known of, if you are not sure."),
    "information_source": Words("Who says so?", "A job or a service, for example GP."),
    "minimal_instruction": Words(
        "What should someone who visits do or avoid?",
        "Only what a visitor needs to know. Never a diagnosis.",
    ),
    "causes": Words("What does it come from?", "Choose all that apply."),
    "escape_barriers": Words("What keeps them from getting away?", "Choose all that apply."),
    "primary_support_reason": Words("What do they mainly need support for?"),
    "until": Words("Since when not any more?"),
    "VulnerabilityEnded.reason": Words("What has changed?"),
}
