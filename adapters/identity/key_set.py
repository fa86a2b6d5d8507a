"""A provider's keys, fetched in the background, so that no request ever waits for a provider."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import httpx

from adapters.identity.caller import RefusalReason, TokenRefused
from adapters.identity.fetching import FetchFailed, fetch_json, new_client
from adapters.identity.issuer import Issuer, address_fault, same_origin
from adapters.identity.public_keys import PublicKey, PublicKeys


class KeySet:
    """The keys of one issuer, as last fetched. Belongs to one event loop.

    While the provider cannot be reached, or answers with anything but keys, the keys it gave last
    go on counting until they are `max_age` old; from then on no token counts.
    """

    def __init__(
        self,
        issuer: Issuer,
        clock: Callable[[], datetime],
        *,
        interval: timedelta = timedelta(minutes=5),
        pause: timedelta = timedelta(seconds=30),
        max_age: timedelta = timedelta(hours=24),
    ) -> None:
        """Fetch every `interval`; sooner, but never within `pause`, for a name not known yet."""
        self.issuer = issuer
        self.last_error: str | None = "never-fetched"
        """Why the last fetch failed, in a word; None if it did not."""
        self._clock, self._max_age = clock, max_age
        self._interval, self._pause = interval.total_seconds(), pause.total_seconds()
        self._keys = PublicKeys({})
        self._fetched_at: datetime | None = None
        self._wanted = asyncio.Event()

    @property
    def age(self) -> timedelta | None:
        """How long ago the keys were fetched; None if they never were."""
        return None if self._fetched_at is None else self._clock() - self._fetched_at

    @property
    def usable(self) -> bool:
        """Whether there are keys that still count."""
        return (age := self.age) is not None and age <= self._max_age

    def find(self, kid: str, algorithm: str) -> PublicKey:
        """Return the key of this name for this algorithm; raise `TokenRefused` if there is none."""
        if not self.usable:
            raise TokenRefused(RefusalReason.KEYS_UNAVAILABLE)
        try:
            return self._keys.find(kid, algorithm)
        except TokenRefused:
            self._wanted.set()
            raise

    async def run(self) -> None:
        """Keep the keys fresh until cancelled."""
        async with new_client() as client:
            while True:
                await self._refresh(client)
                # However many names nobody knows are asked for, the provider is left in peace.
                await asyncio.sleep(self._pause)
                if self.last_error is None:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._wanted.wait(), self._interval - self._pause)

    async def refresh(self) -> None:
        """Fetch the keys now. A failure is told by `last_error`, and changes no key."""
        async with new_client() as client:
            await self._refresh(client)

    async def _refresh(self, client: httpx.AsyncClient) -> None:
        self._wanted.clear()
        # From before the question: what is answered late is as old as the question.
        asked_at = self._clock()
        try:
            keys = await self._fetch(client)
        except FetchFailed as failure:
            self.last_error = failure.kind
            return
        self._keys, self._fetched_at, self.last_error = keys, asked_at, None

    async def _fetch(self, client: httpx.AsyncClient) -> PublicKeys:
        document = await fetch_json(client, self.issuer.keys_from)
        if self.issuer.jwks_url is None:
            document = await fetch_json(client, self._discovered(document))
        keys = PublicKeys(document)
        if not keys:
            raise FetchFailed("no-keys")
        return keys

    def _discovered(self, document: object) -> str:
        found = document if isinstance(document, dict) else {}
        address = found.get("jwks_uri")
        if found.get("issuer") != self.issuer.url or not isinstance(address, str):
            raise FetchFailed("discovery")
        if address_fault(address, plain_http=self.issuer.plain_http):
            raise FetchFailed("discovery")
        # Where else keys may come from, configuration says and no document.
        if not same_origin(address, self.issuer.url):
            raise FetchFailed("elsewhere")
        return address
