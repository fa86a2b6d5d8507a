"""What a case offers to choose from: what the gate lets whoever fills in the form see of it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.access import Action
from domain.rules import catalogue
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import PersonRole
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose, RecordPart
from projections.action_plan import action_plan
from projections.attention import attention
from projections.enquiries import enquiries
from projections.escalations import escalations
from projections.information_requests import information_requests
from projections.markers import markers
from projections.masking import shown
from projections.meetings import meetings
from projections.people import people
from projections.plans import plans
from projections.read_model import ReadModel
from projections.recommendations import recommendations
from projections.referrals import referrals
from projections.reviews import reviews
from projections.rights import RightsKind, rights
from projections.support import support
from projections.timeline import timeline
from services.access import Asking, NotThere, Visitor
from services.api.context import Context
from services.web.dates import happened
from services.web.forms.offered import EVENT_TYPES_OFFERED, EVENTS, FILED, PEOPLE, RULES
from services.web.forms.questions import Choice, Kind, Question
from services.web.forms.reading import event_choice, subject_choice

_MODELS: dict[str, ReadModel[Any]] = {
    model.name: model
    for model in (
        action_plan,
        referrals,
        meetings,
        plans,
        escalations,
        enquiries,
        markers,
        support,
        reviews,
        recommendations,
        rights,
        information_requests,
        attention,
    )
}
_NAMED_BY = {"hold_id": RightsKind.HOLD, "request_id": RightsKind.ACCESS, "glass_id": "glass"}
"""What stands before the reference in the item of a row, by the field that names it."""
_RULES = tuple(
    Choice(rule.id, f"{rule.id}: {rule.title}")
    for rule in catalogue.RULES.values()
    if rule.parameters
)
"""Those that can be given other parameters."""
_MOST_EVENTS = 200
_LONGEST_LABEL = 90
_SAID_OF = (
    "text",
    "kind",
    "route",
    "forum",
    "marker_type",
    "review_type",
    "about",
    "scope",
    "party",
    "why",
)
"""Columns by which people tell items apart, the best first."""
_ALSO = ("receiving_org", "owner_org", "commissioner", "due", "status")


class Offers:
    """Lists to choose from on one case, each read when it is first needed."""

    def __init__(self, context: Context, visitor: Visitor, case_id: UUID | None) -> None:
        """`case_id` is None where there is no case yet, or none that anything is offered of."""
        self._context = context
        self._visitor = visitor
        self._case_id = case_id

    def for_question(self, question: Question) -> tuple[Choice, ...]:
        """Return what is offered for a question; nothing where the visitor may see none of it."""
        if question.offered == RULES:
            return _RULES
        if question.offered in (None, FILED) or self._case_id is None:
            return ()
        if question.offered == PEOPLE:
            by_role = question.kind is Kind.SUBJECTS
            return self._people_in_roles if by_role else self._people
        source, _, field = question.offered.partition(":")
        if source == EVENTS:
            return self._events(field)
        return self._items(question.offered, question.name)

    @cached_property
    def _people(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(row["person"], _person(row)) for row in self._rows(people, RecordPart.PEOPLE)
        )

    @cached_property
    def _people_in_roles(self) -> tuple[Choice, ...]:
        rows = self._rows(people, RecordPart.PEOPLE)
        return tuple(
            Choice(subject_choice(row["person"], row["current_roles"][0]), _person(row))
            for row in rows
            if row["current_roles"]
        )

    def _events(self, field: str) -> tuple[Choice, ...]:
        wanted = {each.__name__ for each in EVENT_TYPES_OFFERED.get(field, ())}
        rows = [row for row in self._timeline if not wanted or row["type"] in wanted]
        return tuple(_event(row) for row in rows[:_MOST_EVENTS])

    @cached_property
    def _timeline(self) -> list[dict[str, Any]]:
        rows = self._rows(timeline, RecordPart.TIMELINE)
        return sorted(rows, key=lambda row: row["version"], reverse=True)

    def since(self, version: int) -> list[dict[str, Any]]:
        """Return what was recorded after a version of the case, as the timeline shows it."""
        return [row for row in reversed(self._timeline) if row["version"] > version]

    def _items(self, name: str, field: str) -> tuple[Choice, ...]:
        found: dict[str, Choice] = {}
        for row in self._rows(_MODELS[name], RecordPart.PLAN):
            reference = _reference_in(row, name, field)
            if reference:
                found[reference] = Choice(reference, _item(row, reference))
        return tuple(found.values())

    def _rows(self, model: ReadModel[Any], part: RecordPart) -> list[dict[str, Any]]:
        assert self._case_id is not None
        asking = Asking(action=Action.READ, part=part, purpose=AccessPurpose.CASE_WORK)
        try:
            opened = self._context.gate.open(self._visitor, asking, self._case_id)
            found = self._context.reading(opened).rows([model])[model.name]
        except NotThere:
            return []
        return [_shown(row, opened.masked) for row in found]


def _shown(row: Any, masked: frozenset[PersonalClass]) -> dict[str, Any]:
    # By labels, for people to read; what they choose is sent by code.
    return shown(row, masked) | {"labels": _labels(row)}


def _labels(row: Any) -> dict[str, str]:
    values = ((name, getattr(row, name, None)) for name in (*_SAID_OF, *_ALSO))
    return {name: value.label for name, value in values if isinstance(value, CodedList)}


def _reference_in(row: dict[str, Any], model: str, field: str) -> str | None:
    """Return the reference by which a field names the item of a row; None where it cannot."""
    if model in (rights.name, attention.name):
        kind, _, reference = row["item"].partition(":")
        return reference if kind == _NAMED_BY[field] else None
    key = "offer_id" if model == support.name else _MODELS[model].row.KEY
    reference = row[key]
    assert reference is None or isinstance(reference, str)
    return reference


def _person(row: dict[str, Any]) -> str:
    roles = ", ".join(_role_label(role) for role in row["current_roles"])
    called = row["name"] or row["person"]
    return f"{called} ({roles.lower()})" if roles else called


def _role_label(role: str) -> str:
    return PersonRole(role).label


def _item(row: dict[str, Any], reference: str) -> str:
    labels = row["labels"]
    said = next((labels.get(name) or row[name] for name in _SAID_OF if row.get(name)), "")
    also = [str(labels.get(name) or row[name]) for name in _ALSO if row.get(name)]
    told = ", ".join([each for each in (_cut(str(said)), *also[:2]) if each])
    return f"{reference}: {told}" if told else reference


def _event(row: dict[str, Any]) -> Choice:
    at = datetime.fromisoformat(row["occurred_at"])
    told = f"{happened(at, row['occurred_precision'])}: {row['headline'] or row['type']}"
    return Choice(event_choice(row["source"], row["source_event_id"]), _cut(told))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1]}…"


def labels_of(choices: Sequence[Choice]) -> dict[str, str]:
    """Return the labels of choices by their values."""
    return {choice.value: choice.label for choice in choices}
