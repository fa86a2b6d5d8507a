"""The web application as a browser sees it: with a session of its own.

with served(database_url, tmp_path) as api, signed_in(api, "officer") as officer:
    api.has("officer")
    assert officer.get("/").status_code == 200
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx

from tests.support.api import Served
from tests.support.identity_providers import RunningProvider

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


@contextmanager
def browser(served: Served, **headers: str) -> Iterator[httpx.Client]:
    """A browser that nobody has signed in with. It follows no redirect by itself; what it sends
    comes from a page of ours, unless `headers` say otherwise."""
    own = {"Accept": HTML, "Sec-Fetch-Site": "same-origin"}
    with httpx.Client(
        base_url=served.client.base_url, headers=own | headers, timeout=10, trust_env=False
    ) as client:
        yield client


@contextmanager
def signed_in(served: Served, name: str) -> Iterator[httpx.Client]:
    """A browser in which one of the demonstration's people is signed in."""
    with browser(served) as client:
        answer = client.post("/sign-in/demo", data={"person": name})
        assert answer.status_code == 303, answer.text
        yield client


def sent_back(
    client: httpx.Client, provider: RunningProvider, person: str, wanted: str = "/"
) -> str:
    """Begin to sign in and do so at the provider; return the path that it sends the browser to."""
    begun = client.get("/sign-in/with/0", params={"next": wanted})
    assert begun.status_code == 303, begun.text
    return path_of(provider.sends_back(begun.headers["location"], person))


def path_of(address: str) -> str:
    """The path and query of an address, to ask for it where the service is in this test."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
