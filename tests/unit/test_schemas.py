"""The schemas stand by themselves, and what the service understands and relays fits them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from adapters.wire import encode
from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES
from tests.support.histories import histories
from tests.support.schemas import SCHEMAS, fits, full, refusal_of, validator

EXAMPLES = [
    line
    for path in sorted((Path(__file__).parents[2] / "examples").glob("*.ndjson"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line
]

LONG_AFTER = datetime(2036, 1, 1, tzinfo=UTC)
"""When nothing that an example tells lies in the future."""


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_stands_by_itself(name: str) -> None:
    text = json.dumps(SCHEMAS[name])
    for reference in set(_references(SCHEMAS[name])):
        assert reference.startswith("#/$defs/")
        assert reference.removeprefix("#/$defs/") in SCHEMAS[name]["$defs"]
    assert f'"$id": "urn:case-timeline:schema:uk.casetimeline.{name.removesuffix(".json")}"' in text


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_what_was_ever_stored_fits(name: str) -> None:
    assert refusal_of(full(name)) is None
    assert [error.message for error in validator(name).iter_errors(full(name))] == []


@pytest.mark.parametrize("line", EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_line_of_an_example_fits_if_it_is_understood(line: str) -> None:
    sent = json.loads(line)
    assert fits(sent) == (refusal_of(sent, received_at=LONG_AFTER) is None)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 50


@given(histories())
@settings(max_examples=15, deadline=None)
def test_whatever_is_relayed_fits(events: list[CaseEvent]) -> None:
    for event in events:
        assert fits(encode(event))


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _references(inner)
