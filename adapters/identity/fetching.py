"""Fetching a small JSON document from an address that the installation names, and no other."""

import asyncio
import ssl
from collections.abc import Mapping
from typing import Any

import httpx

from adapters.wire import Refusal
from adapters.wire.strict_json import parse

TIMEOUT_SECONDS = 2.0
MAX_BYTES = 64 * 1024


class FetchFailed(Exception):  # noqa: N818 - told apart by its kind, shown in figures
    """A document was not to be had; `kind` says why in a word."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def new_client() -> httpx.AsyncClient:
    """Return a client that follows nobody elsewhere and trusts whom this machine trusts."""
    return httpx.AsyncClient(
        follow_redirects=False,
        timeout=TIMEOUT_SECONDS,
        verify=ssl.create_default_context(),
        # Unpacked, few bytes may become many.
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
    )


async def fetch_json(client: httpx.AsyncClient, url: str) -> Any:
    """Return what the address answers; raise `FetchFailed` if that is not 200 and small JSON."""
    return await _asked(client, "GET", url)


async def send_form(
    client: httpx.AsyncClient,
    url: str,
    form: Mapping[str, str],
    auth: tuple[str, str] | None = None,
) -> Any:
    """Return what the address answers to a form, likewise; `auth` is for HTTP Basic."""
    return await _asked(client, "POST", url, data=form, auth=auth)


async def _asked(client: httpx.AsyncClient, method: str, url: str, **sent: Any) -> Any:
    try:
        async with (
            asyncio.timeout(TIMEOUT_SECONDS),
            client.stream(method, url, **sent) as response,
        ):
            if response.is_redirect:
                raise FetchFailed("redirect")
            if response.status_code != httpx.codes.OK:
                raise FetchFailed("status")
            body = bytearray()
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > MAX_BYTES:
                    raise FetchFailed("too-large")
    except (TimeoutError, httpx.TimeoutException):
        raise FetchFailed("timeout") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise FetchFailed("unreachable") from None
    try:
        return parse(bytes(body))
    except Refusal:
        raise FetchFailed("not-json") from None
