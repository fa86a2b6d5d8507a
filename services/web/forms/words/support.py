"""Support that is offered and given."""

from services.web.forms.words.words import Words

NAME = "Support"
TITLES = {
    "SupportOffered": "Support offered",
    "SupportResponded": "The answer to an offer of support",
    "SupportMeasureProvided": "A safety measure ordered or done",
    "HousingOfferMade": "What housing offers to a plan or meeting",
}
WORDS = {
    "offer_id": Words("Which offer?"),
    "SupportOffered.offer_id": Words(
        "Does the offer have a reference already?", "Leave it empty and we make one."
    ),
    "SupportOffered.kind": Words("What was offered?"),
    "to": Words("To whom?"),
    "response": Words("What did they answer?"),
    "SupportResponded.reason": Words("Did they say why?"),
    "measure_id": Words("Does it have a reference already?", "Leave it empty and we make one."),
    "SupportMeasureProvided.kind": Words("What is provided?"),
    "SupportMeasureProvided.person": Words("For whom?"),
    "SupportMeasureProvided.offer_id": Words("Which offer does it come from?"),
    "urgent": Words("Is it urgent?"),
    "ordered_on": Words("When was it ordered?"),
    "completed_on": Words("When was it done?", "Leave it empty if it has not been."),
    "ends_on": Words("When does it end?"),
    "housing_offer_id": Words("Does it have a reference?"),
    "HousingOfferMade.kind": Words("What do we offer?"),
    "to_forum": Words("To which kind of meeting?"),
    "meeting_id": Words("At which meeting?"),
    "adopted": Words("Was it taken up?"),
}
