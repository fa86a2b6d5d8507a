"""Whatever happens to it or around it, the API answers truthfully, and recovers by itself."""

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from adapters.embedded import EmbeddedPostgres
from domain.identity import case_id_of
from services.bootstrap import prepare_database
from tests.integration.test_cli_processes import children_of
from tests.support.access import LANDLORD, Guarded, guarded
from tests.support.http_load import EVENTS, Reader, Seen, Sender, load, request
from tests.support.identity_providers import RunningProvider, identity_provider
from tests.support.processes import Process, running
from tests.support.stories import (
    CASE_REF,
    SOURCE,
    action_agreed,
    case_allocated,
    case_opened,
    incident_reported,
    role_granted,
)
from tests.support.waiting import eventually

WORKERS = 2
AT_ONCE = 40
DEADLINE = 10.0
MEGABYTES = 300
CASE = f"/v1/cases/{case_id_of(CASE_REF)}/timeline"
STREAM = "/v1/stream"
STARTING = 120.0

Asking = Sequence[Sender | Reader]

_STORED = """
SELECT convert_from(state, 'UTF8')::jsonb ->> 'source_event_id', count(*)
FROM case_timeline.case_events GROUP BY 1
"""


def lasting(short: float, soak: float) -> pytest.MarkDecorator:
    """For how many seconds: not for long in every run, and longer in `make soak`."""
    return pytest.mark.parametrize("seconds", [short, pytest.param(soak, marks=pytest.mark.soak)])


@dataclass
class Service:
    """Everything as it runs: database, provider, read models and the API."""

    postgres: EmbeddedPostgres
    database_url: str
    provider: RunningProvider
    process: Process
    port: int
    settings: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, token: str | None = None) -> httpx.Response:
        """Ask on a connection of its own, so that any of the processes may answer."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.get(self.url + path, headers=headers, timeout=30, trust_env=False)

    def publish(self, content: bytes) -> int:
        headers = {
            "Authorization": f"Bearer {self.token('sender')}",
            "Content-Type": "application/cloudevents+json",
        }
        sent = httpx.post(self.url + EVENTS, content=content, headers=headers, trust_env=False)
        return sent.status_code

    def token(self, subject: str) -> str:
        return self.provider.token_for(subject)

    def is_ready(self) -> bool:
        return self.get("/readyz").status_code == 200

    def failing(self) -> list[str]:
        """What it says is away."""
        checks = self.get("/readyz").json()["checks"]
        return [each["name"] for each in checks if each["state"] != "ok"]

    def senders(self, count: int) -> list[Sender]:
        return [Sender(self.token("sender"), SOURCE)] * count

    def readers(self, count: int) -> list[Reader]:
        tokens = [self.token(f"reader-{number % 10}") for number in range(count)]
        return [Reader(token, CASE) for token in tokens]

    def stored(self) -> dict[str, int]:
        """How often each event stands in the store."""
        with psycopg.connect(self.database_url) as connection:
            return dict(connection.execute(_STORED).fetchall())

    def assert_took_in(self, seen: Seen) -> None:
        """What had a receipt is stored, once; to send the rest again tells whether it was."""
        stored = self.stored()
        assert set(stored.values()) == {1}
        assert seen.accepted <= stored.keys()
        for ref, content in seen.unsure.items():
            assert self.publish(content) == (200 if ref in stored else 201)
        assert self.stored() == stored | dict.fromkeys(seen.unsure, 1)


@contextmanager
def serving(settings: dict[str, str], log: Path) -> Iterator[tuple[Process, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with running(["serve"], settings | {"CASE_TIMELINE_HTTP_PORT": str(port)}, log) as process:
        served = log.read_text
        eventually(lambda: served().count('"http_started"') == WORKERS, timeout=STARTING)
        yield process, port


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Each test leaves it in working order, as that is what it shows."""
    folder = tmp_path_factory.mktemp("endurance")
    with ExitStack() as stack:
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        url = postgres.start()
        prepare_database(url)
        provider = stack.enter_context(identity_provider())
        with guarded(url) as told:
            prepare(told, provider.url)
        settings = {
            "CASE_TIMELINE_DATABASE_URL": url,
            "CASE_TIMELINE_ISSUERS": json.dumps(
                [{"url": provider.url, "audience": "case-timeline"}]
            ),
            "CASE_TIMELINE_HTTP_WORKERS": str(WORKERS),
            "CASE_TIMELINE_HTTP_REQUESTS_AT_ONCE": str(AT_ONCE),
        }
        stack.enter_context(running(["project"], settings, folder / "project.log"))
        process, port = stack.enter_context(serving(settings, folder / "serve.log"))
        found = Service(postgres, url, provider, process, port, settings)
        eventually(found.is_ready, timeout=STARTING, what="readiness")
        yield found


def prepare(told: Guarded, issuer: str) -> None:
    """A case, ten people who may read it, and a system that publishes."""
    told.tells(incident_reported(), case_opened(), case_allocated(), action_agreed())
    holders: list[dict[str, Any]] = [
        {
            "principal": f"{issuer}|reader-{number}",
            "role": "safeguarding",
            "staff": f"staff:{number}",
        }
        for number in range(10)
    ]
    holders.append(
        {"principal": f"{issuer}|sender", "role": "upstream", "staff": None, "publishes": SOURCE}
    )
    for number, holder in enumerate(holders):
        receipt = told.own(role_granted(grant_id=f"GA-{number}", **holder), LANDLORD)
        assert receipt.outcome == "accepted", receipt


