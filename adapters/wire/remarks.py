"""What is remarked of a message that was understood, for its sender to look at."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.events.envelope import CaseEvent
from domain.outcomes import Remark
from domain.times import CLOCK_TOLERANCE
from domain.vocabulary.record import Precision

_MOMENTS = ("time", "timeend", "knowntime")
_SECOND = slice(17, 19)
"""Where the seconds of an RFC 3339 timestamp stand."""

# What turns the direction of text (U+202A to U+202E, U+2066 to U+2069), and spaces and joins of no
# width (U+200B, U+2060, U+FEFF), as they are or escaped. Left out are the marks that Arabic, Hebrew
# and Persian are rightly written with, and those that join several emoji into one.
_SUSPICIOUS = re.compile(
    rb"\xe2\x80[\x8b\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf"
    rb"|(?<!\\)(?:\\\\)*\\u(?:20(?:0b|2[a-e]|6[06-9])|feff)",
    re.IGNORECASE,
)


def remarks_on(
    message: dict[str, Any], body: bytes, event: CaseEvent, received_at: datetime
) -> tuple[Remark, ...]:
    """Return what there is to remark of `message`, read from `body`, and the event made of it."""
    return tuple(_remarks(message, body, event, received_at))


def _remarks(
    message: dict[str, Any], body: bytes, event: CaseEvent, received_at: datetime
) -> Iterator[Remark]:
    if (b"\\u" in body or not body.isascii()) and _SUSPICIOUS.search(body):
        yield Remark.SUSPICIOUS_UNICODE
    # What is known by its day, or roughly, may be put at any hour of it.
    exactly = event.occurred_at if event.occurred_precision is Precision.INSTANT else event.known_at
    if max(exactly, event.known_at) > received_at + CLOCK_TOLERANCE:
        yield Remark.CLOCK_SKEW
    if b":60" in body and any(str(message.get(name))[_SECOND] == "60" for name in _MOMENTS):
        yield Remark.LEAP_SECOND
