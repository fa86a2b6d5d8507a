"""Warnings and legal steps, and looking at them again."""

from services.web.forms.words.words import Words

NAME = "Warnings and legal steps"
TITLES = {
    "WarningIssued": "A warning",
    "EnforcementActionTaken": "A legal step",
    "EnforcementReviewed": "A warning or legal step reviewed",
}
WORDS = {
    "kind": Words("Which step is it?"),
    "against": Words("Against whom?"),
    "ground": Words("What is it for?", "What they are said to have done."),
    "proportionality_note": Words("Why is it no more than is called for?"),
    "equality_check": Words("Was it checked against the Equality Act?"),
    "capacity_ref": Words(
        "On which consideration of capacity does it rest?", "Needed where there is hoarding."
    ),
    "possession_ground": Words("If possession is sought, which kind of ground?"),
    "statutory_ground": Words("Which ground in law?", "For example Housing Act 1988, ground 14."),
    "block_override_reason": Words(
        "If the case holds it up, why go on?", "Leave it empty if nothing does."
    ),
    "action": Words("Which step was reviewed?"),
    "outcome": Words("What came of it?"),
    "EnforcementReviewed.reason": Words("Why?"),
}
