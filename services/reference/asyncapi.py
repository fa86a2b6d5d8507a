"""The channels and messages as an AsyncAPI 3.0 document, with the schemas beside it."""

from typing import Any

from adapters.broker import BrokerLayout
from adapters.wire.flags import FLAG_TYPE
from domain.events.registry import EVENT_TYPES, current_schema_version

Document = dict[str, Any]

_SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
_ABOUT = """\
Case Timeline takes in events about cases of safeguarding in social housing as CloudEvents 1.0 in
structured JSON over NATS JetStream, relays every event it accepted, and announces what its rules
flag. Wait for the publish acknowledgement; the pair of `source` and `id` has one effect however
often it is sent. The payload is the whole CloudEvent.

What a schema refuses, the service refuses. The other way round a schema cannot say everything: the
size of a message (256 KiB), rules between members of one event (told in its description), that 1.0
is not taken for a whole number, moments that do not exist or lie in the future, and what the case
says."""


def asyncapi(version: str) -> Document:
    """Return the document, for this version of the service."""
    layout = BrokerLayout()
    events = list(EVENT_TYPES)
    published = [name for name, event in EVENT_TYPES.items() if not event.BY_SERVICE]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Case Timeline", "version": version, "description": _ABOUT},
        "defaultContentType": "application/cloudevents+json",
        "channels": {
            "casesIn": _channel(
                f"{layout.subject_prefix}{{source}}",
                f"Events for the case file, in the stream {layout.stream}. A header `Nats-Msg-Id` "
                "is optional.",
                {"source": {"description": "The event's source, each dot as an underscore."}},
                published,
            ),
            "casesOut": _channel(
                f"{layout.out_prefix}{{type}}",
                f"Every event that was accepted, in the stream {layout.out_stream}; the header "
                "`Nats-Msg-Id` names the event.",
                {"type": {"description": "The name of the event type.", "enum": events}},
                events,
            ),
            "flagsOut": _channel(
                f"{layout.flags_prefix}{{rule}}",
                f"Every flag that a rule raised, once, in the stream {layout.out_stream}; the "
                "header `Nats-Msg-Id` names the flag.",
                {"rule": {"description": "The rule's id.", "examples": ["R7"]}},
                ["FlagRaised"],
            ),
        },
        "operations": {
            "takeIn": _operation("receive", "casesIn", "Take an event into its case."),
            "relay": _operation("send", "casesOut", "Pass on an event that was accepted."),
            "announce": _operation("send", "flagsOut", "Announce a flag when it falls due."),
        },
        "components": {"messages": _messages()},
    }


def _channel(address: str, about: str, parameters: Document, messages: list[str]) -> Document:
    return {
        "address": address,
        "description": about,
        "parameters": parameters,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
    }


def _operation(action: str, channel: str, summary: str) -> Document:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
    }


def _messages() -> Document:
    events = {
        name: _message(
            f"uk.casetimeline.{name}.v{current_schema_version(event)}",
            event.SUMMARY,
        )
        for name, event in EVENT_TYPES.items()
    }
    return events | {"FlagRaised": _message(FLAG_TYPE, "A rule raised a flag.")}


def _message(event_type: str, summary: str) -> Document:
    _, _, name, version = event_type.split(".")
    return {
        "name": event_type,
        "title": name,
        "summary": summary,
        "payload": {
            "schemaFormat": _SCHEMA_FORMAT,
            "schema": {"$ref": f"schemas/{name}.{version}.json"},
        },
    }
