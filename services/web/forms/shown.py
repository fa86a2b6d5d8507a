"""Shows answers: in the controls of a page, and as what is to be checked before it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from domain.times import in_london
from services.web import dates
from services.web.forms.answers import Answers, Fault, Wrong, one, places, several
from services.web.forms.form import Form
from services.web.forms.happened import KNOWN, happened_in, known_in
from services.web.forms.offers import Offers, labels_of
from services.web.forms.questions import Choice, Kind, Question
from services.web.forms.reading import OTHER, read

_NOT_ANSWERED = "Not answered"
_RADIOS_UP_TO = 8
_BLANK_PARTS = 1


@dataclass(frozen=True, slots=True)
class Filled:
    """What the controls of a page hold; templates ask it by the names of controls."""

    answers: Answers
    faults: Sequence[Fault]
    offers: Offers
    more: str = ""
    """The question to which one more part is to be shown."""

    def one(self, name: str) -> str:
        """Return what stands in a control."""
        return one(self.answers, name)

    def holds(self, name: str, value: str) -> bool:
        """Tell whether this is chosen."""
        return value in several(self.answers, name)

    def error(self, name: str) -> dict[str, str] | None:
        """Return what is wrong at a control, for a component's `errorMessage`."""
        found = next((each for each in self.faults if _is_at(each.name, name)), None)
        return {"text": found.message} if found else None

    def is_wrong(self, name: str) -> bool:
        """Tell whether something is wrong at just this control, or at all of a date's."""
        return any(each.name == name for each in self.faults)

    def offered(self, question: Question) -> tuple[Choice, ...]:
        """Return what is offered to choose from."""
        return self.offers.for_question(question)

    def is_short(self, choices: Sequence[Choice]) -> bool:
        """Tell whether so many choices are best shown all at once."""
        return len(choices) <= _RADIOS_UP_TO

    def other(self, question: Question, name: str) -> str:
        """Return what stands in the control for what is not in the list that is offered."""
        typed = one(self.answers, f"{name}.{OTHER}")
        chosen = one(self.answers, name)
        return typed or ("" if chosen in labels_of(self.offered(question)) else chosen)

    def parts_shown(self, name: str) -> list[int]:
        """Return the places of the parts to show: those answered, or a blank one."""
        answered = places(self.answers, name)
        after = max(answered, default=-1) + 1
        blank = [after] if not answered or self.more == name else []
        return [*answered, *blank]


def _is_at(fault: str, name: str) -> bool:
    return fault == name or fault.startswith(f"{name}.")


class Row(NamedTuple):
    """One answer, for somebody to check."""

    ask: str
    told: tuple[str, ...]
    """What was answered, each thing on a line of its own."""
    href: str
    """Where to change it."""
    is_answered: bool = True


def to_change(base: str, number: int, name: str) -> str:
    """Return where an answer is changed, from where one comes back to check them all."""
    return f"{base}/{number}?back=check#{name}"


def rows_to_check(
    form: Form, answers: Answers, offers: Offers, base: str, now: datetime
) -> list[Row]:
    """Return every question with its answer; of those that may be left out, the answered ones."""
    rows = []
    for number, page in enumerate(form.pages, 1):
        for question in page:
            told = _told(question, answers, question.name, offers, now)
            if told or question.required:
                href = to_change(base, number, question.name)
                rows.append(Row(question.ask, told or (_NOT_ANSWERED,), href, bool(told)))
    return rows


def _told(
    question: Question, answers: Answers, name: str, offers: Offers, now: datetime
) -> tuple[str, ...]:
    """Return an answer in words; nothing where there is none, or none that can be read."""
    match question.kind:
        case Kind.HAPPENED | Kind.KNOWN:
            return _when(question, answers, now)
        case Kind.PART:
            return _parts(question, answers, f"{name}.", offers, now)
        case Kind.PARTS:
            found = [
                _parts(question, answers, f"{name}.{place}.", offers, now)
                for place in places(answers, name)
            ]
            return tuple("; ".join(each) for each in found if each)
        case Kind.DAY | Kind.MOMENT:
            value = read((question,), {**answers}, name.removesuffix(question.name)).told
            return tuple(_on_the_calendar(each) for each in value.values())
        case Kind.FINGERPRINT:
            return (
                (f"A file with the fingerprint {one(answers, name)[:12]}…",)
                if one(answers, name)
                else ()
            )
        case Kind.LINES:
            return tuple(one(answers, name).splitlines())
    others = tuple(one(answers, f"{name}.{OTHER}").split())
    labels = labels_of((*question.choices, *offers.for_question(question)))
    chosen = () if others and question.kind is Kind.REFERENCE else several(answers, name)
    return tuple(labels.get(each, each) for each in (*chosen, *others))


def _parts(
    question: Question, answers: Answers, within: str, offers: Offers, now: datetime
) -> tuple[str, ...]:
    found = (
        (part, _told(part, answers, f"{within}{part.name}", offers, now)) for part in question.parts
    )
    return tuple(", ".join(told) for _, told in found if told)


def _when(question: Question, answers: Answers, now: datetime) -> tuple[str, ...]:
    try:
        if question.kind is Kind.KNOWN:
            known = known_in(answers, now)
            is_now = one(answers, KNOWN.name) == "now"
            return () if known is None else (dates.day_and_time(known) if is_now else _at(known),)
        when = happened_in(answers, now)
    except Wrong:
        return ()
    if when is None:
        return ()
    if one(answers, "happened") == "unknown":
        return ("Not known; it is kept as about the time when we came to know",)
    return (dates.happened(when.at, when.precision, when.to),)


def _at(moment: datetime) -> str:
    local = in_london(moment)
    has_time = (local.hour, local.minute) != (0, 0)
    return dates.day_and_time(moment) if has_time else dates.day(moment)


def _on_the_calendar(value: str) -> str:
    if len(value) == len("2024-01-14"):
        return dates.day(date.fromisoformat(value))
    return dates.day_and_time(datetime.fromisoformat(value))
