"""Says what is wrong with an answer in words that help; never with what was answered."""

import re
from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.events.fields import FORMS
from services.web.forms.answers import Fault
from services.web.forms.questions import Kind, Question

_CHOSEN = frozenset(
    {
        Kind.ONE_OF,
        Kind.SEVERAL_OF,
        Kind.YES_NO,
        Kind.REFERENCE,
        Kind.REFERENCES,
        Kind.EVENT,
        Kind.EVENTS,
        Kind.SUBJECTS,
        Kind.HAPPENED,
        Kind.KNOWN,
    }
)
_WHERE_IT_STARTS = {Kind.DAY: ".day", Kind.MOMENT: ".day", Kind.PARTS: ".0"}

_OF_THE_WHOLE = {
    "not-two-people": "It must be agreed to by somebody else than you, and than whom it is for.",
    "approved-once": "Name two different people who approved it.",
    "self-link": "A case cannot be linked to itself: give the reference of the other.",
    "same-person": "Give two different references.",
    "given-twice": "Name each of them once.",
    "not-named": "Whoever answers for it must be one of those who may see it.",
    "below-tool-score": "The level must not be lower than the score stands for.",
    "due-before-agreed": "The day it is due must not lie before the day it was agreed.",
    "invalid-death": "Check the dates of birth and death: the order cannot be right.",
    "over-total": "No more can be up to date than there are.",
    "before-ordered": "It cannot be done, or end, before it was ordered.",
    "review-out-of-range": "It has to be reviewed within 12 months of the day it happened.",
    "identities-not-disclosed": "You did not say who it is about: leave out people and home here.",
    "invalid-range": "The end must not lie before the beginning.",
    "attended": "If we were there, leave out whether we sent apologies.",
    "not-a-person": "A system has neither a name on cases nor authorities.",
    "not-a-system": "Only the role of a publishing system has a source.",
    "not-by-area": "This role is granted for all authorities alike: leave them out.",
    "own-source": "That is this service itself: give the other system's source.",
}
_NAMES = re.compile(r"[a-z]+(?:_[a-z]+)*")


def missing(question: Question, name: str) -> Fault:
    """Return the fault of a question that has to be answered and was not."""
    if question.kind in _CHOSEN:
        return Fault(name, f"Choose an answer: {_asked(question)}")
    if question.kind in (Kind.DAY, Kind.MOMENT):
        return Fault(f"{name}.day", f"Enter a date: {_asked(question)}")
    if question.kind is Kind.FINGERPRINT:
        return Fault(name, f"Choose a file: {_asked(question)}")
    return Fault(start_of(question, name), f"Enter an answer: {_asked(question)}")


def start_of(question: Question, name: str) -> str:
    """Return the first control of a question, to which a message leads."""
    if question.kind is Kind.PART:
        return start_of(question.parts[0], f"{name}.{question.parts[0].name}")
    if question.kind is Kind.PARTS:
        first = question.parts[0]
        return start_of(first, f"{name}.0.{first.name}")
    return name + _WHERE_IT_STARTS.get(question.kind, "")


def _asked(question: Question) -> str:
    return question.ask


def faults_of(question: Question, name: str, error: ValidationError) -> list[Fault]:
    """Return what an event of this type would not take of the answer to one question."""
    found = [Fault(start_of(question, name), _told(question, each)) for each in error.errors()]
    return list(dict.fromkeys(found))


def _told(question: Question, error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "string_pattern_mismatch":
            form = FORMS.get(context["pattern"], "what is asked for")
            return f"This must be {form}: {_asked(question)}"
        case "string_too_long":
            return f"Use {context['max_length']:,} characters at most: {_asked(question)}"
        case "string_too_short":
            return f"Use {context['min_length']} characters at least: {_asked(question)}"
        case "too_short" if context["min_length"] == 1:
            return f"Give one answer at least: {_asked(question)}"
        case "too_short":
            return f"Give {context['min_length']} answers: {_asked(question)}"
        case "too_long":
            return f"Give {context['max_length']} answers at most: {_asked(question)}"
        case "greater_than_equal":
            return f"Enter {context['ge']} or more: {_asked(question)}"
        case "less_than_equal":
            return f"Enter {context['le']:,} or less: {_asked(question)}"
        case "enum":
            return f"Choose an answer from the list: {_asked(question)}"
        case "missing":
            return f"Answer everything that is asked: {_asked(question)}"
    return f"This cannot be recorded as it is: {_asked(question)}"


def faults_of_the_whole(
    questions: Sequence[Question], fields: Mapping[str, str], error: ValidationError
) -> list[Fault]:
    """Return what an event would not take of answers that do not fit one another.

    `fields` gives the question's name for each field, where they differ.
    """
    by_name = {question.name: question for question in questions}
    return list(dict.fromkeys(_of_the_whole(by_name, fields, each) for each in error.errors()))


def _of_the_whole(
    by_name: Mapping[str, Question], fields: Mapping[str, str], error: ErrorDetails
) -> Fault:
    place = [str(step) for step in error["loc"]]
    if place and (at := by_name.get(fields.get(place[0], place[0]))):
        return Fault(start_of(at, at.name), _told(at, error))
    named = [fields.get(each, each) for each in _NAMES.findall(error["msg"])]
    at = next((by_name[each] for each in named if each in by_name), None)
    if error["type"] == "missing-member" and at is not None:
        return Fault(start_of(at, at.name), f"This is needed with what you answered: {at.ask}")
    told = _OF_THE_WHOLE.get(error["type"], "These answers do not fit one another; check them.")
    return Fault(start_of(at, at.name) if at else "answers", told)
