"""Corrections: what was recorded stays, struck through."""

from services.web.forms.words.words import Words

NAME = "Put something right"
TITLES = {"EventCorrected": "Correct something on record"}
WORDS = {
    "target": Words("Which event is wrong?", "It stays on record, struck through."),
    "field": Words("What of it is wrong?"),
    "was": Words("What does it say?"),
    "now": Words("What should it say?"),
    "reason": Words("How do you know?"),
    "by": Words("Who corrects it?", "Your name or staff number."),
}
