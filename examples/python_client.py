"""Publish events to Case Timeline over HTTP, read a timeline, follow what changes: with httpx.

    export CASE_TIMELINE_API=https://cases.example.org
    export TOKEN_URL=https://login.example.org/token CLIENT_ID=housing-system CLIENT_SECRET=...
    python examples/python_client.py publish examples/event.json
    python examples/python_client.py timeline d89d14b7-1149-59cd-b0ad-0761a015dd33
    python examples/python_client.py follow 2358

`publish` takes files with one CloudEvent each, `timeline` also a position that has to be in it, and
`follow` a position after which to begin. A system that publishes may do nothing else: to read, be
another, which is granted a role that reads.
"""
# ruff: noqa: T201

import json
import os
import sys
import time
from collections.abc import Generator, Iterator
from typing import Any

import httpx

ATTEMPTS = 8
RENEW_BEFORE_SECONDS = 30


class ClientCredentials(httpx.Auth):
    """Gets an access token for a system, keeps it while it counts, and gets a new one in time."""

    def __init__(self, token_url: str, client_id: str, client_secret: str) -> None:
        self._url = token_url
        self._form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
        }
        self._token, self._renew_at = "", 0.0

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request with a token; should that count no more, once again with a new one."""
        if time.monotonic() >= self._renew_at:
            self._renew()
        request.headers["Authorization"] = f"Bearer {self._token}"
        answer = yield request
        if answer.status_code == 401:
            self._renew()
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def _renew(self) -> None:
        told = httpx.post(self._url, data=self._form).raise_for_status().json()
        self._token = told["access_token"]
        self._renew_at = time.monotonic() + told.get("expires_in", 60) - RENEW_BEFORE_SECONDS


class RefusedError(Exception):
    """What the service answered that sending the same again cannot change."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(" ".join(filter(None, map(problem.get, ("title", "detail", "remedy")))))
        self.problem = problem


class CaseTimeline:
    """The HTTP API, as far as a system needs it."""

    def __init__(self, url: str, auth: httpx.Auth) -> None:
        self._http = httpx.Client(base_url=url, auth=auth, timeout=15)

    def publish(self, event: bytes) -> dict[str, Any]:
        """Publish a CloudEvent; return its receipt once it is committed.

        The same is sent until there is an answer: under one id it counts once.
        """
        headers = {"Content-Type": "application/cloudevents+json"}
        return self._asked("POST", "/v1/events", content=event, headers=headers)

    def timeline(self, case_id: str, *, wait_for: int | None = None) -> list[dict[str, Any]]:
        """Return a case's events in order of happening, those up to `wait_for` among them."""
        asked = {} if wait_for is None else {"wait_for": wait_for}
        told = self._asked("GET", f"/v1/cases/{case_id}/timeline", params=asked)
        rows: list[dict[str, Any]] = told["timeline"]
        return rows

    def changes(self, after: int | None = None) -> Iterator[dict[str, Any]]:
        """Yield what changes, after a position or from now on; goes on where one stream ended."""
        while True:
            headers = {} if after is None else {"Last-Event-ID": str(after)}
            try:
                with self._http.stream("GET", "/v1/stream", headers=headers, timeout=60) as answer:
                    if answer.status_code == 200:
                        for event, told in server_sent(answer.iter_lines()):
                            after = told["position"]
                            if event == "changed":
                                yield told
                    elif not _may_pass(answer):
                        answer.read()
                        raise RefusedError(answer.json())
            except httpx.TransportError:
                pass  # the connection broke off, or nothing came for longer than a heartbeat
            time.sleep(1)

    def _asked(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        for attempt in range(ATTEMPTS):
            wait = min(0.2 * 2**attempt, 30.0)
            try:
                answer = self._http.request(method, path, **sent)
            except httpx.TransportError:
                pass  # whether it arrived is not known
            else:
                if answer.is_success:
                    told: dict[str, Any] = answer.json()
                    return told
                if not _may_pass(answer):
                    raise RefusedError(answer.json())
                wait = max(wait, float(answer.headers.get("Retry-After", 0)))
            time.sleep(wait)
        raise ConnectionError("The service gave no answer; send the same again later.")


def server_sent(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and data of each server-sent event."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            fields[name] = value
        else:
            if "data" in fields:
                yield fields["event"], json.loads(fields["data"])
            fields = {}


def _may_pass(answer: httpx.Response) -> bool:
    return "Retry-After" in answer.headers or answer.status_code in (502, 503, 504)


def main(command: str, *arguments: str) -> None:
    """Do what the command line says."""
    names = ("TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET")
    auth = ClientCredentials(*(os.environ[name] for name in names))
    service = CaseTimeline(os.environ["CASE_TIMELINE_API"], auth)
    if command == "publish":
        for path in arguments:
            with open(path, "rb") as file:  # noqa: PTH123
                print(json.dumps(service.publish(file.read())))
    elif command == "timeline":
        case_id, *positions = arguments
        for row in service.timeline(case_id, wait_for=max(map(int, positions), default=None)):
            print(row["occurred_at"], row["headline"], sep="  ")
    elif command == "follow":
        for change in service.changes(*map(int, arguments)):
            print(change["position"], change["type"], change["case_id"], flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (RefusedError, ConnectionError, httpx.HTTPError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
