"""Says what is wrong with the parameters of a request, in words that hold nothing of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from starlette.routing import BaseRoute

_TOLD_AT_ONCE = 10
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "model_type": "is not a JSON object",
    "model_attributes_type": "is not a JSON object",
    "dict_type": "is not a JSON object",
    "list_type": "is not a JSON array",
    "tuple_type": "is not a JSON array",
    "string_type": "is not text",
    "string_pattern_mismatch": "is not of the right form",
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "uuid_parsing": "is not a UUID",
    "uuid_type": "is not a UUID",
    "enum": "is not a code of its list",
    "literal_error": "is not a code of its list",
    "date_type": "is not a date",
    "date_parsing": "is not a date",
    "date_from_datetime_parsing": "is not a date",
    "datetime_type": "is not a timestamp",
    "datetime_parsing": "is not a timestamp",
    "datetime_from_date_parsing": "is not a timestamp",
    "timezone_aware": "is a timestamp without an offset",
    "string_too_short": "is shorter than {min_length} characters",
    "string_too_long": "is longer than {max_length} characters",
    "too_short": "has fewer than {min_length} entries",
    "too_long": "has more than {max_length} entries",
    "greater_than": "is not above {gt}",
    "greater_than_equal": "is below {ge}",
    "less_than": "is not below {lt}",
    "less_than_equal": "is above {le}",
}
"""By pydantic's type of error. What fills the gaps are limits that we set, never what was sent."""
_OTHER_FAULT = "is not what it has to be"


def faults(
    errors: Sequence[Mapping[str, Any]], route: BaseRoute | None
) -> list[dict[str, str | int]]:
    """Return where each fault is (`in`, and `name` where that is one of ours) and what it is."""
    declared = _names_in_body(route)
    return [_fault(each, declared) for each in errors[:_TOLD_AT_ONCE]]


def _fault(error: Mapping[str, Any], declared: frozenset[str]) -> dict[str, str | int]:
    where, *steps = error["loc"]
    told: dict[str, str | int] = {"in": str(where)}
    # Names come from the sender where they are unknown ones, or keys of a mapping.
    if error["type"] == "extra_forbidden":
        steps.pop()
    known = [step for step in steps if where != "body" or isinstance(step, int) or step in declared]
    if known:
        told["name"] = ".".join(map(str, known))
    words = _WORDS.get(error["type"], _OTHER_FAULT)
    return told | {"fault": words.format(**error.get("ctx", {}))}


def _names_in_body(route: BaseRoute | None) -> frozenset[str]:
    body = getattr(route, "body_field", None)
    if body is None:
        return frozenset()
    return frozenset(_properties(TypeAdapter(body.field_info.annotation).json_schema()))


def _properties(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from _properties(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _properties(each)
