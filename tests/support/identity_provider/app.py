"""The provider over HTTP: its public endpoints, and what tests do to it under `/admin`."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from html import escape
from urllib.parse import parse_qsl, unquote_plus, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from tests.support.identity_provider.provider import NotAllowedError, Provider
from tests.support.identity_provider.signing import SigningKey

_DISCOVERY = "/.well-known/openid-configuration"
Answer = Callable[[Request], Awaitable[Response]]


class Application:
    """The endpoints of one provider. `trouble` names the way in which it fails, if it does."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._trouble: str | None = None
        self._key_requests = 0

    def routes(self) -> Starlette:
        public = [
            Route(_DISCOVERY, self._troubled(self._discovery)),
            Route("/jwks", self._troubled(self._jwks)),
            Route(f"/moved{_DISCOVERY}", self._discovery),
            Route("/moved/jwks", self._jwks),
            Route("/authorize", self._authorize, methods=["GET", "POST"]),
            Route("/token", self._token, methods=["POST"]),
            Route("/end-session", self._end_session),
        ]
        admin = [
            Route("/admin/trouble", self._set_trouble, methods=["PUT"]),
            Route("/admin/rotate", self._rotate, methods=["POST"]),
            Route("/admin/tokens", self._issue, methods=["POST"]),
            Route("/admin/id-tokens", self._set_id_tokens, methods=["PUT"]),
            Route("/admin/key-requests", self._count),
        ]
        return Starlette(routes=[*public, *admin])

    async def _discovery(self, _: Request) -> Response:
        issuer = self._provider.issuer
        keys = _KEYS_AT.get(self._trouble or "", f"{issuer}/jwks")
        return JSONResponse(
            {
                "issuer": issuer if self._trouble != "another-issuer" else f"{issuer}/other",
                "jwks_uri": keys,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "end_session_endpoint": f"{issuer}/end-session",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code", "client_credentials"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256", "EdDSA"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": [
                    *([] if self._trouble == "no-basic" else ["client_secret_basic"]),
                    "client_secret_post",
                    "private_key_jwt",
                    "none",
                ],
            }
        )

    async def _jwks(self, _: Request) -> Response:
        return JSONResponse(self._provider.jwks())

    async def _authorize(self, request: Request) -> Response:
        query = dict(request.query_params)
        person = (await _form(request)).get("person") or query.get("login_hint")
        try:
            self._provider.check_request(query)
            if person is None:
                return self._sign_in_page()
            answer = {"code": self._provider.code_for(query, person)}
        except NotAllowedError as refusal:
            return JSONResponse({"error": refusal.error}, 400)
        if "state" in query:
            answer["state"] = query["state"]
        answer["iss"] = self._provider.issuer
        return RedirectResponse(f"{query['redirect_uri']}?{urlencode(answer)}", 303)

    def _sign_in_page(self) -> Response:
        people = map(escape, self._provider.directory.people)
        buttons = "".join(f'<button name="person" value="{p}">{p}</button>' for p in people)
        title = "Sign in (test provider)"
        return HTMLResponse(
            f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1>'
            f'<form method="post">{buttons}</form></html>'
        )

    async def _token(self, request: Request) -> Response:
        form = await _form(request) | _basic(request)
        grants = {
            "client_credentials": self._provider.client_credentials,
            "authorization_code": self._provider.exchange,
        }
        grant = grants.get(form.get("grant_type", ""))
        if grant is None:
            return JSONResponse({"error": "unsupported_grant_type"}, 400)
        try:
            return JSONResponse(grant(form), headers={"Cache-Control": "no-store"})
        except NotAllowedError as refusal:
            status = 401 if refusal.error == "invalid_client" else 400
            return JSONResponse({"error": refusal.error}, status)

    async def _end_session(self, _: Request) -> Response:
        return HTMLResponse("<!doctype html><title>Signed out (test provider)</title>")

    async def _set_id_tokens(self, request: Request) -> Response:
        self._provider.id_tokens_say = await request.json()
        return Response(status_code=204)

    async def _set_trouble(self, request: Request) -> Response:
        self._trouble = (await request.json())["trouble"]
        return Response(status_code=204)

    async def _rotate(self, request: Request) -> Response:
        return JSONResponse({"kid": self._provider.rotate(**await request.json())})

    async def _issue(self, request: Request) -> Response:
        asked = await request.json()
        token = self._provider.access_token(asked["subject"], "test", **asked["claims"])
        return JSONResponse({"access_token": token})

    async def _count(self, _: Request) -> Response:
        return JSONResponse(self._key_requests)

    def _troubled(self, answer: Answer) -> Answer:
        async def troubled(request: Request) -> Response:
            self._key_requests += request.url.path == "/jwks"
            wrong = _TROUBLES.get(self._trouble or "")
            if wrong is not None:
                return await wrong(request)
            return await answer(request)

        return troubled


async def _form(request: Request) -> dict[str, str]:
    # Read by hand: Starlette would need one more package for it.
    return dict(parse_qsl((await request.body()).decode()))


def _basic(request: Request) -> dict[str, str]:
    """What an application proves itself with in the head (RFC 6749, 2.3.1)."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    client_id, _, secret = b64decode(given).decode().partition(":")
    return {"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}


async def _fails(_: Request) -> Response:
    return JSONResponse({"error": "server_error"}, 503)


async def _garbage(_: Request) -> Response:
    return Response(b"\x00<html>not keys", media_type="application/json")


async def _no_keys(_: Request) -> Response:
    return JSONResponse({"keys": [{"kty": "oct", "kid": "key-1", "k": "c2VjcmV0"}, 7, None]})


async def _redirects(request: Request) -> Response:
    # To where the real answer is, so that whoever follows finds keys.
    return RedirectResponse(f"/moved{request.url.path}", 302)


async def _oversized(_: Request) -> Response:
    # Sound keys among much else: refused for its size alone.
    key = SigningKey.generate("key-1").jwk()
    return JSONResponse({"keys": [key], "padding": "x" * 65_536})


async def _drips(_: Request) -> Response:
    # Something arrives all the time, so that only a bound on the whole answer ends it.
    async def spaces() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.02)

    return StreamingResponse(spaces(), media_type="application/json")


_KEYS_AT = {
    "keys-elsewhere": "http://127.0.0.2:9/jwks",
    "keys-nowhere": "http://[",
    "keys-in-a-file": "file:///etc/passwd",
}
_TROUBLES: dict[str, Answer] = {
    "fails": _fails,
    "garbage": _garbage,
    "no-keys": _no_keys,
    "redirects": _redirects,
    "oversized": _oversized,
    "drips": _drips,
}
