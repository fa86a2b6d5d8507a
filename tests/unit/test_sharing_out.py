"""Which lines of a file go together: those that name the same case, however they write it."""

import json

import pytest

from domain.events.registry import EVENT_TYPES
from services.cli.work import taking
from services.cli.work.lines import Line
from services.cli.work.taking import batches, case_named_in
from tests.support.messages import example
from tests.support.stories import CASE_REF


@pytest.mark.parametrize("event_type", EVENT_TYPES.values(), ids=list(EVENT_TYPES))
def test_the_case_of_every_type_of_event_is_told(event_type: type) -> None:
    sent = example(event_type)
    compact = json.dumps(sent, separators=(",", ":")).encode()
    assert case_named_in(compact) == sent["subject"].encode()
    turned = dict(reversed(sent.items()))
    assert case_named_in(json.dumps(turned, indent=1).encode()) == sent["subject"].encode()


@pytest.mark.parametrize(
    "line",
    [
        rb'{"subject":"asb:2024-0117","data":{}}',
        rb'{"data":{"subject":"person"},"subject" : "asb:2024-0117"}',
        rb'{"data":{"narrative":"he wrote \"subject\":\"asb:1\" on it"},"subject":"asb:2024-0117"}',
        rb'{"subject":"\u0061sb:2024-0117"}',
        rb'{"\u0073ubject":"asb:2024-0117"}',
    ],
)
def test_however_it_is_written(line: bytes) -> None:
    assert case_named_in(line) == CASE_REF.encode()


@pytest.mark.parametrize("line", [b"", b"{", b"\xff", b"[]", b"{}", b'"subject"', b'{"subject":1'])
def test_what_names_no_case_goes_anywhere(line: bytes) -> None:
    assert case_named_in(line) == b""


def test_lines_go_in_so_many_at_a_time_and_fewer_where_they_are_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking, "_AT_ONCE", 3)
    monkeypatch.setattr(taking, "_BYTES_AT_ONCE", 100)
    short, long = [Line(number, b"x") for number in range(7)], Line(8, b"x" * 99)
    assert [len(each) for each in batches(short)] == [3, 3, 1]
    assert [len(each) for each in batches([long, short[0], long, long, long])] == [2, 2, 1]
    assert list(batches([])) == []
