"""How many requests a second someone may make: told apart by who they are, not by where from."""

from services.api.limits import TokenBuckets
from services.api.limits.rates import rate_limited

PUBLISHING = "/v1/events"
"""Where systems publish events."""

_BURST_SECONDS = 10


class Rates:
    """What each person, and each system that publishes, may ask of this process."""

    def __init__(self, per_person: float, per_source: float) -> None:
        """Each rate is in requests a second, and holds on average over ten seconds."""
        self._people = _buckets(per_person)
        self._sources = _buckets(per_source)

    def take(self, principal: str, path: str) -> None:
        """Count a request; raise the problem that it is one too many."""
        # A system publishes one source, so who it is says which.
        buckets = self._sources if path == PUBLISHING else self._people
        if wait := buckets.take(principal):
            raise rate_limited(wait)


def _buckets(per_second: float) -> TokenBuckets:
    return TokenBuckets(per_second, max(1, round(per_second * _BURST_SECONDS)))
