"""The three parts of a signed token, taken apart before anyone believes them."""

from binascii import Error as NotBase64
from typing import Any, NamedTuple

from joserfc.util import urlsafe_b64decode

from adapters.identity.caller import RefusalReason, TokenRefused
from adapters.wire import Refusal
from adapters.wire.strict_json import parse

_MAX_TEXT = 512


class TokenParts(NamedTuple):
    """A token as it came. Nothing in it is known to be true."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes


def take_apart(token: bytes) -> TokenParts:
    """Return a token's parts; raise `TokenRefused` unless it is written in the one right way."""
    segments = token.split(b".")
    if len(segments) != 3:
        raise TokenRefused(RefusalReason.MALFORMED)
    header, claims, signature = segments
    return TokenParts(
        header=_object(header),
        claims=_object(claims),
        signed=header + b"." + claims,
        signature=_decoded(signature),
    )


def text(members: dict[str, Any], name: str) -> str | None:
    """Return a member that is text of a sensible length; None if it is absent or anything else."""
    value = members.get(name)
    return value if isinstance(value, str) and 0 < len(value) <= _MAX_TEXT else None


def _object(segment: bytes) -> dict[str, Any]:
    try:
        value = parse(_decoded(segment))
    except Refusal:
        raise TokenRefused(RefusalReason.MALFORMED) from None
    if not isinstance(value, dict):
        raise TokenRefused(RefusalReason.MALFORMED)
    return value


def _decoded(segment: bytes) -> bytes:
    # The library takes base64url in its one canonical spelling, and no other.
    try:
        return urlsafe_b64decode(segment)
    except (NotBase64, ValueError):
        raise TokenRefused(RefusalReason.MALFORMED) from None
