"""Strict JSON: what is read, what is refused, and that no two readers could differ about it."""

import json
import math
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.wire import Refusal
from adapters.wire.strict_json import MAX_BYTES, MAX_DEPTH, MAX_MEMBERS, parse
from domain.outcomes import Reason


def reason_for(body: bytes) -> Reason:
    with pytest.raises(Refusal) as refused:
        parse(body)
    return refused.value.reason


def nested(levels: int, innermost: str = "") -> bytes:
    return ("[" * levels + innermost + "]" * levels).encode()


def members(count: int) -> bytes:
    return json.dumps({f"m{number}": number for number in range(count)}).encode()


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b' {"a": [1, -2, 0.5, true, false, null]}\n', {"a": [1, -2, 0.5, True, False, None]}),
        (b"123456789012345678", 123_456_789_012_345_678),
        (b"-12345678901234567", -12_345_678_901_234_567),
        (b"[0.0, 0e5, 0, 1e300, 1e-300]", [0.0, 0.0, 0, 1e300, 1e-300]),
        ('"caf\u00e9 \U0001f3e0"'.encode(), "caf\u00e9 \U0001f3e0"),
        (rb'"\ud83c\udfe0 is a whole pair"', "\U0001f3e0 is a whole pair"),
        (rb'{"a": 1, "b": {"a": 1}}', {"a": 1, "b": {"a": 1}}),
        (
            '"\u202e right to left, zero\u200bwidth"'.encode(),
            "\u202e right to left, zero\u200bwidth",
        ),
    ],
)
def test_reads_what_is_strict_json(body: bytes, value: object) -> None:
    assert parse(body) == value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.MALFORMED_JSON),
        (b" ", Reason.MALFORMED_JSON),
        (b'{"a": 1', Reason.MALFORMED_JSON),
        (b'{"a": 1} x', Reason.MALFORMED_JSON),
        (b"{'a': 1}", Reason.MALFORMED_JSON),
        (b'{"a": 1,}', Reason.MALFORMED_JSON),
        (b"01", Reason.MALFORMED_JSON),
        (b'"a\x00b"', Reason.MALFORMED_JSON),
        (b'"a\nb"', Reason.MALFORMED_JSON),
        (b"\xff\xfe", Reason.NOT_UTF_8),
        (b'"\xc3"', Reason.NOT_UTF_8),
        (b'"\xed\xa0\x80"', Reason.NOT_UTF_8),
        (b'"\xc0\xaf"', Reason.NOT_UTF_8),
        (b"\xef\xbb\xbf{}", Reason.NOT_UTF_8),
        ('{"a": "b"}'.encode("utf-16"), Reason.NOT_UTF_8),
        ('{"a": "b"}'.encode("utf-16-le"), Reason.NOT_UTF_8),
        ('{"a": "b"}'.encode("utf-32-be"), Reason.NOT_UTF_8),
        (b'{"a": 1, "a": 1}', Reason.DUPLICATE_MEMBER),
        (rb'{"a": 1, "\u0061": 2}', Reason.DUPLICATE_MEMBER),
        (b'[{"b": {"a": 1, "a": 2}}]', Reason.DUPLICATE_MEMBER),
        (b"NaN", Reason.NOT_A_JSON_NUMBER),
        (b"[Infinity]", Reason.NOT_A_JSON_NUMBER),
        (b'{"a": -Infinity}', Reason.NOT_A_JSON_NUMBER),
        (b"1e999", Reason.NOT_A_JSON_NUMBER),
        (b"-1e999", Reason.NOT_A_JSON_NUMBER),
        (b"1e-400", Reason.NOT_A_JSON_NUMBER),
        (b"0.00001e-400", Reason.NOT_A_JSON_NUMBER),
        (b"-0.0", Reason.NOT_A_JSON_NUMBER),
        (b"1234567890123456789", Reason.NUMBER_OUT_OF_RANGE),
        (b"1" * 4_000, Reason.NUMBER_OUT_OF_RANGE),
        (b"1" * 5_000, Reason.NUMBER_OUT_OF_RANGE),
        (rb'"\ud800"', Reason.INVALID_UNICODE),
        (rb'"\udc00\ud800"', Reason.INVALID_UNICODE),
        (rb'{"\ud800": 1}', Reason.INVALID_UNICODE),
        (rb'[["\u0000"]]', Reason.CONTROL_CHARACTER),
        (rb'{"a\u0000": 1}', Reason.CONTROL_CHARACTER),
        (nested(MAX_DEPTH + 1), Reason.TOO_DEEP),
        (nested(MAX_DEPTH + 1, "1"), Reason.TOO_DEEP),
        (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), Reason.TOO_DEEP),
        (nested(1_000), Reason.TOO_DEEP),
        (nested(100_000), Reason.TOO_DEEP),
        (b"[" * 100_000, Reason.TOO_DEEP),
        (members(MAX_MEMBERS + 1), Reason.TOO_MANY_MEMBERS),
        (b'"' + b"a" * MAX_BYTES + b'"', Reason.TOO_LARGE),
    ],
)
def test_refuses_all_else_with_its_reason(body: bytes, reason: Reason) -> None:
    assert reason_for(body) == reason


def test_the_limits_themselves_are_within_them() -> None:
    assert parse(b'"' + b"a" * (MAX_BYTES - 2) + b'"') == "a" * (MAX_BYTES - 2)
    assert len(parse(members(MAX_MEMBERS))) == MAX_MEMBERS
    assert parse(nested(MAX_DEPTH)) != []
    assert parse(nested(MAX_DEPTH, "1")) != []


def test_many_shallow_objects_are_not_deep() -> None:
    assert len(parse(json.dumps([{}] * 1_000).encode())) == 1_000


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_reads_or_refuses_any_bytes(body: bytes) -> None:
    with suppress(Refusal):
        parse(body)


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False).filter(
        lambda number: number != 0 or math.copysign(1, number) > 0
    )
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(categories=["L"]), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_values, st.booleans())
@settings(max_examples=150, deadline=None)
def test_reads_whatever_a_json_library_writes(value: object, ascii_only: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value
