"""The API on a database of its own, with people and systems who signed in.

with served(database_url, tmp_path) as api:
    api.guarded.tells(incident_reported(), case_allocated(lead="staff:12"))
    api.has("officer", staff="staff:12")
    api.catch_up()
    assert api.get("officer", f"/v1/cases/{case_id}/timeline").status_code == 200
"""

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from adapters.identity.demo import DEMO_URL, DemoIssuer
from adapters.read_store.session import Session
from domain.identity import case_id_of
from services.api.app import create_app
from services.api.context import Context
from services.api.opening import opened
from services.settings import Settings
from tests.support.access import LANDLORD, Guarded, guarded
from tests.support.read_stores import MODELS, caught_up
from tests.support.stories import CASE_REF, role_granted

CASE = f"/v1/cases/{case_id_of(CASE_REF)}"
"""Where the case is that tests tell of, unless they name another."""


@dataclass
class Served:
    """A running API; people are named as `adapters.identity.DEMO_CALLERS` has them."""

    client: httpx.Client
    guarded: Guarded
    issuer: DemoIssuer
    context: Context
    _grants: int = 0

    def has(self, name: str, role: str | None = None, **fields: Any) -> str:
        """Grant a role, called as the person is unless told otherwise; return the grant's id."""
        self._grants += 1
        grant = f"GA-{self._grants}"
        own: dict[str, Any] = {"staff": f"staff:{name}"} if "publishes" not in fields else {}
        told = role_granted(
            **{"grant_id": grant, "principal": f"{DEMO_URL}|{name}", "role": role or name}
            | {"staff": None}
            | own
            | fields
        )
        receipt = self.guarded.own(told, LANDLORD)
        assert receipt.outcome == "accepted", receipt
        return grant

    def headers(self, name: str) -> dict[str, str]:
        """What a person's requests carry."""
        return {"Authorization": f"Bearer {self.issuer.token_for(name)}"}

    def get(self, name: str, path: str, **sent: Any) -> httpx.Response:
        """Ask for something as this person."""
        headers = self.headers(name) | sent.pop("headers", {})
        return self.client.get(path, headers=headers, **sent)

    def post(self, name: str, path: str, **sent: Any) -> httpx.Response:
        """Send something as this person."""
        headers = self.headers(name) | sent.pop("headers", {})
        return self.client.post(path, headers=headers, **sent)

    def catch_up(self) -> None:
        """Have the read models take in all events."""
        with closing(Session(self.guarded.feed.url)) as session:
            caught_up(session, MODELS)


@contextmanager
def served(database_url: str, folder: Path, **replaced: Any) -> Iterator[Served]:
    """An API on this database, whose clock is that of everything else on it; by settings of the
    demonstration, but for those that are named."""
    with guarded(database_url) as found:
        clock = found.feed.clock
        set_here: dict[str, Any] = {"data_dir": folder, "demo": True, "landlord": "Cromwood Homes"}
        settings = Settings(**(set_here | replaced))
        held: list[Context] = []

        @asynccontextmanager
        async def opening() -> AsyncIterator[Context]:
            async with opened(settings, database_url, clock) as context:
                held.append(context)
                yield context

        issuer = DemoIssuer(folder, clock, database_url_configured=False)
        app = create_app(opening, settings)
        with running(app) as url, httpx.Client(base_url=url, timeout=10) as client:
            yield Served(client, found, issuer, held[0])


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve an application on loopback; yields where."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = _Announcing(uvicorn.Config(app, lifespan="on", log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="http")
        thread.start()
        try:
            assert server.ready.wait(30), "the API is still starting"
            assert server.started, "the API did not start"
            host, port = listening.getsockname()
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
            thread.join()


class _Announcing(uvicorn.Server):
    """Lets whoever started it know that it serves, or that it cannot."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()
