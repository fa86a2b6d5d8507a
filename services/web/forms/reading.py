"""Reads answers as the values that an event holds, and says which cannot be read so."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from pydantic import ValidationError

from domain.times import in_london
from services.web.forms.answers import Answers, Fault, Wrong, one, places, several
from services.web.forms.faults import faults_of, missing
from services.web.forms.moments import day_at, moment_at
from services.web.forms.questions import Kind, Making, Question

OTHER = "other"
"""Control beside a list of references, for one that is not in it."""
_SEPARATOR = "|"


class Values(NamedTuple):
    """What was read: a value for each question that was answered, and what is wrong."""

    told: dict[str, Any]
    faults: tuple[Fault, ...]


def read(questions: Iterable[Question], answers: Answers, within: str = "") -> Values:
    """Return the values of the answers to some questions, by their names on the wire."""
    told: dict[str, Any] = {}
    faults: list[Fault] = []
    for question in questions:
        name = f"{within}{question.name}"
        try:
            value, found = _value(question, answers, name)
        except Wrong as wrong:
            faults.append(Fault(wrong.name or name, f"{wrong}: {question.ask}"))
            continue
        faults += found
        if value is not None:
            told[question.name] = value
            faults += [] if found else _judged(question, name, value)
        elif question.required and not found:
            if question.is_list and question.kind is not Kind.PARTS:
                told[question.name] = []
                faults += _judged(question, name, [])
            else:
                faults.append(missing(question, name))
    return Values(told, tuple(faults))


def _judged(question: Question, name: str, value: Any) -> list[Fault]:
    if question.reads is None:
        return []
    try:
        question.reads.validate_python(value)
    except ValidationError as error:
        return faults_of(question, name, error)
    return []


def _value(question: Question, answers: Answers, name: str) -> tuple[Any, Sequence[Fault]]:
    """Return the value of an answer, None where there is none, and the faults within it."""
    if question.kind is Kind.PART:
        return _part(question, answers, f"{name}.")
    if question.kind is Kind.PARTS:
        return _parts(question, answers, name)
    return _READERS[question.kind](answers, name), ()


def _part(question: Question, answers: Answers, within: str) -> tuple[Any, Sequence[Fault]]:
    told, faults = read(question.parts, answers, within)
    is_answered = any(name.startswith(within) and any(answers[name]) for name in answers)
    if not is_answered and not (question.required and question.kind is Kind.PART):
        return None, ()
    return told or None, faults


def _parts(question: Question, answers: Answers, name: str) -> tuple[Any, Sequence[Fault]]:
    read_of = [_part(question, answers, f"{name}.{place}.") for place in places(answers, name)]
    faults = [fault for _, found in read_of for fault in found]
    return [told for told, _ in read_of if told is not None] or None, faults


def _text(answers: Answers, name: str) -> str | None:
    return one(answers, name) or None


def _lines(answers: Answers, name: str) -> list[str] | None:
    lines = (line.strip() for line in one(answers, name).splitlines())
    return [line for line in lines if line] or None


def _yes_or_no(answers: Answers, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(one(answers, name))


def _number(answers: Answers, name: str) -> int | None:
    typed = one(answers, name).replace(",", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 15):
        raise Wrong("Enter a whole number, for example 3")
    return int(typed)


def _pence(answers: Answers, name: str) -> int | None:
    typed = one(answers, name).replace(",", "").removeprefix("£").strip()
    if not typed:
        return None
    try:
        pence = Decimal(typed) * 100
    except InvalidOperation:
        pence = Decimal("NaN")
    if not pence.is_finite() or pence < 0 or pence != pence.to_integral_value():
        raise Wrong("Enter an amount in pounds, for example 120 or 99.50")
    return int(pence)


def _day(answers: Answers, name: str) -> str | None:
    day = day_at(answers, name)
    return day.isoformat() if day else None


def _moment(answers: Answers, name: str) -> str | None:
    moment = moment_at(answers, name)
    return in_london(moment).isoformat() if moment else None


def _reference(answers: Answers, name: str) -> str | None:
    return one(answers, f"{name}.{OTHER}") or one(answers, name) or None


def _references(answers: Answers, name: str) -> list[str] | None:
    others = one(answers, f"{name}.{OTHER}").split()
    return list(dict.fromkeys((*several(answers, name), *others))) or None


def _event(answers: Answers, name: str) -> dict[str, str] | None:
    chosen = one(answers, name)
    return _event_ref(chosen) if chosen else None


def _events(answers: Answers, name: str) -> list[dict[str, str]] | None:
    return [_event_ref(each) for each in several(answers, name)] or None


def event_choice(source: str, own_id: str) -> str:
    """Return the value by which an event is chosen: its source and its id there."""
    return f"{source}{_SEPARATOR}{own_id}"


def _event_ref(chosen: str) -> dict[str, str]:
    source, separator, own_id = chosen.partition(_SEPARATOR)
    if not separator:
        raise Wrong("Choose an event from the list")
    return {"source": source, "id": own_id}


def _subjects(answers: Answers, name: str) -> list[dict[str, str]] | None:
    chosen = (each.rpartition(_SEPARATOR) for each in several(answers, name))
    return [{"person": person, "role": role} for person, _, role in chosen] or None


def subject_choice(person: str, role: str) -> str:
    """Return the value by which a person in a role is chosen."""
    return f"{person}{_SEPARATOR}{role}"


_READERS = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.LINES: _lines,
    Kind.ONE_OF: _text,
    Kind.SEVERAL_OF: lambda answers, name: list(several(answers, name)) or None,
    Kind.YES_NO: _yes_or_no,
    Kind.NUMBER: _number,
    Kind.POUNDS: _pence,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _references,
    Kind.EVENT: _event,
    Kind.EVENTS: _events,
    Kind.FINGERPRINT: _text,
    Kind.SUBJECTS: _subjects,
}


def is_made(question: Question) -> bool:
    """Tell whether a reference is made for a question that is left unanswered."""
    return question.made is not Making.NONE
