"""Takes CloudEvents out of HTTP requests: in structured, binary and batch mode.

By the HTTP protocol binding of CloudEvents 1.0. What is sent stays as it was sent, byte for byte,
so that the intake judges it and nothing here can make it read otherwise; of what is in it only the
source is looked at, to see whether its sender may publish it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from json import JSONDecodeError
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers

from adapters.wire import Refusal
from adapters.wire.strict_json import MAX_BYTES
from domain.outcomes import Reason

MOST_EVENTS = 500
"""How many events a batch may have."""


class Mode(StrEnum):
    """How a request carries events, by the media type that says so."""

    STRUCTURED = "application/cloudevents+json"
    BATCH = "application/cloudevents-batch+json"
    BINARY = "application/json"


class Sent(NamedTuple):
    """One event as it was sent, in structured mode."""

    body: bytes
    source: str | None = None
    """Whose event it says it is; None where that cannot be read."""
    refusal: Refusal | None = None
    """Why it cannot be understood, where that is known already."""


RawHeaders = Sequence[tuple[bytes, bytes]]

_MODES = {mode.value: mode for mode in Mode}
_ATTRIBUTE = b"ce-"
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]*)", re.IGNORECASE)
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_OTHER_ENCODINGS = ("\ufeff", "\udcff\udcfe", "\udcfe\udcff")
"""The byte order marks of UTF-8 and UTF-16."""
_SPACE = re.compile(r"[ \t\n\r]*")


def _of_no_interest(_: str) -> None:
    """Stand for a number: none is looked at here, and some cannot be represented."""


# Reads whatever the intake reads and more: what is wrong with it the intake finds, and says.
_lenient = json.JSONDecoder(
    parse_int=_of_no_interest,
    parse_float=_of_no_interest,
    parse_constant=_of_no_interest,
    strict=False,
)
_UNREADABLE = (ValueError, RecursionError)


def mode_of(headers: Headers) -> Mode | None:
    """Return how a request carries events; None if it does so in no way that is known here."""
    told = headers.getlist("content-type")
    if len(told) != 1:
        return None
    charset = _CHARSET.search(told[0])
    if charset and charset[1].lower() != "utf-8":
        return None
    media_type = told[0].partition(";")[0].strip().lower()
    if media_type == Mode.BINARY and not any(
        name.startswith(_ATTRIBUTE) for name, _ in headers.raw
    ):
        return None
    return _MODES.get(media_type)


def events_of(mode: Mode, headers: RawHeaders, body: bytes) -> list[Sent]:
    """Return the events of a request; raise `Refusal` where a batch cannot be told apart."""
    if mode is Mode.BATCH:
        return _of_batch(_text(body))
    return [_structured(body) if mode is Mode.STRUCTURED else _binary(headers, body)]


def _structured(body: bytes) -> Sent:
    try:
        return Sent(body, _source_in(_read(body)))
    except _UNREADABLE:
        return Sent(body)


def _binary(headers: RawHeaders, body: bytes) -> Sent:
    """Put together what the same event would be in structured mode."""
    named = [(name, value) for name, value in headers if name.startswith(_ATTRIBUTE)]
    try:
        attributes = [(name[len(_ATTRIBUTE) :].decode(), _value(value)) for name, value in named]
    except UnicodeDecodeError:
        detail = "the value of a ce- header is not UTF-8 once it is percent-decoded"
        return Sent(body, refusal=Refusal(Reason.NOT_UTF_8, detail))
    try:
        _read(body)
    except _UNREADABLE:
        # Alone it is refused for what it is; among the attributes it might pass for some of them.
        return Sent(body)
    # An attribute that comes twice is there twice, and is refused for that.
    attributes.append(("datacontenttype", Mode.BINARY))
    members = ",".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in attributes)
    whole = b'{%s,"data":%s}' % (members.encode(), body)
    return Sent(whole, dict(attributes).get("source"))


def _value(header: bytes) -> str:
    """Return the value of an attribute: unquoted, then percent-decoded once."""
    if quoted := _QUOTED.fullmatch(header):
        header = _ESCAPED.sub(rb"\1", quoted[1])
    return unquote_to_bytes(header).decode()


def _of_batch(text: str) -> list[Sent]:
    events: list[Sent] = []
    try:
        for element, value in _elements(text):
            if len(events) == MOST_EVENTS:
                raise Refusal(Reason.TOO_LARGE, f"a batch may have {MOST_EVENTS} events")
            events.append(Sent(_bytes(element), _source_in(value)))
    except JSONDecodeError as error:
        detail = f"the batch is not JSON from character {error.pos} on"
        raise Refusal(Reason.MALFORMED_JSON, detail) from None
    except RecursionError:
        raise Refusal(Reason.TOO_DEEP, "the batch is nested too deep to be taken apart") from None
    return events


def _elements(text: str) -> Iterator[tuple[str, object]]:
    """Yield each element of a JSON array, as it is written and as it reads."""
    place = _past_space(text, 0)
    if not text.startswith("[", place):
        raise Refusal(*_no_array(text))
    place = _past_space(text, place + 1)
    while not text.startswith("]", place):
        value, end = _lenient.raw_decode(text, place)
        yield text[place:end], value
        place = _past_space(text, end)
        if text.startswith(",", place):
            place = _past_space(text, place + 1)
            if text.startswith("]", place):
                raise JSONDecodeError("", text, place)
        elif not text.startswith("]", place):
            raise JSONDecodeError("", text, place)
    if _past_space(text, place + 1) != len(text):
        raise JSONDecodeError("", text, place + 1)


def _no_array(text: str) -> tuple[Reason, str]:
    if text.startswith(_OTHER_ENCODINGS) or "\0" in text[:2]:
        return Reason.NOT_UTF_8, "the batch is not UTF-8, or begins with a byte order mark"
    try:
        _lenient.decode(text)
    except _UNREADABLE:
        return Reason.MALFORMED_JSON, "the batch is not JSON"
    return Reason.NOT_A_CLOUDEVENT, "a batch is a JSON array of events"


def _past_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _read(body: bytes) -> object:
    if len(body) > MAX_BYTES:
        raise ValueError
    return _lenient.decode(_text(body))


def _text(body: bytes) -> str:
    # Bytes that are no UTF-8 come through, to be found in the one event that they are in.
    return body.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _source_in(value: object) -> str | None:
    source = value.get("source") if isinstance(value, dict) else None
    return source if isinstance(source, str) else None
