"""The compose file cannot rot: each service's command runs, as written, on embedded servers."""

import asyncio
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml

from adapters.broker import BrokerLayout
from adapters.embedded import EmbeddedNats
from adapters.embedded.binaries import nats_binary
from services.settings import Settings
from tests.support.load import case_messages, case_ref
from tests.support.processes import run, running
from tests.support.relays import gone_out
from tests.support.waiting import eventually

FILE = Path(__file__).parents[2] / "docker-compose.yml"
PASSWORDS = {
    "POSTGRES_PASSWORD": "p0f3a9c1",
    "SERVICE_PASSWORD": "p77e2d40",
    "NATS_PASSWORD": "p1e5b6007",
}


@pytest.fixture(scope="module")
def compose() -> Any:
    text = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda name: PASSWORDS[name[1]], FILE.read_text())
    return yaml.safe_load(text)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedNats]:
    """A broker of its own: the stream and its consumer have their production names here."""
    with EmbeddedNats(tmp_path / "nats") as server:
        yield server


def test_no_password_has_a_default() -> None:
    text = FILE.read_text()
    assert set(re.findall(r"\$\{(\w+):\?", text)) == set(PASSWORDS)
    assert not re.findall(r"\$\{\w+(?::?-)", text)
    assert not re.search(r"(?i)password: (?!\$)", text)


def test_every_setting_is_one_that_exists(compose: Any) -> None:
    known = {f"CASE_TIMELINE_{name.upper()}" for name in Settings.model_fields}
    for name, service in compose["services"].items():
        ours = {key for key in service["environment"] if key.startswith("CASE_TIMELINE_")}
        assert ours <= known, name


def test_services_start_in_the_order_of_health(compose: Any) -> None:
    services = compose["services"]
    for name in ("postgres", "nats", "ingest", "project", "relay"):
        assert services[name]["healthcheck"]["test"][0] == "CMD", name
    for name in ("migrate", "provision", "ingest", "project", "relay"):
        for needed, how in services[name]["depends_on"].items():
            lasting = "healthcheck" in services[needed]
            expected = "service_healthy" if lasting else "service_completed_successfully"
            assert how["condition"] == expected, (name, needed)


def test_data_is_kept_in_named_volumes(compose: Any) -> None:
    for name in ("postgres", "nats"):
        (volume,) = compose["services"][name]["volumes"]
        assert volume.split(":")[0] in compose["volumes"]


def test_the_broker_accepts_its_configuration_and_is_durable(compose: Any, tmp_path: Path) -> None:
    content = compose["configs"]["nats"]["content"].replace("$$", "$")
    assert "sync_interval: always" in content
    config = tmp_path / "nats.conf"
    config.write_text(content.replace("/data", str(tmp_path)))
    environment = os.environ | PASSWORDS
    checked = subprocess.run(
        [nats_binary(), "-t", "-c", config], env=environment, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_each_service_does_its_work(
    compose: Any, empty_database_url: str, broker: EmbeddedNats, tmp_path: Path
) -> None:
    owner = urlsplit(empty_database_url)
    _make_roles(compose, empty_database_url)
    app = owner._replace(netloc=owner.netloc.replace("postgres", "case_timeline_app")).geturl()
    urls = {
        "CASE_TIMELINE_DATABASE_URL": app,
        "CASE_TIMELINE_MIGRATION_DATABASE_URL": empty_database_url,
        "CASE_TIMELINE_NATS_URL": broker.start(),
        "CASE_TIMELINE_BROKER_MONITOR_URL": broker.monitor_url,
    }

    def of(name: str) -> tuple[list[str], dict[str, str]]:
        service = compose["services"][name]
        settings = {key: urls[key] for key in service["environment"]}
        assert service["command"][0] == "case-timeline"
        return service["command"][1:], settings

    for name in ("migrate", "provision"):
        done = run(*of(name))
        assert done.returncode == 0, done.stderr
    with (
        running(*of("ingest"), tmp_path / "ingest.log") as ingest,
        running(*of("project"), tmp_path / "project.log") as project,
        running(*of("relay"), tmp_path / "relay.log") as relay,
    ):
        lines = tmp_path / "case.ndjson"
        lines.write_bytes(b"\n".join(case_messages(1)))
        published = run(["publish", str(lines)], of("ingest")[1])
        assert published.returncode == 0, published.stderr

        def timeline() -> int:
            shown = run(["case", case_ref(1), "--view", "timeline", "--json"], of("project")[1])
            return len(json.loads(shown.stdout)["rows"]) if shown.returncode == 0 else 0

        eventually(lambda: timeline() == 20, timeout=60, what="the timeline")
        relayed = partial(gone_out, broker.start(), BrokerLayout())

        def events_out() -> int:
            return sum(sent.position is not None for sent in asyncio.run(relayed()))

        eventually(lambda: events_out() == 20, timeout=60, what="the events going out")
        for name in ("ingest", "project", "relay"):
            check = compose["services"][name]["healthcheck"]["test"][1:]
            assert check[0] == "case-timeline"
            healthy = run(check[1:], of(name)[1])
            assert healthy.returncode == 0, healthy.stderr
        assert (ingest.stop(), project.stop(), relay.stop()) == (0, 0, 0)


def _make_roles(compose: Any, owner_url: str) -> None:
    script = compose["configs"]["roles"]["content"].replace("$$", "$")
    sql = re.search(r"<<'SQL'\n(.*?)^SQL$", script, re.S | re.M)
    assert sql is not None
    with psycopg.connect(owner_url, autocommit=True) as connection:
        # Roles belong to the cluster, which the whole run shares.
        for statement in sql[1].replace(":'password'", "'service'").split(";"):
            name = re.search(r"CREATE ROLE (\w+)", statement)
            if name and not _role_exists(connection, name[1]):
                connection.execute(statement.encode())


def _role_exists(connection: "psycopg.Connection[Any]", name: str) -> bool:
    return connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).rowcount == 1


def test_compose_itself_finds_no_fault() -> None:
    """Where Docker Compose is installed it has the last word; elsewhere it has none."""
    found = shutil.which("docker-compose")
    if found is None:
        return
    environment = os.environ | PASSWORDS
    checked = subprocess.run(
        [found, "--file", FILE, "config", "--quiet"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
