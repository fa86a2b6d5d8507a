"""Everything wrong that may arrive: each kind is met with a reason of its own, and never echoed."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.wire import Refusal, decode
from adapters.wire.refusal import Claims
from domain.events.lifecycle import ConcernRaised, IncidentReported
from domain.events.organisation import RuleOverridden
from domain.events.people import PersonInvolved, VulnerabilityRecorded
from domain.events.plan import ActionAgreed
from domain.events.referrals import FeedbackChased
from domain.events.registry import EVENT_TYPES
from domain.events.sharing import InformationShared
from domain.outcomes import Outcome, Reason, Remark
from services.intake.decision import Decider, Knowledge, read
from tests.support.messages import (
    RECEIVED,
    Message,
    body,
    example,
    submission,
    with_data,
    without,
)

CANARY = "Zaphod Beeblebrox"
"""Stands for what somebody wrote about somebody: it must not turn up in any answer or log."""

TOLD = with_data(
    example(ConcernRaised),
    verbatim_account=CANARY,
    narrative=CANARY,
    reporter={"role": CANARY, "identity": CANARY},
)
INCIDENT = with_data(example(IncidentReported), narrative=CANARY)


def raw(template: str, old: str = '"version-to-spoil"') -> bytes:
    """A valid message but for a piece of JSON that no JSON library would write."""
    spoilt = json.dumps(with_data(INCIDENT, account="version-to-spoil"))
    assert old in spoilt
    return spoilt.replace(old, template).encode()


def attribute(name: str, value: object) -> bytes:
    return body(TOLD | {name: value})


def data(sent: Message = TOLD, /, **members: Any) -> bytes:
    return body(with_data(sent, **members))


def lacking(name: str, sent: Message = TOLD) -> bytes:
    return body(sent | {"data": without(sent["data"], name)})


DEEP: object = CANARY
for _ in range(40):
    DEEP = [DEEP]

NEEDS_OFFSET = Reason.TIMESTAMP_NEEDS_OFFSET
OUT_OF_RANGE = Reason.TIMESTAMP_OUT_OF_RANGE

BAD: dict[str, tuple[bytes, Reason]] = {
    # What is no JSON, or JSON of which two readers could make two things.
    "truncated": (body(TOLD)[:-1], Reason.MALFORMED_JSON),
    "empty": (b"", Reason.MALFORMED_JSON),
    "not json at all": (f"Dear team, {CANARY} called.".encode(), Reason.MALFORMED_JSON),
    "two documents": (body(TOLD) + body(TOLD), Reason.MALFORMED_JSON),
    "bare control character": (raw('"a\tb"'), Reason.MALFORMED_JSON),
    "null": (b"null", Reason.NOT_AN_OBJECT),
    "array": (body([TOLD]), Reason.NOT_AN_OBJECT),
    "string": (body(CANARY), Reason.NOT_AN_OBJECT),
    "number": (b"42", Reason.NOT_AN_OBJECT),
    "nested 1,000 deep": (b"[" * 1_000 + b"]" * 1_000, Reason.TOO_DEEP),
    "nested 100,000 deep": (b'{"a":' * 50_000, Reason.TOO_DEEP),
    "nested in a value": (data(now=DEEP), Reason.TOO_DEEP),
    "oversized": (data(narrative=CANARY * 20_000), Reason.TOO_LARGE),
    "too many members": (data(**{f"m{n}": CANARY for n in range(300)}), Reason.TOO_MANY_MEMBERS),
    "NaN": (raw("NaN"), Reason.NOT_A_JSON_NUMBER),
    "infinity": (raw("-Infinity"), Reason.NOT_A_JSON_NUMBER),
    "overflow": (raw("1e999"), Reason.NOT_A_JSON_NUMBER),
    "underflow": (raw("1e-400"), Reason.NOT_A_JSON_NUMBER),
    "negative zero": (raw("-0.0"), Reason.NOT_A_JSON_NUMBER),
    "4,000 digits": (raw("7" * 4_000), Reason.NUMBER_OUT_OF_RANGE),
    "5,000 digits": (raw("7" * 5_000), Reason.NUMBER_OUT_OF_RANGE),
    "duplicate member": (raw('"a", "account": "b"'), Reason.DUPLICATE_MEMBER),
    "duplicate envelope": (raw('"x"}, "data": {"kind": "noise"'), Reason.DUPLICATE_MEMBER),
    "lone surrogate": (raw(r'"\ud800"'), Reason.INVALID_UNICODE),
    "lone surrogate in a name": (raw(r'1, "\ud800": 1'), Reason.INVALID_UNICODE),
    "NUL": (raw(r'"a\u0000b"'), Reason.CONTROL_CHARACTER),
    "latin-1": (json.dumps("café", ensure_ascii=False).encode("latin-1"), Reason.NOT_UTF_8),
    "utf-16": (json.dumps(TOLD).encode("utf-16"), Reason.NOT_UTF_8),
    "utf-16 without a mark": (json.dumps(TOLD).encode("utf-16-be"), Reason.NOT_UTF_8),
    "byte order mark": (b"\xef\xbb\xbf" + body(TOLD), Reason.NOT_UTF_8),
    # What is JSON and no CloudEvent.
    "no envelope": (body(TOLD["data"]), Reason.NOT_A_CLOUDEVENT),
    "other specversion": (attribute("specversion", "0.3"), Reason.NOT_A_CLOUDEVENT),
    "numeric specversion": (attribute("specversion", 1.0), Reason.NOT_A_CLOUDEVENT),
    "no id": (body(without(TOLD, "id")), Reason.NOT_A_CLOUDEVENT),
    "no source": (body(without(TOLD, "source")), Reason.NOT_A_CLOUDEVENT),
    "no type": (body(without(TOLD, "type")), Reason.NOT_A_CLOUDEVENT),
    "no subject": (body(without(TOLD, "subject")), Reason.MISSING_MEMBER),
    "no time": (body(without(TOLD, "time")), Reason.MISSING_MEMBER),
    "no data": (body(without(TOLD, "data")), Reason.MISSING_MEMBER),
    "unknown attribute": (attribute("patientname", CANARY), Reason.UNKNOWN_MEMBER),
    "data as text": (attribute("data", json.dumps(TOLD["data"])), Reason.NOT_AN_OBJECT),
    "data as list": (attribute("data", [CANARY]), Reason.NOT_AN_OBJECT),
    # Identifiers.
    "id a number": (attribute("id", 7), Reason.INVALID_ID),
    "id null": (attribute("id", None), Reason.INVALID_ID),
    "id empty": (attribute("id", ""), Reason.INVALID_ID),
    "id of 10 KB": (attribute("id", "x" * 10_000), Reason.INVALID_ID),
    "id with a line feed": (attribute("id", "e-1\n"), Reason.INVALID_ID),
    "id with a space": (attribute("id", CANARY), Reason.INVALID_ID),
    "id of nothing": (attribute("id", "00000000-0000-0000-0000-000000000000"), Reason.INVALID_ID),
    "id of all ones": (attribute("id", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"), Reason.INVALID_ID),
    "source a homoglyph": (attribute("source", "urn:cr\u043emwood:asb"), Reason.INVALID_ID),
    "source turned": (attribute("source", "urn:\u202ebsa"), Reason.INVALID_ID),
    "subject of no system": (attribute("subject", "2024-0117"), Reason.INVALID_ID),
    "subject a list": (attribute("subject", [CANARY]), Reason.INVALID_ID),
    "type a number": (attribute("type", 1), Reason.INVALID_ID),
    # Types and members.
    "unknown type": (attribute("type", "uk.casetimeline.CaseDeleted.v1"), Reason.UNKNOWN_TYPE),
    "type of others": (attribute("type", "com.example.Order.v1"), Reason.UNKNOWN_TYPE),
    "type to import": (attribute("type", "os:system"), Reason.UNKNOWN_TYPE),
    "newer version": (attribute("type", TOLD["type"][:-1] + "2"), Reason.SCHEMA_NEWER),
    "unknown member": (data(shoe_size=44), Reason.UNKNOWN_MEMBER),
    "unknown member, unfit to show": (data(**{CANARY: 1}), Reason.UNKNOWN_MEMBER),
    "unknown member within": (data(reporter={"role": "x", "age": 9}), Reason.UNKNOWN_MEMBER),
    "member of the envelope": (data(version=1), Reason.UNKNOWN_MEMBER),
    "no actor": (lacking("actor"), Reason.MISSING_MEMBER),
    "no verbatim account": (lacking("verbatim_account"), Reason.MISSING_MEMBER),
    "no role within": (data(reporter={"identity": CANARY}), Reason.MISSING_MEMBER),
    "neither consent nor override": (
        lacking("consent_ref", example(InformationShared)),
        Reason.MISSING_MEMBER,
    ),
    "unknown code": (data(channel=CANARY), Reason.UNKNOWN_CODE),
    "code in other case": (data(channel="Housing-Officer"), Reason.UNKNOWN_CODE),
    "label for code": (data(channel="Housing officer"), Reason.UNKNOWN_CODE),
    "unknown code in a list": (data(strands=["adult", CANARY]), Reason.UNKNOWN_CODE),
    "unknown code of the envelope": (data(sensitivity=CANARY), Reason.UNKNOWN_CODE),
    "unknown precision": (attribute("timeprecision", CANARY), Reason.UNKNOWN_CODE),
    "number for code": (data(channel=1), Reason.WRONG_TYPE),
    "boolean for count": (data(example(FeedbackChased), attempt=True), Reason.WRONG_TYPE),
    "text for count": (data(example(FeedbackChased), attempt="12"), Reason.WRONG_TYPE),
    "float for count": (data(example(FeedbackChased), attempt=1.0), Reason.WRONG_TYPE),
    "text for boolean": (data(immediate_danger="true"), Reason.WRONG_TYPE),
    "number for boolean": (data(immediate_danger=1), Reason.WRONG_TYPE),
    "number for text": (data(narrative=7), Reason.WRONG_TYPE),
    "object for text": (data(narrative={"text": CANARY}), Reason.WRONG_TYPE),
    "text for object": (data(actor=CANARY), Reason.WRONG_TYPE),
    "text for list": (data(strands="adult"), Reason.WRONG_TYPE),
    "null for what is needed": (data(verbatim_account=None), Reason.WRONG_TYPE),
    "empty text": (data(narrative=""), Reason.INVALID_VALUE),
    "text over its limit": (data(narrative=CANARY * 2_000), Reason.INVALID_VALUE),
    "name for reference": (data(example(PersonInvolved), person=CANARY), Reason.INVALID_VALUE),
    "line feed in a name": (data(reporter={"role": f"{CANARY}\n"}), Reason.INVALID_VALUE),
    "count below 1": (data(example(FeedbackChased), attempt=0), Reason.INVALID_VALUE),
    "range without end": (attribute("timeprecision", "range"), Reason.INVALID_VALUE),
    "health data at large": (
        data(example(VulnerabilityRecorded), sensitivity="standard"),
        Reason.INVALID_VALUE,
    ),
    # Times.
    "time naive": (attribute("time", "2024-03-01T10:00:00"), NEEDS_OFFSET),
    "time an epoch": (attribute("time", 1_709_287_200), Reason.INVALID_TIMESTAMP),
    "time in words": (attribute("time", CANARY), Reason.INVALID_TIMESTAMP),
    "time a day": (attribute("time", "2024-03-01"), Reason.INVALID_TIMESTAMP),
    "time null": (attribute("time", None), Reason.INVALID_TIMESTAMP),
    "time of no day": (attribute("time", "2023-02-29T10:00:00Z"), Reason.INVALID_TIMESTAMP),
    "knowntime naive": (
        attribute("knowntime", "2024-03-01T10:00:00"),
        Reason.TIMESTAMP_NEEDS_OFFSET,
    ),
    "day of no month": (
        data(example(ActionAgreed), due="2024-13-01"),
        Reason.INVALID_TIMESTAMP,
    ),
    "year 1": (attribute("time", "0001-01-01T00:00:00Z"), OUT_OF_RANGE),
    "year 9999": (attribute("time", "9999-12-31T23:59:59-14:00"), OUT_OF_RANGE),
    "1899 in UTC": (attribute("time", "1900-01-01T00:00:00+14:00"), OUT_OF_RANGE),
    "offset +23:59": (
        attribute("time", "2024-03-01T10:00:00+23:59"),
        Reason.TIMESTAMP_OUT_OF_RANGE,
    ),
    "two years ahead": (attribute("time", "2028-01-05T09:00:00Z"), Reason.FUTURE_EVENT),
}

NOT_OF_THE_WIRE = {
    Reason.SOURCE_MISMATCH: "needs a transport that vouches for the source",
    Reason.ID_REUSED: "decided against the ledger",
    Reason.UNKNOWN_CASE: "decided against the case",
    Reason.AWAITING_PREDECESSOR: "decided against the case",
    Reason.CROSS_CASE: "decided against the case",
    Reason.WRONG_STREAM: "decided against the stream",
    Reason.CONTRADICTION: "decided against the case",
    Reason.STALE_VERSION: "decided against the case",
    Reason.CORRECTION_LOOP: "decided against what waits",
    Reason.LEGAL_HOLD: "decided against the case",
    Reason.UNSUPPORTED_MEDIA_TYPE: "said of a request, by its head",
    Reason.ENCODING_NOT_SUPPORTED: "said of a request, by its head",
    Reason.REQUEST_TIMEOUT: "said of a request",
    Reason.NOT_PROCESSABLE: "a failure of this service",
}


def refusal_of(sent: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        decode(sent, received_at=RECEIVED)
    return caught.value


@pytest.mark.parametrize("kind", BAD)
def test_is_refused_with_its_reason(kind: str) -> None:
    sent, reason = BAD[kind]
    assert refusal_of(sent).reason is reason


@pytest.mark.parametrize("kind", BAD)
def test_is_quarantined_whole_and_not_echoed(kind: str) -> None:
    sent, reason = BAD[kind]
    decider = Decider(Knowledge(now=RECEIVED))
    decider.decide(read(submission(sent, "1")._replace(source_is_vouched=False)))
    (entry,) = decider.decision.entries.values()
    assert (entry.outcome, entry.reason) == (Outcome.QUARANTINED, reason)
    assert entry.payload == sent
    assert entry.detail
    assert CANARY not in str(entry._replace(payload=None))


def test_a_source_that_does_not_match_its_subject_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        decode(body(TOLD), received_at=RECEIVED, sent_as="urn:cromwood:repairs")
    assert caught.value.reason is Reason.SOURCE_MISMATCH


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            attribute("subject", "2024-0117"),
            "subject: is not of the form of a case reference, such as asb:2024-0117",
        ),
        (
            attribute("id", CANARY),
            "id: is not of the form of an identifier without spaces, such as urn:cromwood:asb",
        ),
        (
            data(example(PersonInvolved), person=CANARY),
            "data.person: is not of the form of a reference without spaces, such as person:4411",
        ),
        (data(channel=1), "data.channel: is not text, as a code must be"),
        (data(**{CANARY: 1}), "data: has a member with an unusual name"),
        (
            data(reporter={"role": "x", CANARY: 1}),
            "data.reporter: has a member with an unusual name",
        ),
        (data(shoe_size=44), "data.shoe_size: is not a member of this event type"),
        (
            lacking("channel", TOLD | {"data": without(TOLD["data"], "basis") | {"shoe_size": 44}}),
            "data.channel: is missing; data.basis: is missing; "
            "data.shoe_size: is not a member of this event type",
        ),
        (
            data(**{f"shoe_size_{number}": 44 for number in range(8)}),
            "; ".join(
                [
                    *(
                        f"data.shoe_size_{number}: is not a member of this event type"
                        for number in range(5)
                    ),
                    "and 3 more",
                ]
            ),
        ),
        (data(reporter="me"), "data.reporter: is not a JSON object"),
        (data(anonymous="no"), "data.anonymous: is neither true nor false"),
        (data(indicators="x"), "data.indicators: is not a JSON array"),
        (
            data(example(RuleOverridden), parameters=[]),
            "data.parameters: needs at least 1, and has 0",
        ),
        (
            data(example(RuleOverridden), parameters=[{"name": "days", "value": -1}]),
            "data.parameters.0.value: is below 0",
        ),
    ],
    ids=[
        "case reference",
        "identifier",
        "reference",
        "code",
        "name",
        "name within",
        "member",
        "several at once",
        "very many at once",
        "no object",
        "no truth value",
        "no array",
        "too few",
        "too little",
    ],
)
def test_the_sender_is_told_in_words(sent: bytes, told: str) -> None:
    assert refusal_of(sent).detail == told


def test_every_reason_of_the_wire_is_shown_here() -> None:
    assert {reason for _, reason in BAD.values()} == set(Reason) - NOT_OF_THE_WIRE.keys()


@pytest.mark.parametrize(
    ("time", "taken_as"),
    [
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, 999_999, UTC)),
        ("2026-01-05T09:05:00Z", datetime(2026, 1, 5, 9, 5, tzinfo=UTC)),
        ("1986-01-05T09:00:00Z", datetime(1986, 1, 5, 9, tzinfo=UTC)),
        ("2024-03-01T10:00:00-14:00", datetime(2024, 3, 2, 0, tzinfo=UTC)),
    ],
    ids=["leap second", "clock five minutes ahead", "forty years ago", "far offset"],
)
def test_a_strange_but_true_time_is_taken(time: str, taken_as: datetime) -> None:
    assert decode(attribute("time", time), received_at=RECEIVED).event.occurred_at == taken_as


REMARKED: dict[str, tuple[bytes, Remark]] = {
    "text that is turned round": (data(narrative="\u202egnp.exe"), Remark.SUSPICIOUS_UNICODE),
    "the same, unescaped": (
        json.dumps(with_data(TOLD, narrative="a\u2066b"), ensure_ascii=False).encode(),
        Remark.SUSPICIOUS_UNICODE,
    ),
    "a space of no width": (data(narrative="Zaphod\u200bB"), Remark.SUSPICIOUS_UNICODE),
    "a mark within text": (data(narrative="Zaphod\ufeffB"), Remark.SUSPICIOUS_UNICODE),
    "after a backslash": (data(narrative="\\\u202e"), Remark.SUSPICIOUS_UNICODE),
    "happened in five minutes": (attribute("time", "2026-01-05T09:05:00Z"), Remark.CLOCK_SKEW),
    "known in two minutes": (attribute("knowntime", "2026-01-05T09:02:00Z"), Remark.CLOCK_SKEW),
    "leap second": (attribute("time", "2016-12-31T23:59:60Z"), Remark.LEAP_SECOND),
    "leap second, known": (attribute("knowntime", "2016-12-31T23:59:60.5Z"), Remark.LEAP_SECOND),
}

UNREMARKABLE: dict[str, bytes] = {
    "ascii": body(TOLD),
    "accents and emoji": data(narrative="caf\u00e9 \U0001f468\u200d\U0001f469"),
    "Arabic and Persian": data(narrative="\u0639\u0644\u06cc \u0645\u06cc\u200c\u0631\u0648\u062f"),
    "an escape, spelled out": data(narrative="\\u202e"),
    "a minute ahead": attribute("time", "2026-01-05T09:01:00Z"),
    "some time today": body(TOLD | {"time": "2026-01-05T12:00:00Z", "timeprecision": "day"}),
    "text that looks like a leap second": data(TOLD | {"timeend": None}, narrative="at 23:59:60Z"),
}


class TestRemarks:
    @pytest.mark.parametrize("kind", REMARKED)
    def test_what_is_odd_is_remarked(self, kind: str) -> None:
        sent, remark = REMARKED[kind]
        assert decode(sent, received_at=RECEIVED).remarks == (remark,)

    @pytest.mark.parametrize("kind", UNREMARKABLE)
    def test_what_is_not_is_not(self, kind: str) -> None:
        assert decode(UNREMARKABLE[kind], received_at=RECEIVED).remarks == ()

    def test_several_are_told_together(self) -> None:
        sent = data(TOLD | {"time": "2026-01-05T09:05:00Z"}, narrative="\u202egnp")
        told = decode(sent, received_at=RECEIVED).remarks
        assert told == (Remark.SUSPICIOUS_UNICODE, Remark.CLOCK_SKEW)


class TestAnythingAtAll:
    @given(st.binary(max_size=300))
    @settings(max_examples=150, deadline=None)
    def test_bytes(self, sent: bytes) -> None:
        with suppress(Refusal):
            decode(sent, received_at=RECEIVED)

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_a_message_with_spoilt_bytes(self, draw: st.DataObject) -> None:
        sent = bytearray(body(draw.draw(_messages)))
        for _ in range(draw.draw(st.integers(1, 4))):
            place = draw.draw(st.integers(0, len(sent) - 1))
            sent[place : place + draw.draw(st.integers(0, 3))] = draw.draw(st.binary(max_size=3))
        with suppress(Refusal):
            decode(bytes(sent), received_at=RECEIVED)

    @given(st.data())
    @settings(max_examples=300, deadline=None)
    def test_a_message_with_spoilt_values(self, draw: st.DataObject) -> None:
        sent = copy.deepcopy(draw.draw(_messages))
        for _ in range(draw.draw(st.integers(1, 3))):
            container, key = draw.draw(st.sampled_from(list(_places(sent))))
            container[key] = copy.deepcopy(draw.draw(_junk))
        refusal = _refusal_or_none(body(sent))
        assert refusal is None or CANARY not in f"{refusal} {refusal.detail}"

    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_a_message_with_a_member_gone_and_another_come(self, draw: st.DataObject) -> None:
        sent = copy.deepcopy(draw.draw(_messages))
        members = [place for place in _places(sent) if isinstance(place[0], dict)]
        container, key = draw.draw(st.sampled_from(members))
        del container[key]
        container[draw.draw(st.sampled_from([CANARY, "0", "from", "data"]))] = CANARY
        refusal = _refusal_or_none(body(sent))
        assert refusal is not None
        assert CANARY not in f"{refusal} {refusal.detail}"
        assert refusal.claims != Claims()


_messages = st.sampled_from([example(event_type) for event_type in EVENT_TYPES.values()])
_junk = st.sampled_from(
    [
        CANARY,
        f"{CANARY}\n",
        CANARY * 1_500,
        [CANARY],
        {CANARY: CANARY},
        {"person": CANARY, "role": CANARY},
        [{"id": CANARY, "source": CANARY}],
        None,
        True,
        -1,
        0.5,
        10**17,
        "",
        [],
        {},
        "2024-03-01",
        "2024-03-01T10:00:00",
        f"uk.casetimeline.{CANARY}.v1",
    ]
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a message, as its container and key."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def _refusal_or_none(sent: bytes) -> Refusal | None:
    try:
        decode(sent, received_at=RECEIVED)
    except Refusal as refusal:
        return refusal
    return None
