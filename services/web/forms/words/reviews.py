"""Reviews: chronologies, recommendations, learning."""

from services.web.forms.words.words import Words

NAME = "Reviews and learning"
TITLES = {
    "ReviewNotified": "A review we were told of",
    "ChronologyEntryCurated": "What a review makes of an event",
    "ChronologySubmitted": "A chronology handed over",
    "RecommendationAccepted": "A recommendation accepted",
    "RecommendationImplemented": "A recommendation carried out",
    "LearningDisseminated": "Learning passed on",
}
WORDS = {
    "review_id": Words("Which review?"),
    "ReviewNotified.review_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "review_type": Words("What kind of review is it?"),
    "commissioner": Words("Who asked for it?", "The organisation's name."),
    "scope_from": Words("From which day does it look?"),
    "scope_to": Words("Up to which day?"),
    "persons": Words("Who is it about?"),
    "ReviewNotified.due": Words("By when do we have to answer?"),
    "event": Words("Which event?"),
    "include": Words("Should it be in the chronology?"),
    "significance": Words("What is it significant for?"),
    "analysis": Words("What do you make of it?"),
    "ChronologyEntryCurated.impact": Words("What did it change for the person?"),
    "policy_expectation_met": Words("Was it done as policy says?"),
    "chronology_version": Words("Which version was it?", "A number, for example 2."),
    "sha256": Words(
        "Which file was handed over?",
        "It is not kept here: only its fingerprint is, so that it can be shown to be unaltered.",
    ),
    "recipient": Words("To whom?", "The organisation's name."),
    "recommendation_id": Words("Which recommendation?"),
    "RecommendationAccepted.recommendation_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "text": Words("What is recommended?"),
    "owner": Words("Who sees to it?", "Their name or staff number."),
    "RecommendationAccepted.due": Words("By when?"),
    "evidence_note": Words("What shows that it was carried out?"),
    "recommendation_ids": Words("From which recommendations?"),
    "audience": Words("Who was told?", "Choose all that apply."),
    "how": Words("How?"),
}
