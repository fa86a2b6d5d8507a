"""What an event type takes and refuses, for tests of its shape."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from tests.support.telling import Told, tell

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "events"


def filled_in(event_type: type[CaseEvent]) -> CaseEvent:
    """An event of this type, in its first version, with every field filled in."""
    told = (_FIXTURES / f"{event_type.__name__}.v1.json").read_text(encoding="utf-8")
    return event_type.model_validate(json.loads(told))


def own_fields(event_type: type[CaseEvent]) -> str:
    """The own fields of a type in order, by name; those that may be left out in brackets."""
    fields = event_type.model_fields.items()
    return " ".join(
        name if field.is_required() else f"[{name}]"
        for name, field in fields
        if name not in ENVELOPE_FIELDS
    )


def refusals(told: Told) -> set[tuple[str, str]]:
    """The field and kind of error of each thing that is wrong with it."""
    with pytest.raises(ValidationError) as caught:
        tell(told)
    return {(_place(error["loc"]), error["type"]) for error in caught.value.errors()}


def _place(location: tuple[Any, ...]) -> str:
    return str(location[0]) if location else ""
