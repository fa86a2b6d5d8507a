"""The landlord itself: homes, policies, rules, training."""

from services.web.forms.words.words import Words

NAME = "The landlord"
TITLES = {
    "HomesCounted": "How many homes we have",
    "PolicyAdopted": "A policy adopted",
    "PolicyReviewed": "A policy reviewed",
    "RuleOverridden": "Other parameters for a rule",
    "RuleOverrideWithdrawn": "A rule's own parameters again",
    "ComplianceReported": "Training, checks and supervision of staff",
}
WORDS = {
    "homes": Words("How many homes?"),
    "as_of": Words("As of which day?"),
    "policy_id": Words("Which policy?"),
    "PolicyAdopted.policy_id": Words(
        "Does it have a reference?", "Leave it empty and we make one."
    ),
    "title": Words("What is it called?"),
    "policy_version": Words("Which version?", "Without spaces, for example 2024-1."),
    "approved_on": Words("When was it approved?"),
    "review_due": Words("When is it due for review?"),
    "PolicyReviewed.outcome": Words("What came of the review?"),
    "findings": Words("What did it find?"),
    "rule": Words("Which rule?"),
    "parameters": Words("Which parameters?"),
    "RuleParameter.name": Words("Its name", "As the list of rules has it."),
    "RuleParameter.value": Words("Its value"),
    "ComplianceReported.kind": Words("What is it about?"),
    "team": Words("Which team?", "Leave it empty for all staff."),
    "compliant": Words("How many are up to date?"),
    "total": Words("Of how many?"),
}