@contextmanager
def under_load(
    service: Service, who: Asking, seconds: float, pause: float = 0.0
) -> Iterator["Future[Seen]"]:
    """Others ask meanwhile, from a process of their own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        yield elsewhere.submit(load, service.port, who, seconds, pause)


def peak_megabytes(pid: int) -> float:
    """The most memory a process has held at once."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@lasting(8, soak=60)
def test_ten_times_as_many_as_there_are_places_for(service: Service, seconds: float) -> None:
    count = 10 * AT_ONCE * WORKERS // 2
    who: Asking = [*service.senders(count), *service.readers(count)]
    slowest = 0.0
    with under_load(service, who, seconds) as loading:
        while not loading.done():
            for path in ("/healthz", "/readyz"):
                begun = time.monotonic()
                answered = service.get(path)
                slowest = max(slowest, time.monotonic() - begun)
                assert answered.status_code in ((200, 503) if path == "/readyz" else (200,))
        seen = loading.result()
    assert slowest < 2
    assert not seen.faults
    assert not seen.cut_off
    assert seen.kinds[503, "overloaded"], "nobody was told that it is too much"
    assert seen.kinds[200, ""]
    assert seen.accepted
    assert seen.slowest < DEADLINE + 2
    service.assert_took_in(seen)
    begun = time.monotonic()
    assert service.get(CASE, service.token("reader-1")).status_code == 200
    assert time.monotonic() - begun < 1
    for pid in children_of(service.process.pid):
        assert peak_megabytes(pid) < MEGABYTES


def test_connections_that_say_little_keep_nobody_out(service: Service) -> None:
    token = service.token("reader-1")
    with ExitStack() as slow:
        for number in range(24):
            peer = slow.enter_context(
                closing(socket.create_connection(("127.0.0.1", service.port), timeout=30))
            )
            head = b"POST /v1/events HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n"
            peer.sendall(head if number % 2 else head + b"\r\n{")
        answers = [service.get(CASE, token) for _ in range(50)]
        assert {each.status_code for each in answers} == {200}
        assert max(each.elapsed.total_seconds() for each in answers) < 1


class Following:
    """Reads a live stream on one connection for as long as that lasts."""

    def __init__(self, service: Service) -> None:
        self.position = 0
        self.has_ended = False
        self._connection = socket.create_connection(("127.0.0.1", service.port), timeout=60)
        self._connection.sendall(request("GET", STREAM, service.token("reader-1")))
        self._thread = threading.Thread(target=self._follow, name="following")

    def __enter__(self) -> "Following":
        self._thread.start()
        eventually(lambda: self.position, what="the stream")
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()

    def _follow(self) -> None:
        with self._connection.makefile("rb") as lines:
            for line in lines:
                if line.startswith(b"id: "):
                    self.position = int(line[4:])
        self.has_ended = True


@lasting(5, soak=20)
def test_while_postgresql_is_gone_it_says_so_and_goes_on_after(
    service: Service, seconds: float
) -> None:
    eventually(service.is_ready, timeout=30, what="readiness")
    who: Asking = [*service.senders(8), *service.readers(8)]
    with Following(service) as following:
        with under_load(service, who, seconds + 8, pause=0.01) as loading:
            before = following.position
            eventually(lambda: following.position > before, what="something new")
            gone = time.monotonic()
            service.postgres.kill()
            eventually(lambda: "postgresql" in service.failing(), timeout=5, what="the outage")
            assert service.get("/healthz").status_code == 200
            time.sleep(max(0, gone + seconds - time.monotonic()))  # the outage itself
            service.postgres.start()
            back = time.monotonic()
            eventually(service.is_ready, timeout=15, what="readiness")
            position = following.position
            eventually(lambda: following.position > position, what="the stream")
            seen = loading.result()
        assert not following.has_ended
    refused = [each for each in seen.answers if each.status == 503]
    assert not seen.faults
    assert not seen.cut_off
    assert {each.slug for each in refused} <= {"unavailable", "deadline"}
    assert seen.slowest < DEADLINE + 1
    assert max(each.at for each in refused) < back + 5
    service.assert_took_in(seen)


def test_a_provider_that_is_away_or_changes_its_keys_locks_nobody_out(service: Service) -> None:
    provider, before = service.provider, service.token("reader-1")
    provider.trouble("fails")
    assert service.get(CASE, before).status_code == 200
    new = service.token("reader-2")
    assert {service.get(CASE, new).status_code for _ in range(10)} == {200}
    assert service.is_ready(), "the keys that were fetched go on counting"
    provider.trouble(None)
    provider.rotate()
    after = service.token("reader-1")

    def is_known() -> bool:
        answers = [service.get(CASE, after) for _ in range(10)]
        assert {each.status_code for each in answers} <= {200, 401}
        return all(each.status_code == 200 for each in answers)

    # The provider is asked at most every half minute for a key that nobody knows.
    eventually(is_known, timeout=35, what="the new key in all processes")
    assert service.get(CASE, before).status_code == 200, "the old key is still listed"


def test_when_a_process_is_killed_all_end_and_what_was_taken_in_stays(
    service: Service, tmp_path: Path
) -> None:
    with serving(service.settings, tmp_path / "serve.log") as (process, port):
        other = replace(service, process=process, port=port)
        first, _ = children_of(process.pid)
        with under_load(other, service.senders(8), 2) as loading:
            eventually(lambda: len(service.stored()) > 100, what="events")
            os.kill(first, signal.SIGKILL)
            eventually(lambda: not process.is_running(), timeout=30, what="the end")
            seen = loading.result()
        assert process.stop() != 0
    sentence = "A process that serves HTTP ended; start again."
    assert process.log.read_text().splitlines()[-1] == sentence
    assert not seen.faults
    service.assert_took_in(seen)
