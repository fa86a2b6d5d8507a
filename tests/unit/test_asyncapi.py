"""The AsyncAPI document: every channel and message, and references that lead somewhere.

It conforms to the official schema of AsyncAPI 3.0, which no Python package brings along; what is
checked here is what changes with the code.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.broker import BrokerLayout
from domain.events.registry import EVENT_TYPES
from services.reference import documents

MADE = documents()
TOLD: dict[str, Any] = json.loads(MADE["asyncapi.json"])


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from references(inner)


def at(document: Any, pointer: str) -> Any:
    for step in pointer.strip("/").split("/"):
        document = document[step]
    return document


def test_it_is_of_the_third_edition() -> None:
    assert TOLD["asyncapi"] == "3.0.0"
    assert TOLD["info"]["title"]
    assert TOLD["info"]["version"]


@pytest.mark.parametrize("reference", sorted(set(references(TOLD))))
def test_a_reference_leads_somewhere(reference: str) -> None:
    path, _, pointer = reference.partition("#")
    if path:
        assert (Path(path).as_posix(), pointer) in {(made, "") for made in MADE}
    else:
        assert at(TOLD, pointer)


@pytest.mark.parametrize("name", [*EVENT_TYPES, "FlagRaised"])
def test_a_message_has_the_schema_of_its_type(name: str) -> None:
    message = TOLD["components"]["messages"][name]
    schema = json.loads(MADE[message["payload"]["schema"]["$ref"]])
    assert schema["properties"]["type"]["const"] == message["name"]
    assert message["payload"]["schemaFormat"] == "application/schema+json;version=draft-2020-12"


def test_channels_are_those_of_the_broker() -> None:
    layout = BrokerLayout()
    assert {name: channel["address"] for name, channel in TOLD["channels"].items()} == {
        "casesIn": f"{layout.subject_prefix}{{source}}",
        "casesOut": f"{layout.out_prefix}{{type}}",
        "flagsOut": f"{layout.flags_prefix}{{rule}}",
    }


@pytest.mark.parametrize("channel", TOLD["channels"].values())
def test_a_channel_says_what_stands_in_its_address(channel: dict[str, Any]) -> None:
    assert re.findall(r"\{(\w+)\}", channel["address"]) == list(channel["parameters"])


def test_events_come_in_and_go_out_and_flags_go_out() -> None:
    events = list(EVENT_TYPES)
    published = [name for name in events if not EVENT_TYPES[name].BY_SERVICE]
    carried = {name: list(channel["messages"]) for name, channel in TOLD["channels"].items()}
    assert carried == {"casesIn": published, "casesOut": events, "flagsOut": ["FlagRaised"]}
    assert len(published) < len(events)
    actions = {each["channel"]["$ref"]: each["action"] for each in TOLD["operations"].values()}
    assert actions == {
        "#/channels/casesIn": "receive",
        "#/channels/casesOut": "send",
        "#/channels/flagsOut": "send",
    }
