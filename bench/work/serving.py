"""The HTTP API: a timeline that many read at once, and events that are handed in one by one."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import count, repeat
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

from adapters.event_store.application import Cases
from adapters.read_store.session import Session
from bench.http_load import ask, request
from bench.measured import InTurn, Sample, at_p99
from bench.rows import Row, compared
from bench.setting import CORES, Setting
from bench.work.loading import case_ref, store
from domain.events.envelope import OWN_SOURCE
from domain.identity import case_id_of
from domain.outcomes import Outcome as Ending
from projections.catalogue import READ_MODELS
from services.clock import system_clock
from services.intake import Submission, Writer
from services.projector.rebuild import rebuild_together
from tests.support.identity_providers import RunningProvider, identity_provider
from tests.support.messages import body, message
from tests.support.processes import running
from tests.support.stories import incident_reported, role_granted
from tests.support.waiting import eventually

_READERS = 50
_PACE = 400
_SENDERS = 32
_EVENTS = 100
_AUDIENCE = "case-timeline"
_SOURCE = "urn:bench:asb"
_SENDER = "sender"
_RATE = "1000000"


def rows(setting: Setting) -> Iterator[Row]:
    """Measure with `serve` in as many processes as there are cores."""
    with ExitStack() as stack:
        url = stack.enter_context(setting.database())
        provider = stack.enter_context(identity_provider("bench"))
        setting.ours.submit(_prepare, url, provider.url).result()
        port = stack.enter_context(_serving(url, provider, setting.folder / "serve.log"))
        ways = {
            "read": partial(_read, setting, port, provider),
            "paced": partial(_read, setting, port, provider, per_second=_PACE),
            "send": partial(_send, setting, port, provider),
            "healthz": partial(_idle, setting, port),
        }
        found = InTurn(setting.scale.rounds, ways).outcomes()
        beside = {"healthz": found["healthz"].called("/healthz of the same, by as many")}
        work = f"HTTP: a timeline of {_EVENTS} events, {_READERS} readers at once"
        yield from compared("http/read", work, found["read"], beside)
        yield Row("http/read/p99", f"{work}: p99", at_p99(found["read"]))
        paced = f"{work}, together {_PACE} a second: p99"
        yield Row("http/read/paced/p99", paced, at_p99(found["paced"]))
        work = f"HTTP: one event a submission, {_SENDERS} at once"
        yield from compared("http/send", work, found["send"], beside)


def _prepare(url: str, issuer: str) -> None:
    """Store the case that is read, and grant what readers and the sender need."""
    ref = case_ref(_EVENTS)
    store(url, ref, _EVENTS)
    grants: list[dict[str, Any]] = [
        {
            "principal": f"{issuer}|{_reader(place)}",
            "staff": f"staff:{place}",
            "role": "safeguarding",
        }
        for place in range(_READERS)
    ]
    sender = {"principal": f"{issuer}|{_SENDER}", "role": "upstream", "publishes": _SOURCE}
    with closing(Cases(url)) as cases:
        told = (
            message(
                role_granted(**({"staff": None} | fields | {"grant_id": f"G-{place}"})),
                f"g-{place}",
                case_ref="organisation:bench",
                source=OWN_SOURCE,
            )
            for place, fields in enumerate([*grants, sender])
        )
        now = system_clock()
        receipts = Writer(cases, system_clock).commit(
            [Submission(f"own:{each['id']}", OWN_SOURCE, body(each), now) for each in told]
        )
        assert {receipt.outcome for receipt in receipts} == {Ending.ACCEPTED}, receipts
    with closing(Session(url)) as session:
        rebuild_together(session, list(READ_MODELS.values()), system_clock)


def _reader(place: int) -> str:
    return f"reader-{place}"


@contextmanager
def _serving(url: str, provider: RunningProvider, log: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    issuers = [{"url": provider.url, "audience": _AUDIENCE}]
    settings = {
        "CASE_TIMELINE_DATABASE_URL": url,
        "CASE_TIMELINE_ISSUERS": json.dumps(issuers),
        "CASE_TIMELINE_HTTP_PORT": str(port),
        "CASE_TIMELINE_HTTP_WORKERS": str(CORES),
        # What one source may send is not what is measured.
        "CASE_TIMELINE_HTTP_RATE_PER_SOURCE": _RATE,
        "CASE_TIMELINE_HTTP_RATE_PER_PERSON": _RATE,
        "CASE_TIMELINE_LOG_LEVEL": "ERROR",
    }
    with running(["serve"], settings, log) as process:
        eventually(lambda: _answers(port), timeout=60, what="an API that answers")
        yield port
        process.stop()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


def _read(
    setting: Setting, port: int, provider: RunningProvider, per_second: float | None = None
) -> Sample:
    path = f"/v1/cases/{case_id_of(case_ref(_EVENTS))}/timeline"
    asked = [
        request("GET", path, {"Authorization": f"Bearer {provider.token_for(_reader(place))}"})
        for place in range(_READERS)
    ]
    return _asked(setting, port, [repeat(each) for each in asked], 200, per_second)


def _send(setting: Setting, port: int, provider: RunningProvider) -> Sample:
    headers = {
        "Authorization": f"Bearer {provider.token_for(_SENDER)}",
        "Content-Type": "application/cloudevents+json",
    }
    return _asked(setting, port, [_events(headers) for _ in range(_SENDERS)], 201)


def _events(headers: dict[str, str]) -> Iterator[bytes]:
    """Yield requests that each hand in the first event of another case."""
    sender = uuid4().hex
    for number in count():
        ref = f"{sender}-{number}"
        told = message(incident_reported(), ref, case_ref=f"asb:{ref}", source=_SOURCE)
        yield request("POST", "/v1/events", headers, body(told))


def _idle(setting: Setting, port: int) -> Sample:
    return _asked(setting, port, [repeat(request("GET", "/healthz", {}))] * _READERS, 200)


def _asked(
    setting: Setting,
    port: int,
    asking: list[Iterator[bytes]],
    status: int,
    per_second: float | None = None,
) -> Sample:
    lasting, warming = setting.scale.lasting * 2, 1.0
    return ask(port, asking, lasting, warming, status, per_second)
