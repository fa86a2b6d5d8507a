"""What the provider knows and may hand out; no HTTP."""

import hmac
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry
from pydantic import BaseModel, Field

from tests.support.identity_provider.signing import SigningKey

LIFETIME_SECONDS = 300


class Client(BaseModel):
    """An application that is known to the provider."""

    secret: str | None = None
    """For a client that proves itself by a secret."""
    public_key: dict[str, Any] | None = None
    """For a client that proves itself by private_key_jwt: its key, as a JWK."""
    redirect_uris: list[str] = Field(default_factory=list)
    """Where people may be sent back to."""


class Directory(BaseModel):
    """Who there is: people who sign in, and applications."""

    audience: str = "case-timeline"
    people: list[str] = Field(default_factory=list)
    names: dict[str, str] = Field(default_factory=dict)
    """What people are called, where the provider tells."""
    clients: dict[str, Client] = Field(default_factory=dict)


@dataclass
class Grant:
    """What a code stands for until it is exchanged, once."""

    client_id: str
    redirect_uri: str
    challenge: str
    person: str
    nonce: str | None
    signed_in_at: int


class NotAllowedError(Exception):
    """An OAuth 2.0 error, as the token endpoint names it."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass
class Provider:
    """Keys, codes and the rules for handing out tokens."""

    issuer: str
    directory: Directory
    keys: list[SigningKey] = field(default_factory=lambda: [SigningKey.generate("key-1")])
    codes: dict[str, Grant] = field(default_factory=dict)
    used_assertions: set[str] = field(default_factory=set)
    id_tokens_say: dict[str, Any] = field(default_factory=dict)
    """What ID tokens say instead; None for nothing. `typ` is what they are marked as."""
    _made: int = 1

    def rotate(self, algorithm: str = "ES256", *, keep_old: bool = True) -> str:
        """Sign with a new key from now on; list the old ones still, or no more."""
        self._made += 1
        key = SigningKey.generate(f"key-{self._made}", algorithm)
        self.keys = [key, *(self.keys if keep_old else [])]
        return key.kid

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.jwk() for key in self.keys]}

    def access_token(self, subject: str, client_id: str, **claims: Any) -> str:
        """An access token as RFC 9068 has it; `claims` adds to or replaces what it says."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "aud": self.directory.audience,
            "sub": subject,
            "client_id": client_id,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            "jti": uuid4().hex,
        }
        return self.keys[0].token(said | claims)

    def client_credentials(self, form: dict[str, str]) -> dict[str, Any]:
        """Tokens for an application itself."""
        client_id = self._authenticated(form)
        return _answer(self.access_token(client_id, client_id))

    def code_for(self, query: dict[str, str], person: str) -> str:
        """A code that lets the client have tokens for a person who has signed in."""
        if person not in self.directory.people:
            raise NotAllowedError("access_denied")
        code = uuid4().hex
        self.codes[code] = Grant(
            client_id=query["client_id"],
            redirect_uri=query["redirect_uri"],
            challenge=query["code_challenge"],
            person=person,
            nonce=query.get("nonce"),
            signed_in_at=int(time.time()),
        )
        return code

    def check_request(self, query: dict[str, str]) -> None:
        """Refuse to ask anyone to sign in for a client or place nobody knows, or without PKCE."""
        client = self.directory.clients.get(query.get("client_id", ""))
        if client is None or query.get("redirect_uri") not in client.redirect_uris:
            raise NotAllowedError("unauthorized_client")
        if query.get("response_type") != "code":
            raise NotAllowedError("unsupported_response_type")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            raise NotAllowedError("invalid_request")

    def exchange(self, form: dict[str, str]) -> dict[str, Any]:
        """Tokens for a code, if whoever brings it is who asked for it."""
        grant = self.codes.pop(form.get("code", ""), None)
        if grant is None or form.get("redirect_uri") != grant.redirect_uri:
            raise NotAllowedError("invalid_grant")
        if self._authenticated(form) != grant.client_id:
            raise NotAllowedError("invalid_grant")
        verifier = sha256(form.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(verifier).rstrip(b"=").decode() != grant.challenge:
            raise NotAllowedError("invalid_grant")
        signed_in = {"auth_time": grant.signed_in_at, "acr": "pwd"}
        access = self.access_token(grant.person, grant.client_id, **signed_in)
        return _answer(access) | {"id_token": self._id_token(grant)}

    def _id_token(self, grant: Grant) -> str:
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "aud": grant.client_id,
            "sub": grant.person,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            "auth_time": grant.signed_in_at,
            "name": self.directory.names.get(grant.person),
            "nonce": grant.nonce,
        } | self.id_tokens_say
        typ = said.pop("typ", "JWT")
        told = {name: value for name, value in said.items() if value is not None}
        return self.keys[0].token(told, typ=typ)

    def _authenticated(self, form: dict[str, str]) -> str:
        client_id = form.get("client_id", "")
        client = self.directory.clients.get(client_id)
        if client is None:
            raise NotAllowedError("invalid_client")
        if client.public_key is not None:
            self._check_assertion(form.get("client_assertion", ""), client_id, client.public_key)
        elif client.secret is not None:
            if not hmac.compare_digest(client.secret, form.get("client_secret", "")):
                raise NotAllowedError("invalid_client")
        elif form["grant_type"] != "authorization_code":
            # Proves nothing: may only exchange a code, which PKCE guards.
            raise NotAllowedError("unauthorized_client")
        return client_id

    def _check_assertion(self, assertion: str, client_id: str, jwk: dict[str, Any]) -> None:
        try:
            key = JWKRegistry.import_key(jwk)
            claims = jwt.decode(assertion, key, algorithms=["ES256", "RS256", "Ed25519"]).claims
            wanted = jwt.JWTClaimsRegistry(
                iss={"essential": True, "value": client_id},
                sub={"essential": True, "value": client_id},
                aud={"essential": True, "value": f"{self.issuer}/token"},
                exp={"essential": True},
                jti={"essential": True},
            )
            wanted.validate(claims)
        except (JoseError, ValueError):
            raise NotAllowedError("invalid_client") from None
        if claims["jti"] in self.used_assertions:
            raise NotAllowedError("invalid_client")
        self.used_assertions.add(claims["jti"])


def _answer(access_token: str) -> dict[str, Any]:
    return {"access_token": access_token, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
