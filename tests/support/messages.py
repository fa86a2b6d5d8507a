"""Messages as upstream systems publish them: CloudEvents as dicts, bodies, submissions.

    message(incident_reported(category="asb"), "e-1")
    submission(message(action_completed(), "e-7", case_ref="asb:2024-0118"))

Told with the tellers of `tests.support.stories`; a test spoils the dict as it likes.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from adapters.wire import encode, subject_for
from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.integrity import EventCorrected
from services.intake import Submission
from tests.support.stories import CASE_REF, SOURCE, TELLERS, Told, source_of, the

Message = dict[str, Any]

RECEIVED = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When everything here is received, unless a test says otherwise."""

_PREVIOUSLY = datetime(2024, 2, 29, 12, tzinfo=UTC)


def message(
    told: Told, ref: str, *, case_ref: str = CASE_REF, source: str | None = None
) -> Message:
    """The CloudEvent of an event that its source calls `ref`."""
    sent = encode(told.placed(0, _PREVIOUSLY, case_ref))
    del sent["recordedtime"]
    return sent | {"id": ref, "source": source or source_of(told.event_type)}


def example(event_type: type[CaseEvent]) -> Message:
    """A valid message of this type, by itself."""
    told = TELLERS[event_type]()
    return message(told.but(target=the("e-0")) if event_type is EventCorrected else told, "e-1")


def vouched_for(sent: Message) -> str | None:
    """What must vouch for a message if it is to be taken: this service, for what is its own."""
    return OWN_SOURCE if sent.get("source") == OWN_SOURCE else None


def with_data(sent: Message, /, **members: Any) -> Message:
    """The same message with these members of its `data` set; `from_` stands for `from`."""
    named = {name.rstrip("_"): value for name, value in members.items()}
    return sent | {"data": sent["data"] | named}


def without(members: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The same object without one of its members."""
    return {other: value for other, value in members.items() if other != name}


def body(sent: object) -> bytes:
    """The bytes in which a message travels."""
    return json.dumps(sent).encode()


def submission(
    sent: Message | bytes,
    delivery: str | None = None,
    *,
    source: str = SOURCE,
    received_at: datetime = RECEIVED,
) -> Submission:
    """A message as it came from the broker, in a delivery called like it unless told otherwise."""
    if isinstance(sent, bytes):
        assert delivery is not None, "nothing can be read off bytes"
        return Submission(f"nats:CASES:{delivery}", source, sent, received_at)
    token = subject_for(sent["source"]).rpartition("cases.in.")[2]
    return Submission(f"nats:CASES:{delivery or sent['id']}", token, body(sent), received_at)
