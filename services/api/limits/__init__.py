"""Bounds on what a request may take: middlewares that know neither routes nor stores."""

from services.api.limits.bodies import BodyLimits
from services.api.limits.concurrency import Concurrency, Lane
from services.api.limits.deadlines import Deadline
from services.api.limits.heads import HeadLimits
from services.api.limits.rates import RateLimit, TokenBuckets, peer_address

__all__ = [
    "BodyLimits",
    "Concurrency",
    "Deadline",
    "HeadLimits",
    "Lane",
    "RateLimit",
    "TokenBuckets",
    "peer_address",
]
