"""`case-timeline serve` runs for real: it refuses to serve nobody, drains, and shares its port."""

import asyncio
import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.api.app import create_app
from services.api.opening import NobodyCanSignIn
from services.bootstrap import prepare_database
from tests.integration.test_cli_processes import children_of
from tests.support.api import running as serving
from tests.support.command_line import CommandLine
from tests.support.processes import Process, run, running
from tests.support.waiting import eventually

ISSUERS = json.dumps([{"url": "http://127.0.0.1:9", "audience": "case-timeline"}])
"""A provider that is not there: whoever comes has no token that counts."""
_SECONDS = 60


@pytest.fixture
def settings(database_url: str) -> dict[str, str]:
    prepare_database(database_url)
    return {
        "CASE_TIMELINE_DATABASE_URL": database_url,
        "CASE_TIMELINE_ISSUERS": ISSUERS,
        "CASE_TIMELINE_HTTP_PORT": "0",
    }


def address_of(process: Process) -> str:
    """Where it serves, as it tells."""

    def told() -> str | None:
        found = re.search(r"Serving on (http://\S+);", process.log.read_text())
        return found[1] if found and process.has_started() else None

    return eventually(told, timeout=_SECONDS, what="serving") or ""


@pytest.fixture
def server(settings: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    with running(["serve"], settings, tmp_path / "serve.log") as process:
        yield process


def test_without_any_provider_it_refuses_in_a_sentence(unused: CommandLine) -> None:
    answered = unused("serve")
    assert answered.code == 2
    assert "CASE_TIMELINE_ISSUERS" in answered.sentence


def test_the_demo_cannot_be_switched_on_where_a_database_is_named(unused: CommandLine) -> None:
    unused.set({"demo": "true"})
    answered = unused("serve")
    assert answered.code == 2
    assert "CASE_TIMELINE_DATABASE_URL" in answered.sentence
    assert unused("demo", "token", "officer").code == 2


async def started(app: FastAPI) -> None:
    async with app.router.lifespan_context(app):
        pass


def test_the_application_is_built_by_the_environment_alone(
    settings: dict[str, str], unused: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NobodyCanSignIn):
        asyncio.run(started(create_app()))
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with serving(create_app()) as url:
        assert httpx.get(f"{url}/healthz").status_code == 200
        assert httpx.get(f"{url}/v1/projections").status_code == 401


def test_it_serves_until_it_is_told_to_stop_and_finishes_what_is_under_way(
    server: Process,
) -> None:
    url = httpx.URL(address_of(server))
    assert httpx.get(url.join("/healthz")).status_code == 200
    assert httpx.get(url.join("/v1/projections")).status_code == 401
    with closing(socket.create_connection((url.host, url.port), timeout=_SECONDS)) as connection:
        head = "POST /v1/intake/1/close HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
        kind = "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n"
        connection.sendall((head + kind + '{"reason":').encode())
        os.kill(server.pid, signal.SIGTERM)
        eventually(lambda: "Stopping" in server.log.read_text(), timeout=_SECONDS)
        connection.sendall(b'"x"}')
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 401 ")
    eventually(lambda: not server.is_running(), timeout=_SECONDS, what="the end")
    assert server.stop() == 0
    assert '"http_stopped"' in server.log.read_text()


def test_it_says_truthfully_that_a_provider_is_away(server: Process) -> None:
    url = httpx.URL(address_of(server))

    def checks() -> dict[str, str]:
        report = httpx.get(url.join("/readyz")).json()
        states = {each["name"]: each["state"] for each in report["checks"]}
        return states if "unknown" not in states.values() else {}

    assert eventually(checks, timeout=_SECONDS) == {
        "postgresql": "ok",
        "read-models": "ok",
        "signing-keys": "failing",
    }
    assert httpx.get(url.join("/readyz")).status_code == 503


def test_all_serves_beside_the_rest_where_a_provider_is_named(
    settings: dict[str, str], tmp_path: Path
) -> None:
    settings["CASE_TIMELINE_DATA_DIR"] = str(tmp_path / "data")
    with running(["all"], settings, tmp_path / "all.log") as process:
        url = httpx.URL(address_of(process))
        eventually(lambda: '"http_started"' in process.log.read_text(), timeout=_SECONDS)
        assert httpx.get(url.join("/healthz")).status_code == 200
        assert process.stop(_SECONDS) == 0
    assert '"http_stopped"' in process.log.read_text()


def test_an_address_that_is_in_use_is_told_in_a_sentence(
    settings: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings["CASE_TIMELINE_HTTP_PORT"] = str(taken.getsockname()[1])
        for workers in ("1", "2"):
            settings["CASE_TIMELINE_HTTP_WORKERS"] = workers
            ended = run(["serve"], settings, seconds=_SECONDS)
            assert ended.returncode == 2
            assert "Cannot listen on port" in ended.stderr.splitlines()[-1]


class TestSeveralProcesses:
    @pytest.fixture
    def settings(self, settings: dict[str, str]) -> dict[str, str]:
        return settings | {"CASE_TIMELINE_HTTP_WORKERS": "2"}

    def started(self, server: Process) -> httpx.URL:
        url = address_of(server)
        lines = server.log.read_text
        eventually(lambda: lines().count('"http_started"') == 2, timeout=_SECONDS)
        return httpx.URL(url)

    def test_they_count_together_and_end_together(self, server: Process) -> None:
        url = self.started(server)
        for _ in range(20):  # each on a connection of its own, so that both get some
            assert httpx.get(url.join("/v1/projections")).status_code == 401
        metrics = httpx.get(url.join("/metrics")).text
        counted = re.search(r'^case_timeline_http_problems_total\{.*token"\} (\S+)', metrics, re.M)
        assert counted
        assert float(counted[1]) == 20
        assert server.stop(_SECONDS) == 0
        assert server.log.read_text().count('"http_stopped"') == 2

    def test_when_one_is_killed_all_end_and_say_so(self, server: Process) -> None:
        self.started(server)
        first, _ = children_of(server.pid)
        os.kill(first, signal.SIGKILL)
        eventually(lambda: not server.is_running(), timeout=_SECONDS)
        sentence = "A process that serves HTTP ended; start again."
        assert server.log.read_text().splitlines()[-1] == sentence
