"""Words that mean the same in every group, and those of what every event has."""

from services.web.forms.words.words import Words

WORDS = {
    "person": Words("Who is it about?"),
    "reason": Words("Why?", "Say what it rests on, as you would want to read it in a year's time."),
    "details": Words("Anything to add about it"),
    "kind": Words("What kind is it?"),
    "approved_by": Words("Who approved it?", "Their name or staff number."),
    "decider": Words("Who decided?", "Their name or staff number."),
    "agency": Words("Which organisation?"),
    "forum": Words("What kind of meeting?"),
    "policy_refs": Words("Which policies does it fall under?", "One reference on each line."),
    "professional_curiosity": Words(
        "What did not add up, and what did you ask about it?",
        "Small things count: a closed door, an answer given by somebody else.",
    ),
    "dissenting_view": Words("Who saw it otherwise, and why?"),
    "authority": Words(
        "Which local authority?", "Its code or name without spaces, for example E09000001."
    ),
    "housing_type": Words("What kind of home is it?"),
    "valid_from": Words("From which day does it count?"),
    "valid_to": Words("Until which day does it count?", "Leave it empty if it is open-ended."),
    "Representative.kind": Words("By what right do they speak for the person?"),
    "Representative.person": Words("Who is it?"),
    "EventRef.source": Words("Which system recorded it?"),
    "EventRef.id": Words("Its number in that system"),
    # What every event has.
    "occurred_at": Words("When did it happen?"),
    "known_at": Words(
        "When did we first know?", "“We” is the landlord: the first colleague or contractor told."
    ),
    "subjects": Words("Who else does it concern?", "Choose everyone it touches."),
    "property_ref": Words(
        "Which home did it happen at?", "The property reference or UPRN, if you have it."
    ),
    "sensitivity": Words(
        "Who may see this?",
        "Health, care needs and capacity are always at least restricted: leave this empty and we "
        "see to it.",
    ),
    "on_behalf_of": Words(
        "Are you recording this for somebody else?",
        "For example another agency that rang. Leave it empty if you are not.",
    ),
    "Actor.id": Words("Their name"),
    "Actor.role": Words("Their job"),
    "Actor.organisation": Words("Their organisation"),
    "narrative": Words("Anything else worth keeping"),
}
