"""What one attempt to sign in is held together by: state, nonce and PKCE verifier."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

_SECRET_BYTES = 32


class Attempt:
    """Everything that must be random, made from one secret that the browser keeps meanwhile.

    The state travels to the provider and back, the nonce comes back in the ID token, and the
    verifier goes from us to the provider alone: none of them tells another, or the secret.
    """

    def __init__(self, secret: str | None = None) -> None:
        """Begin an attempt, or go on with that of a secret."""
        self.secret = secret or secrets.token_urlsafe(_SECRET_BYTES)

    @property
    def state(self) -> str:
        """What the provider repeats when it sends the person back."""
        return self._made_for(b"state")

    @property
    def nonce(self) -> str:
        """What the provider writes into the ID token."""
        return self._made_for(b"nonce")

    @property
    def verifier(self) -> str:
        """What shows the provider that whoever brings the code began the attempt (RFC 7636)."""
        return self._made_for(b"verifier")

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier beforehand."""
        return _base64url(sha256(self.verifier.encode()).digest())

    def _made_for(self, use: bytes) -> str:
        return _base64url(hmac.digest(self.secret.encode(), use, "sha256"))


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
