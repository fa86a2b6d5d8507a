"""Challenge to other organisations, and what stands in the way."""

from services.web.forms.words.words import Words

NAME = "Challenge and barriers"
TITLES = {
    "EscalationRaised": "Challenge another organisation",
    "EscalationResponded": "The answer to a challenge",
    "BarrierEncountered": "Something that stood in the way",
}
WORDS = {
    "escalation_id": Words("Which challenge?"),
    "EscalationRaised.escalation_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "about": Words("What is it about?"),
    "about_ref": Words("Which one?", "The reference of the referral, meeting or decision."),
    "stage": Words("At which stage is it?", "1 to 4, in order, unless there is immediate danger."),
    "ground": Words("On what ground?"),
    "to": Words("To whom?", "A job, for example head of service."),
    "response_due": Words("By when do they have to answer?"),
    "immediate_danger": Words("Is anyone in immediate danger now?"),
    "case_put": Words("What did you put to them?"),
    "outcome": Words("What came of it?"),
    "resolved": Words("Is it settled?"),
    "response": Words("What did they answer?"),
    "code": Words("What stood in the way?"),
    "earlier_referral": Words("Is it about an earlier referral?"),
}
