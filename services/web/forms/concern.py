"""Raising a concern: a short form that fits on a phone, where "not known" is always an answer.

It tells a `ConcernRaised`, with what the person who raises it can say and nothing they would have
to look up. Everything else can be recorded later, by whoever takes it on.
"""

from collections.abc import Mapping
from typing import Any

from domain.events.fields import Actor
from domain.events.lifecycle import ConcernRaised
from domain.vocabulary.lifecycle import ReporterKind
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.safeguarding import Channel, ConcernBasis, Strand
from services.web.forms.form import Form
from services.web.forms.happened import HAPPENED, KNOWN
from services.web.forms.questions import Choice, Kind, Question

NAME = "concern"

_YES_NO_UNKNOWN = tuple(Choice(each.value, each.label) for each in YesNoUnknown)
_NOT_SURE = "unsure"
_DANGER_UNSURE = (
    "Immediate danger: whoever raised this was not sure, and did not say that anyone was. "
    "It is dealt with as if somebody were."
)
"""Beside the account, as the event can only say yes or no."""

DANGER = Question(
    name="danger",
    kind=Kind.ONE_OF,
    ask="Is anyone in immediate danger now?",
    hint="If so, call 999 first. If you are not sure, it is dealt with as if somebody were.",
    required=True,
    choices=(Choice("yes", "Yes"), Choice("no", "No"), Choice(_NOT_SURE, "Not sure")),
)
CONCERN = Question(
    name="concern",
    kind=Kind.LONG_TEXT,
    ask="What are you worried about?",
    hint="What you saw or heard, in the words that were used. You need not be sure.",
    required=True,
    longest=15_000,
)
WHO = Question(
    name="who",
    kind=Kind.TEXT,
    ask="Who are you worried about?",
    hint="A name if you know it, or what you can say: “a woman in her 80s, first floor”.",
    longest=500,
)
AGE = Question(
    name="age",
    kind=Kind.ONE_OF,
    ask="Is that an adult or a child?",
    required=True,
    choices=(
        Choice("adult", "Adult"),
        Choice("child", "Child, under 18"),
        Choice("both", "Both"),
        Choice("unknown", "Not known"),
    ),
)
WHERE = Question(
    name="where",
    kind=Kind.TEXT,
    ask="Where?",
    hint="An address or a place, as well as you know it.",
    longest=500,
)
HOW = Question(
    name="how",
    kind=Kind.ONE_OF,
    ask="How do you know?",
    required=True,
    choices=(
        Choice("seen", "I saw or heard it myself"),
        Choice("told", "The person told me"),
        Choice("other", "Somebody else told me"),
        Choice("over-time", "I have noticed it over time"),
    ),
)
TELLER = Question(
    name="teller",
    kind=Kind.TEXT,
    ask="If somebody else told you, who are they?",
    hint="For example a neighbour or a gas engineer. Their name only if they agree.",
    longest=200,
)
SAFE = Question(
    name="safe",
    kind=Kind.ONE_OF,
    ask="Is it safe to contact the person?",
    required=True,
    choices=_YES_NO_UNKNOWN,
)
AWARE = Question(
    name="aware",
    kind=Kind.ONE_OF,
    ask="Do they know that you are telling us?",
    choices=_YES_NO_UNKNOWN,
)

_BASIS = {
    "seen": (ConcernBasis.OBSERVATION, Channel.HOUSING_OFFICER),
    "told": (ConcernBasis.DISCLOSURE, Channel.SELF),
    "other": (ConcernBasis.THIRD_PARTY, Channel.OTHER),
    "over-time": (ConcernBasis.PATTERN, Channel.HOUSING_OFFICER),
}
_STRANDS = {
    "adult": [Strand.ADULT],
    "child": [Strand.CHILD],
    "both": [Strand.ADULT, Strand.CHILD],
}
_ROLES = {"adult": PersonRole.ADULT_AT_RISK, "child": PersonRole.CHILD_AT_RISK}


def concern_data(told: Mapping[str, Any], actor: Actor, person: str) -> dict[str, Any]:
    """Return the data of the concern that was told; `actor` tells it.

    `person` refers to the person it is about, of whom nobody may have heard before.
    """
    basis, channel = _BASIS[told["how"]]
    data: dict[str, Any] = {
        "channel": channel.value,
        "basis": basis.value,
        "reporter": _reporter(told, actor.role),
        "verbatim_account": _account(told),
        "immediate_danger": told["danger"] != "no",
        "safe_to_contact": told["safe"],
        "person_aware": told.get("aware", YesNoUnknown.UNKNOWN.value),
        "strands": [strand.value for strand in _STRANDS.get(told["age"], [])],
        "sensitivity": Sensitivity.STANDARD.value,
    }
    if told["age"] in _ROLES:
        data["subjects"] = [{"person": person, "role": _ROLES[told["age"]].value}]
    return data


def _reporter(told: Mapping[str, Any], role: str) -> dict[str, str]:
    if told["how"] == "told":
        return {"role": "The person themselves", "kind": ReporterKind.SELF.value}
    if told["how"] == "other":
        return {"role": told.get("teller", "Not known")}
    return {"role": role, "kind": ReporterKind.STAFF.value}


def _account(told: Mapping[str, Any]) -> str:
    """Return the account, and under it what was said of who and where.

    The event has no field of its own for what someone who raises a concern can say of a person
    whom the landlord may not know.
    """
    beside = [
        f"{called}: {told[name]}"
        for called, name in (("Who", "who"), ("Where", "where"))
        if name in told
    ]
    if told["danger"] == _NOT_SURE:
        beside.append(_DANGER_UNSURE)
    return "\n\n".join([told["concern"], "\n".join(beside)]).strip()


CONCERN_FORM = Form(
    name=NAME,
    title="Raise a concern",
    event_type=ConcernRaised,
    pages=((DANGER, CONCERN), (WHO, AGE, WHERE), (HOW, TELLER, SAFE, AWARE), (HAPPENED, KNOWN)),
    compose=concern_data,
)
