"""People's rights over the record, and how long it is kept."""

from services.web.forms.words.words import Words

NAME = "People's rights and keeping records"
TITLES = {
    "RetentionHoldPlaced": "Put records on hold",
    "RetentionHoldLifted": "Lift a hold on records",
    "SubjectAccessReceived": "Someone asks for their data",
    "SubjectAccessFulfilled": "Someone was given their data",
    "RectificationDisputed": "Someone disagrees with what is recorded",
    "PersonDataErased": "Erase a person's data",
    "EventRedacted": "Erase what is personal in an event",
}
WORDS = {
    "hold_id": Words("Which hold?"),
    "RetentionHoldPlaced.hold_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "RetentionHoldPlaced.reason": Words("Why must nothing be destroyed?"),
    "until": Words("When will you look at it again?", "The hold ends only by being lifted."),
    "RetentionHoldLifted.reason": Words("Why is it lifted?"),
    "SubjectAccessReceived.request_id": Words(
        "Does the request have a reference already?", "Leave it empty and we make one."
    ),
    "SubjectAccessFulfilled.request_id": Words("Which request?"),
    "requester": Words("Who asks?"),
    "due": Words("By when must they have it?", "Leave it empty for a month, or three if complex."),
    "complex": Words("Is the request complex?"),
    "redactions": Words("What was withheld?"),
    "Redaction.event": Words("Which event?"),
    "Redaction.ground": Words("On what ground?"),
    "target": Words("Which event?"),
    "field": Words("Which part of it?", "The field's name. Leave it empty for all of it."),
    "statement": Words("What do they say?", "In their words."),
    "by": Words("Who disagrees?"),
    "lawful_reason": Words("What makes it lawful?"),
    "approvals": Words(
        "Which two people approved it?", "Two names or staff numbers, one on each line."
    ),
    "person": Words("Whose data?"),
}
