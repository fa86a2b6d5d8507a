"""The schemas of messages, put to a validator that is not ours."""

from datetime import datetime
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from adapters.wire import Refusal, decode, encode
from domain.events.registry import EVENT_TYPES, current_schema_version
from services.reference import schemas
from tests.support.messages import RECEIVED, Message, body, vouched_for

SCHEMAS = schemas()

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "events"


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of an event type in its current version."""
    return Draft202012Validator(SCHEMAS[_file(name)])


def fits(sent: Message) -> bool:
    """Whether a message conforms to the schema of its type."""
    return validator(sent["type"].split(".")[2]).is_valid(sent)


def refusal_of(sent: Message, received_at: datetime = RECEIVED) -> Refusal | None:
    """Why a message cannot be understood, or None if it can."""
    try:
        decode(body(sent), received_at=received_at, sent_as=vouched_for(sent))
    except Refusal as refusal:
        return refusal
    return None


@cache
def full(name: str) -> Message:
    """The event of this type that is kept as a fixture, as it is relayed: each field has a value.

    Not to be changed in place.
    """
    stored = (_FIXTURES / _file(name)).read_text(encoding="utf-8")
    return encode(EVENT_TYPES[name].model_validate_json(stored))


def _file(name: str) -> str:
    return f"{name}.v{current_schema_version(EVENT_TYPES[name])}.json"
