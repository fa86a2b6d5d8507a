"""How many requests one sender may make in a time."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from ipaddress import ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.limits.heads import refused_unread
from services.api.middleware import HttpMiddleware
from services.api.problems import Problem

MOST_SENDERS = 10_000

_IPV6_SITE_BITS = 64


class TokenBuckets:
    """A bucket of `burst` tokens for each key, refilled by `per_second`; a request takes one.

    Of each bucket only the moment is kept at which it will be full again. When there are too many,
    the one that was not used for longest is forgotten, which is as if it were full. `clock` gives
    seconds that never go back.
    """

    def __init__(
        self,
        per_second: float,
        burst: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        most_keys: int = MOST_SENDERS,
    ) -> None:
        self._refill = 1 / per_second
        self._capacity = burst * self._refill
        self._clock = clock
        self._most_keys = most_keys
        self._full_at: OrderedDict[Hashable, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, key: Hashable) -> float:
        """Take a token and return 0; where there is none, return in how many seconds one is."""
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now) + self._refill
        wait = full_at - now - self._capacity
        # Else the rounding of a long sum would refuse the last token of a full bucket.
        if wait > self._refill * 1e-6:
            return wait
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most_keys:
            self._full_at.popitem(last=False)
        return 0.0


def rate_limited(wait: float) -> Problem:
    """Return the answer to who has to wait for so many seconds."""
    return Problem("rate-limited", headers=_retry_after(wait))


def _retry_after(wait: float) -> dict[str, str]:
    return {"retry-after": str(max(1, math.ceil(wait)))}


class RateLimit(HttpMiddleware):
    """Refuses requests of senders whose bucket is empty, before their bodies are read.

    `key` names the sender of the request of a scope; None is not limited. Where the sender is known
    only further below, call `buckets.take` there and raise `rate_limited`.
    """

    def __init__(
        self, app: ASGIApp, key: Callable[[Scope], Hashable | None], buckets: TokenBuckets
    ) -> None:
        super().__init__(app)
        self._key = key
        self._buckets = buckets

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (key := self._key(scope)) is not None:
            wait = self._buckets.take(key)
            if wait:
                raise refused_unread("rate-limited", scope, _retry_after(wait))
        await self.app(scope, receive, send)


def peer_address(scope: Scope) -> str | None:
    """Return the address that a request came from; of IPv6 the network of one site."""
    client = scope.get("client")
    return _site(client[0]) if client else None


@lru_cache(maxsize=MOST_SENDERS)
def _site(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _IPV6_SITE_BITS), strict=False))
