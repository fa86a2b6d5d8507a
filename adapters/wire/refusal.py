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
    "model_type": "is not a JSON object",
    "model_attributes_type": "is not a JSON object",
    "tuple_type": "is not a JSON array",
    "string_type": "is not text",
    "bool_type": "is neither true nor false",
    "int_type": "is not a whole number",
    "too_short": "needs at least {min_length}, and has {actual_length}",
    "too_long": "may have {max_length} at the most, and has {actual_length}",
    "greater_than_equal": "is below {ge}",
    "less_than_equal": "is above {le}",
}
_TOLD_AT_ONCE = 5
"""Of how many faults a sender is told, to mend them in one go."""
_IDENTIFIERS = frozenset({"case_ref", "source", "source_event_id"})
_PRESENTABLE = re.compile(r"[a-z][a-z0-9_]{0,40}\Z")


def refusal_of(error: ValidationError) -> Refusal:
    """Return the refusal of an event: the reason is that of its first fault, all are told."""
    faults = error.errors(include_url=False)
    told = list(dict.fromkeys(_fault(each) for each in faults if not _follows(each, faults)))
    more = [f"and {len(told) - _TOLD_AT_ONCE} more"] if len(told) > _TOLD_AT_ONCE else []
    return Refusal(_reason(faults[0]), "; ".join([*told[:_TOLD_AT_ONCE], *more]))


def _follows(error: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """Tell whether a list is too short only because what is in it is at fault."""
    place = error["loc"]
    within = any(each["loc"][: len(place)] == place and each is not error for each in faults)
    return error["type"] == "too_short" and within


def _fault(error: ErrorDetails) -> str:
    place = error["loc"]
    if error["type"] == "extra_forbidden" and not _is_presentable(place[-1]):
        return f"{_path(place[:-1])}: has a member with an unusual name"
    return f"{_path(place)}: {_what(error)}"


def _what(error: ErrorDetails) -> str:
    if error["type"] == "string_pattern_mismatch":
        form = FORMS.get(error["ctx"]["pattern"], "what this member holds")
        return f"is not of the form of {form}"
    if _is_no_code(error):
        return "is not text, as a code must be"
    words = _WORDS.get(error["type"])
    # What fills the gaps are limits and counts, never what was sent.
    return words.format(**error.get("ctx", {})) if words else error["msg"]


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
