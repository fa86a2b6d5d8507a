"""Contact with people, and attempts at it."""

from services.web.forms.words.words import Words

NAME = "Contact"
TITLES = {
    "ContactMade": "A visit, call or other contact",
    "ContactAttemptFailed": "An attempt that did not reach anyone",
}
WORDS = {
    "ContactMade.person": Words("Who was it with?"),
    "ContactAttemptFailed.person": Words("Who did you try to reach?"),
    "mode": Words("How?"),
    "direction": Words("Who got in touch?"),
    "seen": Words("Did you see the person?"),
    "seen_alone": Words("Did you see them alone?"),
    "voice": Words(
        "What did they say or show of their own view?", "In their words, as far as you can."
    ),
    "understanding_checked": Words("Did you make sure that they understood?"),
    "observations": Words("What did you see and hear?", "Say what is fact and what is your view."),
    "reason": Words("Why did it not work?"),
    "attempt_no": Words("Which attempt in a row was it?", "A number, for example 3."),
}
