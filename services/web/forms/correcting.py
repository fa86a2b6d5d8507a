"""Correcting something on record: which event, what of it, and what it should say.

What it says now is taken from the record: a correction that names anything else is refused.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from adapters.wire import encode
from domain.access import Action
from domain.corrections import corrected
from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import Actor
from domain.events.integrity import EventCorrected
from domain.vocabulary.rights import AccessPurpose, RecordPart
from services.access import Asking, NotThere, Visitor
from services.api.context import Context
from services.web.forms.answers import Answers, one
from services.web.forms.deriving import question_of, questions_of
from services.web.forms.form import Form, form_of
from services.web.forms.happened import HAPPENED, KNOWN
from services.web.forms.questions import Choice, Kind, Question
from services.web.forms.reading import event_choice
from services.web.forms.words.common import WORDS

_OF_THE_ENVELOPE = ("occurred_at", "known_at", "property_ref", "sensitivity", "narrative")
"""What may be wrong of any event, beside its own fields."""
_KINDS = {"occurred_at": Kind.MOMENT, "known_at": Kind.MOMENT, "narrative": Kind.LONG_TEXT}


def correction_form(target: CaseEvent | None, field: str) -> Form:
    """Return the form to correct an event, as far as it is known which and what of it."""
    derived = form_of(EventCorrected)
    asked = {question.name: question for question in derived.questions}
    what = replace(asked["field"], kind=Kind.ONE_OF, choices=_fields_of(target), reads=None)
    own = {question.name: question for question in _questions(target)}
    now = own.get(field, asked["now"])
    says = replace(now, name="now", ask=asked["now"].ask, hint=f"{now.ask} {now.hint}".strip())
    return replace(
        derived,
        pages=((asked["target"],), (what,), (says, asked["reason"]), (HAPPENED, KNOWN)),
        compose=lambda told, actor, _: _data(told, actor, target),
    )


def correction_of(context: Context, visitor: Visitor, case_id: UUID, answers: Answers) -> Form:
    """Return the form to correct the event of a case that the answers name, if it is there."""
    chosen, field = one(answers, "target"), one(answers, "field")
    return correction_form(_chosen(context, visitor, case_id, chosen) if chosen else None, field)


def _chosen(context: Context, visitor: Visitor, case_id: UUID, chosen: str) -> CaseEvent | None:
    asking = Asking(action=Action.READ, part=RecordPart.TIMELINE, purpose=AccessPurpose.CASE_WORK)
    try:
        opened = context.gate.open(visitor, asking, case_id)
        context.reading(opened).check()
    except NotThere:
        return None
    readings = corrected(context.review.events(opened.case_ref))
    return next((each for each in readings if _name_of(each) == chosen), None)


def _name_of(event: CaseEvent) -> str:
    return event_choice(event.source, event.source_event_id)


def _fields_of(target: CaseEvent | None) -> tuple[Choice, ...]:
    return tuple(Choice(question.name, question.ask) for question in _questions(target))


def _questions(target: CaseEvent | None) -> tuple[Question, ...]:
    if target is None:
        return ()
    own = questions_of(type(target)) if not isinstance(target, EventCorrected) else ()
    beside = (_of_the_envelope(type(target), name) for name in _OF_THE_ENVELOPE)
    return (*own, *beside)


def _of_the_envelope(event_type: type[CaseEvent], name: str) -> Question:
    # Derived like any other, in the words that all events share.
    question = question_of(event_type, name)
    return replace(question, ask=WORDS[name].ask, kind=_KINDS.get(name, question.kind))


def _data(told: Mapping[str, Any], actor: Actor, target: CaseEvent | None) -> dict[str, Any]:
    field = told["field"]
    return {
        "target": told["target"],
        "field": field,
        "was": _said(target, field) if target is not None else None,
        "now": told.get("now"),
        "reason": told["reason"],
        "by": actor.id,
    }


def _said(target: CaseEvent, field: str) -> Any:
    """Return what an event says in a field, as its message would."""
    if field in ENVELOPE_FIELDS:
        return target.model_dump(mode="json")[field]
    return encode(target)["data"].get(field)
