"""Refuses what another site has a browser send in somebody's name (CSRF), by Fetch Metadata."""

from urllib.parse import urlsplit

from fastapi import Request

from services.api.problems import Problem
from services.web.signing_in.entrance import entrance_of

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})
"""Sent by a page of ours, or by the person themselves."""


async def from_our_own_pages(request: Request) -> None:
    """Raise the problem unless a request that may change something comes from a page of ours.

    For every route that knows people by their cookie, which a browser adds whoever asks it to.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    ours = site in _OURS if site is not None else _origin_is_ours(request)
    if not ours:
        raise Problem("not-permitted", "This was not sent from a page of this service.")


def _origin_is_ours(request: Request) -> bool:
    """For browsers without Fetch Metadata, and where it is not sent: over plain HTTP."""
    origin = request.headers.get("origin")
    public_url = entrance_of(request).public_url
    if public_url is not None:
        return origin == public_url
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
