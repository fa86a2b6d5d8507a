"""Starts the test provider, and speaks to it as applications do and as tests may."""

import base64
import hashlib
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

from tests.support.identity_provider.provider import Client, Directory
from tests.support.identity_provider.signing import SigningKey

HOUSING_SYSTEM_SECRET = "secret-of-the-housing-system"
HOUSING_SYSTEM = "housing-system"
PARTNER_SYSTEM = "partner-system"
WEB = "web"
WEB_WITH_SECRET = "web with a secret"
WEB_SECRET = "secret of the web: 100 %"
REDIRECT_URI = "http://127.0.0.1/signed-in"
SAFE_REDIRECT_URI = "https://cases.example.org/signed-in"

_ROOT = Path(__file__).parents[2]


class RunningProvider:
    """A provider's process: its address, what it hands out, and how it is made to fail."""

    def __init__(self, url: str, partner_key: SigningKey) -> None:
        self.url, self.partner_key = url, partner_key
        self._client = httpx.Client(base_url=url, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def trouble(self, kind: str | None) -> None:
        """Make it fail in a way that `identity_provider/app.py` names; None to work again."""
        self._client.put("/admin/trouble", json={"trouble": kind}).raise_for_status()

    def rotate(self, algorithm: str = "ES256", *, keep_old: bool = True) -> str:
        """Have it sign with a new key; return the key's name."""
        asked = {"algorithm": algorithm, "keep_old": keep_old}
        return str(self._client.post("/admin/rotate", json=asked).json()["kid"])

    def id_tokens_say(self, **claims: Any) -> None:
        """Have its ID tokens say this instead; nothing where it is None. `typ` marks them."""
        self._client.put("/admin/id-tokens", json=claims).raise_for_status()

    def sends_back(self, address: str, person: str) -> str:
        """Where it sends a person who signs in where an application has sent them."""
        answer = self._client.post(address, data={"person": person})
        return str(answer.headers["location"])

    def key_requests(self) -> int:
        """How often its keys were asked for."""
        return int(self._client.get("/admin/key-requests").json())

    def token_for(self, subject: str, claims: Mapping[str, Any] | None = None) -> str:
        """An access token for anyone, saying anything."""
        asked = {"subject": subject, "claims": dict(claims or {})}
        return str(self._client.post("/admin/tokens", json=asked).json()["access_token"])

    def ask_token(self, **form: str) -> httpx.Response:
        """What the token endpoint answers."""
        return self._client.post("/token", data=form)

    def system_token(self) -> str:
        """An access token of a system that has a secret."""
        answer = self.ask_token(
            grant_type="client_credentials",
            client_id=HOUSING_SYSTEM,
            client_secret=HOUSING_SYSTEM_SECRET,
        )
        return str(answer.raise_for_status().json()["access_token"])

    def assertion(self, now: int) -> str:
        """What a system that has a key of its own proves itself with."""
        claims = {
            "iss": PARTNER_SYSTEM,
            "sub": PARTNER_SYSTEM,
            "aud": f"{self.url}/token",
            "exp": now + 60,
            "jti": uuid4().hex,
        }
        return self.partner_key.token(claims, typ="JWT")

    def sign_in(self, person: str, *, nonce: str = "n") -> dict[str, Any]:
        """What an application gets once a person has signed in: authorisation code with PKCE."""
        verifier = secrets.token_urlsafe(48)
        code = self.code_for(person, verifier, nonce)
        answer = self.ask_token(
            grant_type="authorization_code",
            client_id=WEB,
            redirect_uri=REDIRECT_URI,
            code=code,
            code_verifier=verifier,
        )
        tokens: dict[str, Any] = answer.raise_for_status().json()
        return tokens

    def code_for(self, person: str, verifier: str, nonce: str = "n") -> str:
        """The code with which a person is sent back."""
        challenge = hashlib.sha256(verifier.encode()).digest()
        answer = self._client.post(
            "/authorize",
            params={
                "response_type": "code",
                "client_id": WEB,
                "redirect_uri": REDIRECT_URI,
                "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
                "code_challenge_method": "S256",
                "scope": "openid",
                "nonce": nonce,
                "state": "s",
            },
            data={"person": person},
        )
        back = parse_qs(urlsplit(answer.headers["location"]).query)
        assert back["state"] == ["s"]
        return back["code"][0]


@contextmanager
def identity_provider(*people: str) -> Iterator[RunningProvider]:
    """A provider in a process of its own, who knows these people and two systems."""
    partner_key = SigningKey.generate("partner-key")
    directory = Directory(
        people=list(people),
        names={person: f"Person {person}" for person in people},
        clients={
            HOUSING_SYSTEM: Client(secret=HOUSING_SYSTEM_SECRET),
            PARTNER_SYSTEM: Client(public_key=partner_key.jwk()),
            WEB: Client(redirect_uris=[REDIRECT_URI, SAFE_REDIRECT_URI]),
            WEB_WITH_SECRET: Client(secret=WEB_SECRET, redirect_uris=[REDIRECT_URI]),
        },
    )
    command = [sys.executable, "-m", "tests.support.identity_provider", directory.model_dump_json()]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=_ROOT) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().decode().strip()
            with closing(RunningProvider(url, partner_key)) as provider:
                yield provider
        finally:
            process.kill()
