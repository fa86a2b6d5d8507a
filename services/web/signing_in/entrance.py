"""What signing in works with, opened once beside what stands behind the API."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass

from fastapi import FastAPI, Request

from adapters.identity.code_flow import CodeFlow
from adapters.identity.demo import DemoIssuer
from adapters.identity.fetching import new_client
from adapters.session_store import Session, SessionStore
from services.api.context import Context
from services.api.limits import TokenBuckets, peer_address
from services.api.limits.rates import rate_limited
from services.api.opening import demo_issuer
from services.settings import Settings
from services.web.signing_in.cookies import Cookies

_ATTEMPTS_PER_SECOND = 2.0
_ATTEMPTS_AT_ONCE = 60
"""Of one address: that may be a whole office in the morning, and each of them takes two."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """How people come in. Its sessions are safe to use from several threads, and block."""

    sessions: SessionStore
    flows: Sequence[CodeFlow]
    """One for each provider that people may sign in with."""
    demo: DemoIssuer | None
    """Who takes everyone at their word, in the demonstration alone."""
    cookies: Cookies
    public_url: str | None
    attempts: TokenBuckets

    def session(self, request: Request) -> Session | None:
        """Return the session that a request belongs to; blocking."""
        secret = self.cookies.session(request.cookies)
        found = self.sessions.find(secret) if secret else None
        # Whoever could sign in once, with a provider that has been taken out of the settings or
        # while the demonstration was on, is not signed in any more.
        return found if found and self._accepts(found.principal) else None

    def begin(self, request: Request, principal: str, name: str) -> str:
        """Begin a session in place of the one that the request belongs to; blocking."""
        self.end(request)
        return self.sessions.begin(principal, name)

    def end(self, request: Request) -> None:
        """End the session that the request belongs to; blocking."""
        if secret := self.cookies.session(request.cookies):
            self.sessions.end(secret)

    def take_attempt(self, request: Request) -> None:
        """Count an attempt to sign in; raise the problem that it is one too many."""
        if wait := self.attempts.take(peer_address(request.scope)):
            raise rate_limited(wait)

    def _accepts(self, principal: str) -> bool:
        issuers = [flow.issuer for flow in self.flows] + ([self.demo.issuer] if self.demo else [])
        # An issuer's address holds no `|`; a subject may.
        return principal.partition("|")[0] in {issuer.url for issuer in issuers}


def entrance_of(request: Request) -> Entrance:
    """Return how people come in to the application that got this request."""
    entrance = request.app.state.entrance
    assert isinstance(entrance, Entrance)
    return entrance


def opening(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return the lifespan of the entrance, which begins after that of the API."""
    public_url = settings.public_url

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        context = app.state.context
        assert isinstance(context, Context)
        sessions = SessionStore(
            context.database_url,
            context.clock,
            idle=settings.session_idle,
            longest=settings.session_longest,
        )
        async with new_client() as client:
            with closing(sessions):
                app.state.entrance = Entrance(
                    sessions=sessions,
                    flows=[
                        CodeFlow(client, keys, context.clock)
                        for keys in context.keys
                        if keys.issuer.client_id
                    ],
                    demo=demo_issuer(settings, context.clock) if settings.demo else None,
                    cookies=Cookies(secure=(public_url or "").startswith("https://")),
                    public_url=public_url,
                    attempts=TokenBuckets(_ATTEMPTS_PER_SECOND, _ATTEMPTS_AT_ONCE),
                )
                yield

    return lifespan
