"""Signing in with an OpenID Connect provider: authorization code flow with PKCE."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode

import httpx

from adapters.identity.attempt import Attempt
from adapters.identity.caller import Caller, RefusalReason, TokenRefused
from adapters.identity.fetching import FetchFailed, fetch_json, send_form
from adapters.identity.issuer import Issuer, address_fault
from adapters.identity.key_set import KeySet
from adapters.identity.token_parts import take_apart, text
from adapters.identity.verifier import TokenVerifier

_SCOPE = "openid profile"
_ASKED_EVERY = timedelta(hours=1)
_KEYS_MAY_BE_NEWER = frozenset({RefusalReason.KEY_UNKNOWN, RefusalReason.KEYS_UNAVAILABLE})
_ID_TOKEN_TYPES = frozenset({"jwt", ""})
"""An access token (`at+jwt`) is none; many providers do not mark ID tokens at all."""


class NotSignedIn(Exception):  # noqa: N818 - an answer, not a fault
    """Nobody was signed in; `reason` says why in a word, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderAway(NotSignedIn):
    """The provider cannot be asked, or answers with what makes no sense."""


class Person(NamedTuple):
    """Someone who proved to their provider who they are."""

    caller: Caller
    name: str | None
    """What the provider calls them; None if it does not say."""


class Endpoints(NamedTuple):
    """Where a provider is asked for what, as its discovery document says."""

    authorization: str
    token: str
    end_session: str | None
    takes_basic: bool
    """Whether the application proves itself by HTTP Basic, or else in the form."""


class CodeFlow:
    """Signs people in with one provider. Belongs to one event loop."""

    def __init__(
        self, client: httpx.AsyncClient, keys: KeySet, clock: Callable[[], datetime]
    ) -> None:
        """Ask the issuer of these keys, which knows the application by its `client_id`."""
        self.issuer = keys.issuer
        assert self.issuer.client_id is not None
        self._client_id = self.issuer.client_id
        self._client, self._keys, self._clock = client, keys, clock
        said = {"audience": self._client_id, "token_types": _ID_TOKEN_TYPES}
        self._verifier = TokenVerifier([(self.issuer.model_copy(update=said), keys)], clock)
        self._endpoints: tuple[datetime, Endpoints] | None = None

    async def address(self, attempt: Attempt, redirect_uri: str) -> str:
        """Return where the person is sent to sign in; raise `ProviderAway` if it is not known."""
        endpoints = await self.endpoints()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": _SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return with_query(endpoints.authorization, asked)

    async def person(
        self, answer: Mapping[str, str], attempt: Attempt, redirect_uri: str
    ) -> Person:
        """Return who signed in, from what the provider sent the person back with.

        Raises `NotSignedIn` unless all of it belongs to this attempt, and `ProviderAway`.
        """
        if not _same(answer.get("state"), attempt.state):
            raise NotSignedIn("state")
        if answer.get("iss", self.issuer.url) != self.issuer.url:
            raise NotSignedIn("issuer")
        code = answer.get("code")
        if code is None or "error" in answer:
            raise NotSignedIn("declined")
        tokens = await self._exchanged(code, attempt, redirect_uri)
        id_token = tokens.get("id_token") if isinstance(tokens, dict) else None
        if not isinstance(id_token, str):
            raise NotSignedIn("no-id-token")
        return await self._proved(id_token, attempt)

    async def endpoints(self) -> Endpoints:
        """Return where the provider is asked; it is asked for that once an hour."""
        now = self._clock()
        if self._endpoints is None or now - self._endpoints[0] > _ASKED_EVERY:
            try:
                document = await fetch_json(self._client, self.issuer.discovery_url)
            except FetchFailed as failure:
                raise ProviderAway(failure.kind) from None
            self._endpoints = now, _read(document, self.issuer)
        return self._endpoints[1]

    async def _exchanged(self, code: str, attempt: Attempt, redirect_uri: str) -> Any:
        endpoints = await self.endpoints()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": attempt.verifier,
        }
        secret, auth = self.issuer.client_secret, None
        if secret is not None and endpoints.takes_basic:
            auth = (quote_plus(self._client_id), quote_plus(secret.get_secret_value()))
        else:
            form["client_id"] = self._client_id
            if secret is not None:
                form["client_secret"] = secret.get_secret_value()
        try:
            return await send_form(self._client, endpoints.token, form, auth)
        except FetchFailed as failure:
            refused = failure.kind == "status"
            raise (NotSignedIn if refused else ProviderAway)(failure.kind) from None

    async def _proved(self, id_token: str, attempt: Attempt) -> Person:
        try:
            try:
                caller = self._verifier.verify(id_token)
            except TokenRefused as refused:
                if refused.reason not in _KEYS_MAY_BE_NEWER:
                    raise
                # The provider has just signed with a key that it lists since a moment ago.
                await self._keys.refresh()
                caller = self._verifier.verify(id_token)
        except TokenRefused as refused:
            raise NotSignedIn(refused.reason.value) from None
        claims = take_apart(id_token.encode()).claims
        if not _same(text(claims, "nonce"), attempt.nonce):
            raise NotSignedIn("nonce")
        several = isinstance(claims.get("aud"), list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self._client_id) != self._client_id:
            raise NotSignedIn("authorized-party")
        return Person(caller, text(claims, "name"))


def with_query(address: str, query: Mapping[str, str]) -> str:
    """Return an address with this in its query, beside what is there."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _read(document: object, issuer: Issuer) -> Endpoints:
    found = document if isinstance(document, dict) else {}
    authorization = text(found, "authorization_endpoint")
    token = text(found, "token_endpoint")
    if found.get("issuer") != issuer.url or authorization is None or token is None:
        raise ProviderAway("discovery")
    end_session = text(found, "end_session_endpoint")
    for address in filter(None, (authorization, token, end_session)):
        if address_fault(address.partition("?")[0], plain_http=issuer.plain_http):
            raise ProviderAway("discovery")
    # Basic is what a provider understands that does not say (OpenID Connect Discovery 1.0).
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    takes_basic = isinstance(methods, list) and "client_secret_basic" in methods
    return Endpoints(authorization, token, end_session, takes_basic)


def _same(one: str | None, other: str) -> bool:
    return one is not None and hmac.compare_digest(one.encode(), other.encode())
