"""The examples for integrators work: the Python client against a service that falters, and the
dashboard of Grafana against the views and metrics it asks for."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen, run
from threading import Timer
from typing import Any

import httpx
import psycopg
import pytest

from domain.identity import case_id_of
from services.bootstrap import prepare_database
from tests.integration.test_cli_serve import address_of
from tests.support.databases import throwaway_database
from tests.support.faltering import Faltering
from tests.support.identity_providers import (
    HOUSING_SYSTEM,
    HOUSING_SYSTEM_SECRET,
    identity_provider,
)
from tests.support.processes import clean_environment, running
from tests.support.processes import run as run_command
from tests.support.waiting import eventually

EXAMPLES = Path(__file__).parents[2] / "examples"
CLIENT = EXAMPLES / "python_client.py"
DASHBOARD = json.loads((EXAMPLES / "grafana_dashboard.json").read_text())
EVENT = json.loads((EXAMPLES / "event.json").read_text())
CASE_ID = str(case_id_of(EVENT["subject"]))
BY_TWO = ("--by", "staff:it-02", "--approved-by", "staff:head-01")
STARTING = 60.0


@dataclass
class Service:
    """A service that runs, before it something that falters as it is told, and a provider."""

    url: str
    database_url: str
    before: Faltering
    publisher: str
    """The provider that knows the system that publishes."""
    reader: str
    """The provider that knows the system that reads; none may do both."""

    def client(self, *arguments: str) -> "Popen[str]":
        """The example, as its reader runs it."""
        command = [sys.executable, str(CLIENT), *arguments]
        return Popen(
            command, env=self._environment(arguments[0]), stdout=PIPE, stderr=PIPE, text=True
        )

    def told(self, *arguments: str) -> str:
        """What the example prints, run to its end."""
        command = [sys.executable, str(CLIENT), *arguments]
        done = run(
            command,
            env=self._environment(arguments[0]),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self, command: str) -> dict[str, str]:
        provider = self.publisher if command == "publish" else self.reader
        return clean_environment({}) | {
            "CASE_TIMELINE_API": self.before.url,
            "TOKEN_URL": f"{provider}/token",
            "CLIENT_ID": HOUSING_SYSTEM,
            "CLIENT_SECRET": HOUSING_SYSTEM_SECRET,
        }


@pytest.fixture(scope="module")
def service(
    postgres_url: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("examples")
    with ExitStack() as stack:
        url = stack.enter_context(throwaway_database(postgres_url, template=migrated_template))
        prepare_database(url)
        publisher = stack.enter_context(identity_provider()).url
        reader = stack.enter_context(identity_provider()).url
        settings = {
            "CASE_TIMELINE_DATABASE_URL": url,
            "CASE_TIMELINE_ISSUERS": json.dumps(
                [{"url": issuer, "audience": "case-timeline"} for issuer in (publisher, reader)]
            ),
            "CASE_TIMELINE_HTTP_PORT": "0",
        }
        for provider, role in (
            (publisher, ("--role", "upstream", "--publishes", EVENT["source"])),
            (reader, ("--role", "safeguarding", "--staff", "staff:sg-01")),
        ):
            granted = ("grant", "--principal", f"{provider}|{HOUSING_SYSTEM}", *role, *BY_TWO)
            assert run_command(granted, settings).returncode == 0
        stack.enter_context(running(["project"], settings, folder / "project.log"))
        serve = stack.enter_context(running(["serve"], settings, folder / "serve.log"))
        served = address_of(serve)
        eventually(
            lambda: httpx.get(f"{served}/readyz").status_code == 200, timeout=STARTING, what="ready"
        )
        before = stack.enter_context(Faltering(served))
        yield Service(served, url, before, publisher, reader)


def an_event(folder: Path, number: int) -> str:
    """A file with an event of its own."""
    path = folder / f"event-{number}.json"
    path.write_text(json.dumps(EVENT | {"id": f"example-{number}"}))
    return str(path)


class TestThePythonClient:
    def test_publishes_once_whatever_goes_wrong(self, service: Service, tmp_path: Path) -> None:
        service.before.falters("401", "503", "no answer")
        receipt = json.loads(service.told("publish", an_event(tmp_path, 1)))
        # The service had it already: the answer to that was lost.
        assert receipt["outcome"] == "duplicate"
        assert receipt["case_id"] == CASE_ID
        assert service.before.is_well
        first, second, *later = service.before.tokens
        assert first != second, "the token that did not count was sent again"
        assert set(later) == {second}
        assert len(later) == 2

    def test_says_why_it_was_refused(self, service: Service, tmp_path: Path) -> None:
        wrong = tmp_path / "wrong.json"
        wrong.write_text(json.dumps(EVENT | {"id": "example-wrong", "time": "yesterday"}))
        process = service.client("publish", str(wrong))
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "RFC 3339" in said
        assert "Traceback" not in said

    def test_reads_a_timeline(self, service: Service, tmp_path: Path) -> None:
        position = json.loads(service.told("publish", an_event(tmp_path, 2)))["position"]
        shown = service.told("timeline", CASE_ID, str(position)).splitlines()
        assert len(shown) >= 1
        assert set(shown) == {"2024-04-02T20:40:00Z  Incident reported: noise"}

    def test_follows_changes_where_it_left_off(self, service: Service, tmp_path: Path) -> None:
        begun = json.loads(service.told("publish", an_event(tmp_path, 3)))["position"]
        service.before.cuts_a_stream()
        following = service.client("follow", str(begun))
        too_long = Timer(60, following.kill)  # else a line that never comes is waited for
        too_long.start()
        try:
            assert following.stdout is not None
            positions = []
            for number in (4, 5, 6):
                receipt = json.loads(service.told("publish", an_event(tmp_path, number)))
                told = following.stdout.readline().split()
                assert told == [str(receipt["position"]), "IncidentReported", CASE_ID]
                positions.append(receipt["position"])
            assert service.before.is_well, "the stream was not cut"
            assert service.before.resumed_after[:2] == [begun, positions[0]]
        finally:
            too_long.cancel()
            following.kill()
            following.communicate()


PANELS: list[dict[str, Any]] = [each for each in DASHBOARD["panels"] if each["type"] != "row"]
QUERIES = [
    (panel["title"], target["rawSql"])
    for panel in PANELS
    for target in panel["targets"]
    if "rawSql" in target
]
METRICS = {
    name
    for panel in PANELS
    for target in panel["targets"]
    for name in re.findall(r"\bcase_timeline_\w+", target.get("expr", ""))
}
_SAMPLES = {"counter": ("", "_total"), "histogram": ("_bucket", "_count", "_sum")}
"""What the samples of a metric are called beside it, by its kind."""


class TestTheDashboard:
    def test_every_query_is_answered_to_who_may_read_dashboards(self, service: Service) -> None:
        with psycopg.connect(service.database_url, autocommit=True) as connection:
            connection.execute("SET ROLE case_timeline_dashboard")
            for title, query in QUERIES:
                asked = connection.execute(query.encode())
                assert asked.description, f"{title} asks for nothing"

    def test_the_queries_tell_of_what_is_on_record(self, service: Service, tmp_path: Path) -> None:
        service.told("publish", an_event(tmp_path, 7))
        (by_risk,) = (query for title, query in QUERIES if title == "Open cases by risk")

        def shown() -> list[Any]:
            with psycopg.connect(service.database_url, autocommit=True) as connection:
                connection.execute("SET ROLE case_timeline_dashboard")
                return connection.execute(by_risk.encode()).fetchall()

        assert eventually(shown, what="a case") == [("not assessed", 1)]

    def test_every_metric_is_one_that_the_service_tells(self, service: Service) -> None:
        def told() -> set[str]:
            metrics = httpx.get(f"{service.url}/metrics").text
            return {
                family + ending
                for family, kind in re.findall(r"^# TYPE (\w+) (\w+)$", metrics, re.M)
                for ending in _SAMPLES.get(kind, ("",))
            }

        assert eventually(lambda: not METRICS - told(), timeout=30, what=f"all of {METRICS}")

    def test_shows_what_it_is_for(self) -> None:
        assert len(QUERIES) >= 5
        assert len(METRICS) >= 5
        for panel in PANELS:
            assert panel["title"]
            assert panel["description"]

    def test_its_panels_do_not_lie_on_one_another(self) -> None:
        taken: set[tuple[int, int]] = set()
        for panel in DASHBOARD["panels"]:
            place = panel["gridPos"]
            cells = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            assert not cells & taken, panel["title"]
            assert max(x for x, _ in cells) < 24
            taken |= cells
