"""The person's own voice: capacity, what they want, who speaks for them."""

from services.web.forms.words.words import Words

NAME = "The person's own voice"
TITLES = {
    "CapacityConsidered": "Whether someone could take a decision",
    "DesiredOutcomesRecorded": "What the person wants to come of it",
    "OutcomeFeedbackRecorded": "What the person makes of the outcome",
    "AdvocateInvolved": "An advocate is involved",
}
WORDS = {
    "CapacityConsidered.person": Words("Whose capacity?"),
    "decision": Words(
        "Which decision was it about?",
        "One decision, for example whether to let the home be cleared.",
    ),
    "outcome": Words("What was found?"),
    "basis": Words("What does that rest on?"),
    "executive_concern": Words("Might they be unable to carry out what they decide?"),
    "representative": Words("Does somebody speak or decide for them?"),
    "supported_by": Words("Who supported them?"),
    "assessed_by": Words("Who considered it?", "Their job, for example social worker."),
    "asked": Words("Were they asked what they want?"),
    "outcomes": Words("What do they want?", "In their words, one wish on each line."),
    "told_by": Words("Who told us?"),
    "reason_not_asked": Words("If they were not asked, why not?"),
    "achieved": Words("Did they get what they wanted?"),
    "safer": Words("Do they feel safer?"),
    "experience": Words("How was it for them?"),
    "AdvocateInvolved.kind": Words("What kind of advocate?"),
    "AdvocateInvolved.person": Words("For whom?"),
    "advocate": Words("Who is the advocate?"),
    "organisation": Words("From which organisation?"),
    "since": Words("Since when?"),
}
