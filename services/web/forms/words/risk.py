"""How high the risk is, and what protects those who visit."""

from services.web.forms.words.words import Words

NAME = "Risk and safe visiting"
TITLES = {
    "RiskAssessed": "A risk assessment",
    "VisitControlSet": "A precaution for visits",
    "VisitControlLifted": "A precaution for visits is no longer needed",
    "VisitControlAcknowledged": "A system has taken over a precaution",
}
WORDS = {
    "RiskAssessed.person": Words(
        "Whose risk is it?", "Leave it empty if it is the risk to visitors and staff."
    ),
    "tool": Words("Which tool did you use?"),
    "level": Words(
        "How high is the risk?",
        "You may go above what the score stands for, never below. DASH: 14 is high, 10 is medium.",
    ),
    "score": Words("What was the score?"),
    "answers": Words("Questions and answers you want to keep"),
    "RiskAnswer.question": Words("The question"),
    "RiskAnswer.answer": Words("The answer"),
    "previous": Words("How high was it before?"),
    "RiskAssessed.direction": Words("Which way is it going?"),
    "confidence": Words("How sure are you?"),
    "rationale": Words("Why this level?", "What you rely on, and what you do not know."),
    "review_due": Words("When will you look at it again?"),
    "subject": Words("Is it a risk to someone else, too?"),
    "amplifiers": Words("What makes it easier to harm the person?", "Choose all that apply."),
    "escape_barriers": Words("What keeps the person from getting away?", "Choose all that apply."),
    "marac_criteria": Words("Which MARAC criteria are met?", "Choose all that apply."),
    "control": Words("Which precaution?"),
    "scope": Words("Which visits is it for?"),
    "until": Words("Until which day?", "Leave it empty if it stays until it is lifted."),
    "instruction": Words(
        "What must visitors do?", "Only what they need to know to be safe, and to keep others safe."
    ),
    "VisitControlSet.reason": Words("Why is it needed?", "Those who visit do not see this."),
    "VisitControlLifted.reason": Words("Why is it no longer needed?"),
    "consumer": Words("Which system took it over?", "Its name, for example urn:cromwood:repairs."),
}
