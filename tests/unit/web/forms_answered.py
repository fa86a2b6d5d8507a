"""Answers to the questions of a form, as somebody might type them."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from services.web.forms.questions import Kind, Question
from services.web.forms.reading import event_choice, subject_choice

Answered = dict[str, tuple[str, ...]]

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORDS = st.text(LETTERS + " '-é", min_size=1, max_size=40).map(lambda text: f"x{text.strip()}")
_TOKENS = st.text(LETTERS + "0123456789", min_size=1, max_size=12)
_PEOPLE = _TOKENS.map(lambda token: f"person:{token}")
_DAYS = st.dates(date(2027, 1, 1), date(2060, 12, 31))
_EVENTS = st.uuids().map(lambda uuid: event_choice("urn:cromwood:asb", str(uuid)))

SPECIAL: dict[str, st.SearchStrategy[str]] = {
    "other_ref": _TOKENS.map(lambda token: f"hms:{token}"),
    "consumer": _TOKENS.map(lambda token: f"urn:cromwood:{token}"),
    "publishes": _TOKENS.map(lambda token: f"urn:cromwood:{token}"),
    "principal": _TOKENS.map(lambda token: f"https://id.example|{token}"),
    "rule": st.integers(1, 99).map(lambda number: f"R{number}"),
    "cases": _TOKENS.map(lambda token: f"asb:{token}"),
    "field": st.sampled_from(["account", "occurred_at", "kind"]),
    "date_of_birth": st.just("1950-05-05"),
    "date_of_death": st.just("2020-02-02"),
    "score": st.integers(0, 9).map(str),
    "stage": st.integers(1, 4).map(str),
    "rating": st.integers(1, 9).map(str),
    "compliant": st.integers(0, 9).map(str),
    "total": st.integers(10, 99).map(str),
    "apologies": st.just("no"),
    "scope_from": st.just("2020-01-01"),
    "until": st.dates(date(2070, 1, 1), date(2080, 1, 1)).map(str),
    "valid_to": st.dates(date(2070, 1, 1), date(2080, 1, 1)).map(str),
    "a": _TOKENS.map(lambda token: f"person:a-{token}"),
    "survivor": _TOKENS.map(lambda token: f"person:a-{token}"),
    "name": st.sampled_from(["acknowledgement_days", "decision_days"]),
    "approved_by": st.just("Ruth Vale"),
    "identities_disclosed": st.just("yes"),
    "completed_on": st.just("2070-01-01"),
    "ends_on": st.just("2070-01-02"),
    "review_due": st.dates(date(2027, 1, 1), date(2027, 10, 31)).map(str),
    "next_review": st.dates(date(2027, 1, 1), date(2027, 10, 31)).map(str),
    "approvals": st.just("Ruth Vale\nSam Oduya"),
    "named": st.just("x-owner\nsomebody else"),
}
"""Of fields whose values have a form or an order of their own."""


def answers_to(questions: Sequence[Question], within: str = "") -> st.SearchStrategy[Answered]:
    """Every question answered, each as it may be."""
    return st.tuples(*(_answer_to(each, f"{within}{each.name}") for each in questions)).map(_joined)


def _joined(parts: Sequence[Answered]) -> Answered:
    return {name: values for part in parts for name, values in part.items()}


def _answer_to(question: Question, name: str) -> st.SearchStrategy[Answered]:
    match question.kind:
        case Kind.HAPPENED:
            return st.sampled_from([{name: ("yesterday",)}, {name: ("unknown",)}])
        case Kind.KNOWN:
            return st.just({name: ("now",)})
        case Kind.PART:
            return answers_to(question.parts, f"{name}.")
        case Kind.PARTS:
            return answers_to(question.parts, f"{name}.0.")
        case Kind.DAY | Kind.MOMENT:
            typed = SPECIAL.get(question.name, _DAYS.map(str))
            return typed.map(lambda day: _day(name, day, question.kind is Kind.MOMENT))
        case Kind.ONE_OF | Kind.YES_NO if question.name not in SPECIAL:
            values = [choice.value for choice in question.choices]
            return st.sampled_from(values).map(lambda value: {name: (value,)})
        case Kind.SEVERAL_OF:
            values = [choice.value for choice in question.choices]
            some = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
            return some.map(lambda chosen: {name: tuple(chosen)})
    return _typed(question).map(lambda value: {name: (value,)})


def _typed(question: Question) -> st.SearchStrategy[str]:
    if question.name in SPECIAL:
        return SPECIAL[question.name]
    match question.kind:
        case Kind.NUMBER:
            return st.integers(1, 99).map(str)
        case Kind.POUNDS:
            return st.integers(0, 9_999).map(lambda pence: f"{pence / 100:.2f}")
        case Kind.EVENT | Kind.EVENTS:
            return _EVENTS
        case Kind.SUBJECTS:
            return _PEOPLE.map(lambda person: subject_choice(person, "adult-at-risk"))
        case Kind.FINGERPRINT:
            return st.just("0" * 64)
        case Kind.REFERENCE | Kind.REFERENCES if question.offered == "people":
            return _PEOPLE
        case Kind.LONG_TEXT:
            return _WORDS
    return _TOKENS.map(lambda token: f"x-{token}")


def _day(name: str, day: str, has_time: bool) -> Answered:
    year, month, number = day.split("-")
    clock: Answered = {f"{name}.time": ("2:30pm",)} if has_time else {}
    return {f"{name}.day": (number,), f"{name}.month": (month,), f"{name}.year": (year,)} | clock
