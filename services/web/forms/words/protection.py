"""What is done at once, signs of exploitation, warning markers."""

from services.web.forms.words.words import Words

NAME = "Protection and warning markers"
TITLES = {
    "ImmediateProtectionTaken": "Something done at once to keep someone safe",
    "ExploitationIndicatorObserved": "A sign that someone is being used",
    "WarningMarkerPlaced": "Place a warning marker",
    "WarningMarkerReviewed": "Review a warning marker",
    "WarningMarkerRemoved": "Remove a warning marker",
}
WORDS = {
    "ImmediateProtectionTaken.kind": Words("What was done?"),
    "ImmediateProtectionTaken.person": Words("Whom does it protect?"),
    "ref": Words("Is there a reference?", "For example a police log number, without spaces."),
    "indicator": Words("What was seen?"),
    "form": Words("What might it point to?"),
    "ExploitationIndicatorObserved.person": Words("Who may be at risk?"),
    "observed_by": Words("Who saw it?", "A job, for example gas engineer."),
    "marker_id": Words("Which marker?"),
    "WarningMarkerPlaced.marker_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "subject": Words("Is it on a person or a home?"),
    "WarningMarkerPlaced.person": Words("On whom?", "Needed where it is on a person."),
    "marker_type": Words("What does it warn of?"),
    "instruction": Words("What must staff do?", "An instruction, never a judgement or diagnosis."),
    "WarningMarkerReviewed.instruction": Words(
        "What must staff do from now on?", "Only where that is amended."
    ),
    "incident": Words("Which incident is it based on?"),
    "disclosed": Words("Has the person been told?"),
    "disclosed_how": Words("How were they told?"),
    "non_disclosure_reason": Words("If they have not been told, why not?"),
    "review_due": Words("When will it be reviewed?", "Within 12 months."),
    "outcome": Words("What came of the review?"),
    "next_review": Words("When is the next review?", "Needed where the marker stays."),
    "WarningMarkerRemoved.reason": Words("Why is it removed?"),
}
