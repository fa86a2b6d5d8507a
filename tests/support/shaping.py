"""Says what an event is made of, what it says in one line, and for what it is refused."""

import pytest
from pydantic import ValidationError

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from tests.support.telling import Told, moment


def made(told: Told) -> CaseEvent:
    """The event by itself."""
    return told.placed(1, moment("2024-03-01"))


def headline(told: Told) -> str:
    """What it says in one line."""
    return made(told).headline()


def refusal(told: Told) -> str:
    """The one reason for which there is no such event."""
    with pytest.raises(ValidationError) as refused:
        made(told)
    [error] = refused.value.errors()
    return error["type"]


def needed(event_type: type[CaseEvent]) -> set[str]:
    """The own fields, as they are on the wire, without which there is no such event."""
    return {
        field.alias or name
        for name, field in event_type.model_fields.items()
        if field.is_required() and name not in ENVELOPE_FIELDS
    }
