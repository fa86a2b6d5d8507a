"""Makes of the answers to a form what is recorded, or says what is wrong with them."""

import json
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.fields import Actor
from domain.identity import case_id_of, event_id_of
from domain.vocabulary.record import Sensitivity
from services.web.forms.answers import Answers, Fault, Wrong
from services.web.forms.faults import faults_of_the_whole, missing
from services.web.forms.form import Form
from services.web.forms.happened import HAPPENED, KNOWN, happened_in, known_in
from services.web.forms.questions import Kind, Making, Question
from services.web.forms.reading import read

_MADE_LETTERS = 5
"""How long a reference within a case is that is made: one in 33 million is as good as unique."""
_MADE_FOR_PERSON = 16
_STRICTER = {"not-restricted": Sensitivity.RESTRICTED, "not-sealed": Sensitivity.SEALED}


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody is about to record."""

    form: Form
    event_id: UUID
    """Made when the form is begun: however often it is sent, it is one event."""
    reference: str
    """What it is recorded on."""
    actor: Actor


@dataclass(frozen=True, slots=True)
class Telling:
    """What was made of the answers: nothing that can be recorded, as long as there are faults."""

    members: Mapping[str, Any]
    faults: tuple[Fault, ...]
    event: CaseEvent | None = None

    @property
    def body(self) -> bytes:
        """The body that tells it, as `services.access.recording` takes it."""
        return json.dumps(self.members, ensure_ascii=False).encode()

    def on_file(self, reference: str) -> bytes:
        """The body that tells it of a file, which is named in it."""
        return json.dumps({**self.members, "subject": reference}, ensure_ascii=False).encode()


def told_of(entry: Entry, answers: Answers, now: datetime) -> Telling:
    """Return what the answers tell, judged as the door will judge it."""
    members, faults = _members(entry, answers, now)
    if faults:
        return Telling(members, tuple(faults))
    return _judged(entry, members, now)


def faults_on(page: Sequence[Question], answers: Answers, now: datetime) -> list[Fault]:
    """Return what is wrong with the answers to the questions of one page."""
    faults = []
    for question in page:
        if question.kind in (Kind.HAPPENED, Kind.KNOWN):
            _, fault = _when(question, answers, now)
            faults += [fault] if fault else []
        else:
            faults += read((question,), answers).faults
    return faults


def _members(entry: Entry, answers: Answers, now: datetime) -> tuple[dict[str, Any], list[Fault]]:
    faults = faults_on(entry.form.questions, answers, now)
    asked = [each for each in entry.form.questions if each.kind not in (Kind.HAPPENED, Kind.KNOWN)]
    data = read(asked, answers).told
    members: dict[str, Any] = {"id": str(entry.event_id), "type": entry.form.event_type.__name__}
    if (when := _when(HAPPENED, answers, now)[0]) is not None:
        members |= when
    if (known := _when(KNOWN, answers, now)[0]) is not None:
        members |= known
    if entry.form.compose is None:
        data |= _made(entry, asked, data)
    elif not faults:
        data = entry.form.compose(data, entry.actor, made_person(entry.event_id))
    return members | {"data": data}, faults


def _when(
    question: Question, answers: Answers, now: datetime
) -> tuple[dict[str, str] | None, Fault | None]:
    """Return the members of a message that tell when, or what is wrong with what was told."""
    try:
        if question.kind is Kind.HAPPENED:
            happened = happened_in(answers, now)
            told = happened.on_the_wire() if happened else None
        else:
            known = known_in(answers, now)
            told = {"knowntime": known.isoformat()} if known else None
    except Wrong as wrong:
        return None, Fault(wrong.name or question.name, str(wrong))
    return told, None if told else missing(question, question.name)


def _made(entry: Entry, asked: Sequence[Question], data: Mapping[str, Any]) -> dict[str, str]:
    """Return what is made for questions that may be left to us."""
    made = {}
    for question in asked:
        if question.name in data:
            continue
        if question.made is Making.ITEM:
            made[question.name] = made_reference(entry.event_id, question.name)
        if question.made is Making.PERSON:
            made[question.name] = made_person(entry.event_id)
        if question.made is Making.FINGERPRINT:
            text = next((data[each] for each in entry.form.event_type.ACCOUNT if each in data), "")
            made[question.name] = sha256(text.encode()).hexdigest()
    return made


def made_reference(event_id: UUID, field: str) -> str:
    """Return the reference of something that an event begins: the same for the same event."""
    return f"{field[0].upper()}-{_letters(event_id, _MADE_LETTERS)}"


def made_person(event_id: UUID) -> str:
    """Return the reference of a person of whom no other system has one."""
    return f"person:ct-{_letters(event_id, _MADE_FOR_PERSON)}"


def _letters(event_id: UUID, number: int) -> str:
    return b32encode(sha256(event_id.bytes).digest()).decode()[:number]


def _judged(entry: Entry, members: dict[str, Any], now: datetime) -> Telling:
    """Return the telling with the event it makes, or what keeps it from making one.

    Where it holds what not everyone on the case may see, that is seen to.
    """
    try:
        return Telling(members, (), _event(entry, members, now))
    except ValidationError as error:
        stricter = {_STRICTER[each["type"]] for each in error.errors() if each["type"] in _STRICTER}
        kept = members["data"].get("sensitivity")
        if stricter and kept not in stricter:
            least = max(stricter, key=lambda each: each.place)
            data = {**members["data"], "sensitivity": least.value}
            return _judged(entry, {**members, "data": data}, now)
        fields = {
            name: field.alias
            for name, field in entry.form.event_type.model_fields.items()
            if field.alias
        }
        faults = faults_of_the_whole(entry.form.questions, fields, error)
    return Telling(members, tuple(faults))


def _event(entry: Entry, members: Mapping[str, Any], now: datetime) -> CaseEvent:
    own_id = str(entry.event_id)
    return entry.form.event_type.model_validate(
        {
            "event_id": event_id_of(OWN_SOURCE, own_id),
            "case_id": case_id_of(entry.reference),
            "case_ref": entry.reference,
            "occurred_at": members["time"],
            "occurred_precision": members["timeprecision"],
            "occurred_to": members.get("timeend"),
            "known_at": members["knowntime"],
            "recorded_at": now,
            "source": OWN_SOURCE,
            "source_event_id": own_id,
            "actor": entry.actor,
            **members["data"],
        }
    )
