"""Why a message could not be understood, in a form that goes into the ledger and to its sender."""

import re
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.events.fields import FORMS
from domain.outcomes import Reason


@dataclass(frozen=True, slots=True)
class Claims:
    """What a message says of itself, where that much can be read."""

    source_event_id: str | None = None
    case_ref: str | None = None
    type: str | None = None


class Refusal(Exception):  # noqa: N818 (names the answer)
    """A message that cannot become an event. `detail` names the place and never the content."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.claims = Claims()


_WIRE_NAMES = {
    "case_ref": "subject",
    "occurred_at": "time",
    "occurred_precision": "timeprecision",
    "occurred_to": "timeend",
    "known_at": "knowntime",
    "source": "source",
    "source_event_id": "id",
    "correlation_id": "correlationid",
    "causation_id": "causationid",
}

_REASONS = {
    "missing": Reason.MISSING_MEMBER,
    "missing-member": Reason.MISSING_MEMBER,
    "extra_forbidden": Reason.UNKNOWN_MEMBER,
    "enum": Reason.UNKNOWN_CODE,
    "invalid-timestamp": Reason.INVALID_TIMESTAMP,
    "invalid-date": Reason.INVALID_TIMESTAMP,
    "timestamp-needs-offset": Reason.TIMESTAMP_NEEDS_OFFSET,
    "timestamp-out-of-range": Reason.TIMESTAMP_OUT_OF_RANGE,
}
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a member of this event type",
}
_IDENTIFIERS = frozenset({"case_ref", "source", "source_event_id"})
_PRESENTABLE = re.compile(r"[a-z][a-z0-9_]{0,40}\Z")


def refusal_of(error: ValidationError) -> Refusal:
    """Return the refusal for the first thing that is wrong with an event."""
    first = error.errors(include_url=False)[0]
    kind, place = first["type"], first["loc"]
    if kind == "extra_forbidden" and not _is_presentable(place[-1]):
        return Refusal(_reason(first), f"{_path(place[:-1])}: has a member with an unusual name")
    return Refusal(_reason(first), f"{_path(place)}: {_what(first)}")


def _what(error: ErrorDetails) -> str:
    if error["type"] == "string_pattern_mismatch":
        form = FORMS.get(error["ctx"]["pattern"], "what this member holds")
        return f"is not of the form of {form}"
    if _is_no_code(error):
        return "is not text, as a code must be"
    return _WORDS.get(error["type"], error["msg"])


def _is_no_code(error: ErrorDetails) -> bool:
    return error["type"] == "enum" and not isinstance(error["input"], str)


def _reason(error: ErrorDetails) -> Reason:
    kind = error["type"]
    if _is_no_code(error):
        return Reason.WRONG_TYPE
    if kind in _REASONS:
        return _REASONS[kind]
    if error["loc"] and error["loc"][0] in _IDENTIFIERS:
        return Reason.INVALID_ID
    return Reason.WRONG_TYPE if kind.endswith("_type") else Reason.INVALID_VALUE


def _path(location: tuple[int | str, ...]) -> str:
    if not location:
        return "data"
    if (name := _WIRE_NAMES.get(str(location[0]))) is not None:
        return name
    return ".".join(("data", *(_shown(step) for step in location)))


def _shown(step: int | str) -> str:
    # The name of an unknown member comes from the sender; show it only if it looks like a name.
    return str(step) if _is_presentable(step) else "(unusual name)"


def _is_presentable(step: int | str) -> bool:
    return isinstance(step, int) or _PRESENTABLE.match(step) is not None
