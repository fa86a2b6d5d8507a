"""What a schema refuses is refused by the service, and nearly always the other way round.

What is refused though its schema accepts it breaks a rule that no schema of this kind can state.
"""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from adapters.wire import Refusal
from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Reason
from tests.support.messages import Message, with_data, without
from tests.support.schemas import fits, full, refusal_of

Place = tuple[str | int, ...]
"""The way to a value within a message."""

SPOILT: dict[str, tuple[Message, Reason]] = {
    "no subject": (without(full("ConcernRaised"), "subject"), Reason.MISSING_MEMBER),
    "no data": (without(full("ConcernRaised"), "data"), Reason.MISSING_MEMBER),
    "unknown attribute": (full("ConcernRaised") | {"mood": "grim"}, Reason.UNKNOWN_MEMBER),
    "attribute within data": (
        with_data(full("ConcernRaised"), known_at="2024-03-04T09:30:00Z"),
        Reason.UNKNOWN_MEMBER,
    ),
    "unknown member": (with_data(full("ConcernRaised"), mood="grim"), Reason.UNKNOWN_MEMBER),
    "unknown member within": (
        with_data(full("ConcernRaised"), reporter={"role": "Officer", "mood": "grim"}),
        Reason.UNKNOWN_MEMBER,
    ),
    "missing member within": (
        with_data(full("ConcernRaised"), reporter={}),
        Reason.MISSING_MEMBER,
    ),
    "name of another event": (
        with_data(full("Reclassified"), from_x="asb"),
        Reason.UNKNOWN_MEMBER,
    ),
    "wrong code": (with_data(full("ConcernRaised"), channel="pigeon"), Reason.UNKNOWN_CODE),
    "label for code": (
        with_data(full("ConcernRaised"), channel="Housing officer"),
        Reason.UNKNOWN_CODE,
    ),
    "wrong code in a list": (
        with_data(full("ConcernRaised"), strands=["adult", "other"]),
        Reason.UNKNOWN_CODE,
    ),
    "text for boolean": (
        with_data(full("ConcernRaised"), immediate_danger="true"),
        Reason.WRONG_TYPE,
    ),
    "text for count": (with_data(full("FeedbackChased"), attempt="2"), Reason.WRONG_TYPE),
    "count below 1": (with_data(full("FeedbackChased"), attempt=0), Reason.INVALID_VALUE),
    "empty text": (with_data(full("ConcernRaised"), narrative=""), Reason.INVALID_VALUE),
    "text over its limit": (
        with_data(full("ConcernRaised"), narrative="x" * 20_001),
        Reason.INVALID_VALUE,
    ),
    "name for reference": (
        with_data(full("PersonInvolved"), person="Somebody's name"),
        Reason.INVALID_VALUE,
    ),
    "line feed after an id": (full("ConcernRaised") | {"id": "e-1\n"}, Reason.INVALID_ID),
    "subject of no system": (full("ConcernRaised") | {"subject": "0117"}, Reason.INVALID_ID),
    "time without offset": (
        full("ConcernRaised") | {"time": "2024-03-01T09:00:00"},
        Reason.TIMESTAMP_NEEDS_OFFSET,
    ),
    "known time without offset": (
        full("ConcernRaised") | {"knowntime": "2024-03-01T09:00:00"},
        Reason.TIMESTAMP_NEEDS_OFFSET,
    ),
    "meeting without offset": (
        with_data(full("MeetingConvened"), at="2024-03-01T09:00:00"),
        Reason.TIMESTAMP_NEEDS_OFFSET,
    ),
    "a day for a time": (full("ConcernRaised") | {"time": "2024-03-01"}, Reason.INVALID_TIMESTAMP),
    "a time for a day": (
        with_data(full("ActionAgreed"), due="2024-03-01T09:00:00Z"),
        Reason.INVALID_TIMESTAMP,
    ),
    "range without end": (
        without(full("ConcernRaised"), "timeend") | {"timeprecision": "range"},
        Reason.INVALID_VALUE,
    ),
    "end without range": (
        without(full("ConcernRaised"), "timeprecision"),
        Reason.INVALID_VALUE,
    ),
    "other version of CloudEvents": (
        full("ConcernRaised") | {"specversion": "0.3"},
        Reason.NOT_A_CLOUDEVENT,
    ),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_spoilt_is_refused_by_both(kind: str) -> None:
    sent, reason = SPOILT[kind]
    refusal = refusal_of(sent)
    assert refusal is not None
    assert refusal.reason is reason
    assert not fits(sent)


WRONG: tuple[Any, ...] = (
    ...,
    *(None, True, -1, "", "no such code", "2024-03-01T09:00:00", [7], {}),
)
"""Put in place of a value; the first leaves its member out."""


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_both_agree_on_every_member_of_an_event(name: str) -> None:
    own = EVENT_TYPES[name].model_fields.keys() - CaseEvent.model_fields.keys()
    aliases = {EVENT_TYPES[name].model_fields[field].alias or field for field in own}
    _agree(name, [path for path in _places(full(name)["data"], ("data",)) if path[1] in aliases])


def test_both_agree_on_every_member_of_the_envelope() -> None:
    passed_over = {"type", "recordedtime", "datacontenttype"}
    places = [path for path in _places(full("CaseClosed")) if path[0] not in passed_over]
    _agree("CaseClosed", places)


def is_between_members(refusal: Refusal) -> bool:
    """Whether it is about the event as a whole: a rule that the schema tells in words at most."""
    return refusal.detail.startswith("data: ") or refusal.reason in {
        Reason.FUTURE_EVENT,
        Reason.TIMESTAMP_OUT_OF_RANGE,
    }


def _agree(name: str, places: list[Place]) -> None:
    refused = 0
    for spoilt in (each for place in places for each in _spoilt(full(name), place)):
        refusal = refusal_of(spoilt)
        if refusal is None:
            assert fits(spoilt), spoilt
        elif not is_between_members(refusal):
            assert not fits(spoilt), refusal
        refused += refusal is not None
    assert refused or not places


def _places(value: Any, path: Place = ()) -> Iterator[Place]:
    """Every place below `path` in a message; of a list, its first member."""
    members = value.items() if isinstance(value, dict) else ()
    first = enumerate(value[:1]) if isinstance(value, list) else ()
    for step, inner in (*members, *first):
        yield (*path, step)
        yield from _places(inner, (*path, step))


def _spoilt(sent: Message, place: Place) -> Iterator[Message]:
    *way, last = place
    for value in WRONG:
        changed = copy.deepcopy(sent)
        holder = _within(changed, way)
        if value is ...:
            del holder[last]
        else:
            holder[last] = value
        yield changed
    changed = copy.deepcopy(sent)
    if isinstance(found := _within(changed, place), dict):
        found["no_such_member"] = 1
        yield changed


def _within(value: Any, way: Sequence[str | int]) -> Any:
    for step in way:
        value = value[step]
    return value
