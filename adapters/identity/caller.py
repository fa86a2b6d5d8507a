"""What a verified access token says, and why one is refused."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Caller(NamedTuple):
    """Who asks, as their provider says. What they may do is not said here: grants are events."""

    principal: str
    """Issuer and subject, as `<iss>|<sub>`. An issuer's address holds no `|`."""
    session: str
    """Names the token without giving it away: a hash, to tell one sitting from another."""
    issued_at: datetime
    expires_at: datetime
    authenticated_at: datetime | None = None
    """When the person last proved who they are; None if the provider does not say."""
    authentication_class: str | None = None
    """How well they proved it, in the provider's own terms (`acr`); None if it does not say."""


class RefusalReason(StrEnum):
    """Why a token was refused: for logs and figures. The sender is told none of it."""

    TOO_LARGE = "too-large"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    TYPE = "type"
    CRITICAL = "critical"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    CLAIMS = "claims"
    KEY_UNKNOWN = "key-unknown"
    KEYS_UNAVAILABLE = "keys-unavailable"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"


class TokenRefused(Exception):  # noqa: N818 - an answer, not a fault
    """A token is not accepted; says which rule it broke, and nothing of what it holds."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason.value)
        self.reason = reason
