"""JSON read so strictly that no two readers can disagree about what it says."""

import json
import math
import re
from typing import Any

from adapters.wire.refusal import Refusal
from domain.outcomes import Reason

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_MEMBERS = 256
_MAX_DIGITS = 18
_NOT_PLAIN_ZERO = re.compile(r"-|[0.]*[1-9]")


def parse(body: bytes) -> Any:
    """Return what `body` says; raise `Refusal` where it is not strict, bounded UTF-8 JSON."""
    if len(body) > MAX_BYTES:
        raise Refusal(Reason.TOO_LARGE, f"{len(body)} bytes; the limit is {MAX_BYTES}")
    try:
        value = _decoder.decode(_text(body))
    except json.JSONDecodeError as error:
        raise Refusal(Reason.MALFORMED_JSON, f"not JSON from character {error.pos} on") from None
    except RecursionError:
        raise Refusal(Reason.TOO_DEEP, f"more than {MAX_DEPTH} levels") from None
    # Fewer brackets than levels allowed cannot be too deep, which spares nearly all the walk.
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH:
        _check_depth(value)
    # NUL and lone surrogates can only come in as escapes.
    if b"\\u" in body:
        _check_text(value)
    return value


def _text(body: bytes) -> str:
    if body.startswith(b"\xef\xbb\xbf"):
        raise Refusal(Reason.NOT_UTF_8, "begins with a byte order mark")
    if b"\0" in body[:2]:
        raise Refusal(Reason.NOT_UTF_8, "UTF-16 or UTF-32 by its first bytes")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(Reason.NOT_UTF_8, f"not UTF-8 at byte {error.start}") from None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(members)
    if len(value) == len(members) <= MAX_MEMBERS:
        return value
    if len(members) > MAX_MEMBERS:
        raise Refusal(Reason.TOO_MANY_MEMBERS, f"{len(members)} members in one object")
    raise Refusal(Reason.DUPLICATE_MEMBER, "a member occurs twice in one object")


def _integer(digits: str) -> int:
    if (count := len(digits.removeprefix("-"))) > _MAX_DIGITS:
        raise Refusal(Reason.NUMBER_OUT_OF_RANGE, f"a number of {count} digits")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    # Too large, too small, or a negative zero: readers differ in what they make of these.
    if not math.isfinite(value) or (value == 0 and _NOT_PLAIN_ZERO.match(digits)):
        raise Refusal(Reason.NOT_A_JSON_NUMBER, "a number that cannot be represented")
    return value


def _constant(name: str) -> float:
    raise Refusal(Reason.NOT_A_JSON_NUMBER, f"{name} is not JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_constant,
)


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        children = (child for parent in level for child in _children(parent))
        level = [child for child in children if isinstance(child, dict | list)]
        if not level:
            return
    raise Refusal(Reason.TOO_DEEP, f"more than {MAX_DEPTH} levels")


def _check_text(value: Any) -> None:
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            _check_characters(current)
        elif isinstance(current, dict):
            stack.extend(current)
        stack.extend(_children(current))


def _check_characters(text: str) -> None:
    if "\0" in text:
        raise Refusal(Reason.CONTROL_CHARACTER, "text holds a NUL character")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Refusal(Reason.INVALID_UNICODE, "text holds half of a surrogate pair")


def _children(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
