"""A request has the id of the trace that it belongs to, if it says so in the proper form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.request_id import request_id

TRACE = b"0af7651916cd43dd8448eb211c80319c"
PROPER = b"00-" + TRACE + b"-b7ad6b7169203331-01"


def test_the_trace_id_of_a_proper_traceparent_is_taken() -> None:
    assert request_id([(b"host", b"h"), (b"traceparent", PROPER)]) == TRACE.decode()


@pytest.mark.parametrize(
    "given_",
    [
        PROPER.upper(),
        PROPER + b"-more",
        PROPER[:-1],
        PROPER.replace(TRACE, b"0" * 32),
        PROPER.replace(b"b7ad6b7169203331", b"0" * 16),
        PROPER + b"\n",
        b"ff" + PROPER[2:],
        b"",
    ],
)
def test_another_is_not(given_: bytes) -> None:
    assert request_id([(b"traceparent", given_)]) != TRACE.decode()


def test_of_two_none_is_taken() -> None:
    assert request_id([(b"traceparent", PROPER)] * 2) != TRACE.decode()


@given(st.binary(max_size=80))
def test_an_id_has_one_form_whatever_was_sent(sent: bytes) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", request_id([(b"traceparent", sent)]))


def test_no_two_requests_have_the_same_random_id() -> None:
    assert len({request_id([]) for _ in range(1000)}) == 1000
