"""The two cookies: who is signed in, and who is about to."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from starlette.responses import Response

from adapters.identity.attempt import Attempt
from services.web.signing_in.local_paths import local_path

_ATTEMPT_SECONDS = 15 * 60
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
_BEGUN = re.compile(r"([\w-]{43})\.(\d{1,3})\.([\w=-]*)", re.ASCII)


class Begun(NamedTuple):
    """An attempt to sign in that a browser began."""

    attempt: Attempt
    provider: int
    """Which of the providers it was begun with."""
    next: str
    """Where the person goes on."""


@dataclass(frozen=True, slots=True)
class Cookies:
    """Sets and reads them. A session ends on the server: its cookie lasts as long as the browser
    is open."""

    secure: bool
    """Whether they travel over TLS alone: everywhere but on plain HTTP on this machine."""

    def session(self, cookies: Mapping[str, str]) -> str | None:
        """Return the secret of the session, if there may be one."""
        secret = cookies.get(self._named("session"), "")
        return secret if _SECRET.fullmatch(secret) else None

    def set_session(self, response: Response, secret: str) -> None:
        """Have the browser keep the secret of a session."""
        self._set(response, "session", secret)

    def forget_session(self, response: Response) -> None:
        """Have the browser forget it."""
        self._forget(response, "session")

    def begun(self, cookies: Mapping[str, str]) -> Begun | None:
        """Return the attempt that the browser has begun."""
        told = _BEGUN.fullmatch(cookies.get(self._named("signing-in"), ""))
        if told is None:
            return None
        try:
            path = urlsafe_b64decode(told[3]).decode("ascii")
        except ValueError:
            return None
        return Begun(Attempt(told[1]), int(told[2]), local_path(path))

    def set_begun(self, response: Response, begun: Begun) -> None:
        """Have the browser keep what belongs to the attempt, for a quarter of an hour."""
        path = urlsafe_b64encode(begun.next.encode("ascii")).decode()
        kept = f"{begun.attempt.secret}.{begun.provider}.{path}"
        self._set(response, "signing-in", kept, _ATTEMPT_SECONDS)

    def forget_begun(self, response: Response) -> None:
        """Have the browser forget it: an attempt is for once."""
        self._forget(response, "signing-in")

    def _set(self, response: Response, use: str, value: str, seconds: int | None = None) -> None:
        # Lax, since the provider's page sends people back here.
        response.set_cookie(
            self._named(use),
            value,
            max_age=seconds,
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def _forget(self, response: Response, use: str) -> None:
        name = self._named(use)
        response.delete_cookie(name, secure=self.secure, httponly=True, samesite="lax")

    def _named(self, use: str) -> str:
        # Browsers take a cookie so named from this very host alone, and over TLS alone.
        return f"__Host-{use}" if self.secure else use
