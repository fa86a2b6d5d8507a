"""What a person tells, made into the message that goes through the one door.

It is a CloudEvent as other systems send it, but that `type` is the bare name of the event, and that
this service fills in what is not the person's to say: the source, the actor and, on a case, the
subject.
"""

import json
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter, ValidationError

from adapters.wire import Refusal, strict_json
from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.fields import Actor, CaseRef
from domain.events.registry import EVENT_TYPES, current_schema_version
from domain.outcomes import Reason

NEW_CASES = "ct"
"""The system that issues the references of cases that people open here."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_REFERENCE_BYTES = 10
_NOT_KNOWN = "not known"
_case_reference: TypeAdapter[str] = TypeAdapter(CaseRef)


class NotRecorded(Exception):  # noqa: N818 (an answer, and no fault of anything)
    """What was told is not on record; `detail` names the place in it and never the content."""

    def __init__(self, reason: Reason, detail: str | None = None, version: int | None = None):
        super().__init__(reason.label)
        self.reason = reason
        self.detail = detail
        self.version = version
        """The version of the case, where it is not the one that was expected."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells, before it is known who they are and what it is about."""

    members: Mapping[str, Any]
    event_id: str
    """Made by the client, so that the same sent again is known again."""
    event_type: type[CaseEvent] | None
    """None where the name is no event's; the door says so then."""


def told_in(body: bytes) -> Told:
    """Return what a body tells; raise `NotRecorded` where it is not the form of an event."""
    try:
        members = strict_json.parse(body)
    except Refusal as refusal:
        raise NotRecorded(refusal.reason, refusal.detail) from None
    if not isinstance(members, dict):
        raise NotRecorded(Reason.NOT_AN_OBJECT, "the body is not a JSON object")
    own_id = members.get("id")
    if not isinstance(own_id, str) or not _UUID.match(own_id):
        raise NotRecorded(Reason.INVALID_ID, "id: is not a UUID in small letters")
    if isinstance(members.get("data"), dict) and "actor" in members["data"]:
        raise NotRecorded(Reason.UNKNOWN_MEMBER, "data.actor: the access token says who tells it")
    name = members.get("type")
    return Told(members, own_id, EVENT_TYPES.get(name) if isinstance(name, str) else None)


def subject_told(told: Told) -> str | None:
    """Return which file it says it is about; raise `NotRecorded` where that is no reference."""
    if "subject" not in told.members:
        return None
    try:
        return _case_reference.validate_python(told.members["subject"])
    except ValidationError:
        raise NotRecorded(Reason.INVALID_ID, "subject: is not of the form of a reference") from None


def new_reference(principal: str, told: Told) -> str:
    """Return the reference of the case that someone opens by this.

    The same for the same sent again, so that no counter is needed; and as nobody can guess an id
    that was made at random, nobody can guess the case.
    """
    digest = sha256(f"{principal}\n{told.event_id}".encode()).digest()
    letters = b32encode(digest[:_REFERENCE_BYTES]).decode()
    return f"{NEW_CASES}:{'-'.join(letters[at : at + 4] for at in range(0, len(letters), 4))}"


def message(told: Told, subject: str, actor: Actor) -> bytes:
    """Return the message of what `actor` tells about `subject`."""
    data = told.members.get("data")
    if isinstance(data, dict):
        data = {**data, "actor": actor.model_dump(mode="json")}
    return written(
        {
            "specversion": "1.0",
            "source": OWN_SOURCE,
            **told.members,
            "type": full_name(told.event_type) if told.event_type else _NOT_KNOWN,
            "subject": subject,
            **({"data": data} if "data" in told.members else {}),
        }
    )


def full_name(event_type: type[CaseEvent]) -> str:
    """Return the `type` of messages with such an event, in its current version."""
    return f"uk.casetimeline.{event_type.__name__}.v{current_schema_version(event_type)}"


def written(members: Mapping[str, Any]) -> bytes:
    """Return a message as it travels."""
    return json.dumps(members, ensure_ascii=False).encode()
