"""Tells whose token it is, or refuses it: with what is at hand, asking nobody."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from adapters.identity.caller import Caller, RefusalReason, TokenRefused
from adapters.identity.issuer import Issuer, media_type
from adapters.identity.public_keys import KeySource, PublicKey
from adapters.identity.token_parts import TokenParts, take_apart, text

MAX_TOKEN_BYTES = 8 * 1024
LEEWAY = timedelta(seconds=60)
"""By how much a provider's clock and ours may differ."""

_SUBJECT = re.compile(r"[!-~]{1,255}")
_MAX_REMEMBERED = 10_000
_MAX_TIMESTAMP = datetime(9000, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class _Verified:
    """What a token came to, and the key on which that rests."""

    caller: Caller
    not_before: datetime
    source: KeySource
    kid: str
    algorithm: str
    key: PublicKey

    def key_stands(self) -> bool:
        """Whether its issuer still describes the key so; raise `TokenRefused` if it is gone."""
        return self.source.find(self.kid, self.algorithm) == self.key

    def check_times(self, now: datetime) -> None:
        """Raise `TokenRefused` unless the token counts at this moment."""
        if now >= self.caller.expires_at + LEEWAY:
            raise TokenRefused(RefusalReason.EXPIRED)
        if now < max(self.not_before, self.caller.issued_at) - LEEWAY:
            raise TokenRefused(RefusalReason.NOT_YET_VALID)


class TokenVerifier:
    """Verifies access tokens (RFC 9068) of a few issuers. Belongs to one event loop."""

    def __init__(
        self, issuers: Iterable[tuple[Issuer, KeySource]], clock: Callable[[], datetime]
    ) -> None:
        """Accept tokens of these issuers, signed with keys that are found beside them."""
        self._issuers: dict[str, tuple[Issuer, KeySource]] = {}
        for issuer, keys in issuers:
            if issuer.url in self._issuers:
                raise ValueError(f"The issuer {issuer.url} is named twice; name it once.")
            self._issuers[issuer.url] = (issuer, keys)
        self._clock = clock
        self._remembered: dict[bytes, _Verified] = {}

    def verify(self, token: str) -> Caller:
        """Return who asks; raise `TokenRefused` if the token proves nothing.

        The same token comes with each request, so what it came to is remembered under its hash;
        its times and its key are looked at each time.
        """
        if len(token) > MAX_TOKEN_BYTES:
            raise TokenRefused(RefusalReason.TOO_LARGE)
        if not token.isascii():
            raise TokenRefused(RefusalReason.MALFORMED)
        encoded = token.encode("ascii")
        digest = sha256(encoded).digest()
        verified = self._remembered.pop(digest, None)
        if verified is None or not verified.key_stands():
            verified = self._examined(encoded, digest)
        verified.check_times(self._clock())
        self._remember(digest, verified)
        return verified.caller

    def _examined(self, token: bytes, digest: bytes) -> _Verified:
        parts = take_apart(token)
        issuer, source = self._issuer_of(parts)
        algorithm, kid = _checked_header(parts.header, issuer)
        caller, not_before = _checked_claims(parts.claims, issuer, digest)
        key = source.find(kid, algorithm)
        if not key.verifies(algorithm, parts.signed, parts.signature):
            raise TokenRefused(RefusalReason.SIGNATURE)
        return _Verified(caller, not_before, source, kid, algorithm, key)

    def _issuer_of(self, parts: TokenParts) -> tuple[Issuer, KeySource]:
        known = self._issuers.get(text(parts.claims, "iss") or "")
        if known is None:
            raise TokenRefused(RefusalReason.ISSUER)
        return known

    def _remember(self, digest: bytes, verified: _Verified) -> None:
        self._remembered[digest] = verified
        if len(self._remembered) > _MAX_REMEMBERED:
            # The one that has not come for longest: each is put last when it comes.
            del self._remembered[next(iter(self._remembered))]


def _checked_header(header: dict[str, Any], issuer: Issuer) -> tuple[str, str]:
    """Return algorithm and key name. Nothing else in a header leads anywhere, jku and jwk least."""
    algorithm, kid = text(header, "alg"), text(header, "kid")
    if algorithm not in issuer.algorithms:
        raise TokenRefused(RefusalReason.ALGORITHM)
    if media_type(text(header, "typ") or "") not in issuer.token_types:
        raise TokenRefused(RefusalReason.TYPE)
    # It names extensions that must be understood to read the token. None is understood here.
    if "crit" in header:
        raise TokenRefused(RefusalReason.CRITICAL)
    if kid is None:
        raise TokenRefused(RefusalReason.KEY_UNKNOWN)
    return algorithm, kid


def _checked_claims(
    claims: dict[str, Any], issuer: Issuer, digest: bytes
) -> tuple[Caller, datetime]:
    audience = claims.get("aud")
    if issuer.audience not in (audience if isinstance(audience, list) else [audience]):
        raise TokenRefused(RefusalReason.AUDIENCE)
    issued_at, expires_at = _moment(claims, "iat"), _moment(claims, "exp")
    subject = text(claims, "sub")
    if not (issued_at and expires_at and subject and _SUBJECT.fullmatch(subject)):
        raise TokenRefused(RefusalReason.CLAIMS)
    caller = Caller(
        principal=f"{issuer.url}|{subject}",
        session=_session(claims, issuer, digest),
        issued_at=issued_at,
        expires_at=expires_at,
        authenticated_at=_moment(claims, "auth_time"),
        authentication_class=text(claims, "acr"),
    )
    return caller, _moment(claims, "nbf") or issued_at


def _session(claims: dict[str, Any], issuer: Issuer, digest: bytes) -> str:
    token_id = text(claims, "jti")
    named = sha256(f"{issuer.url}|{token_id}".encode()).digest() if token_id else digest
    return named[:12].hex()


def _moment(claims: dict[str, Any], name: str) -> datetime | None:
    """Return a moment; None if it is not told. Raise `TokenRefused` if it is told as no number."""
    if name not in claims:
        return None
    seconds = claims[name]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TokenRefused(RefusalReason.CLAIMS)
    if not 0 < seconds < _MAX_TIMESTAMP:
        raise TokenRefused(RefusalReason.CLAIMS)
    return datetime.fromtimestamp(seconds, UTC)
