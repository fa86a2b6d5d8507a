"""The API says truthfully whether it can do its work, and recovers by itself."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from adapters.broker import BrokerNotReady
from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from services.api.collectors import ServiceFigures
from services.api.context import Context
from services.api.health import Check, Readiness
from services.api.readiness import Needs
from services.bootstrap import prepare_database
from services.settings import Settings
from tests.support.api import CASE, Served, served
from tests.support.messages import submission
from tests.support.read_stores import MODELS
from tests.support.stories import case_allocated, case_opened, incident_reported
from tests.support.waiting import eventually, eventually_async

CANARY = "Wilhelmina Quirke"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        yield found


def states(api: Served) -> dict[str, str]:
    """How each check stands."""
    checks = api.client.get("/readyz").json()["checks"]
    return {each["name"]: each["state"] for each in checks}


def is_ready(api: Served) -> bool:
    return api.client.get("/readyz").status_code == 200


def test_while_postgresql_is_away_it_is_not_ready_and_is_again_by_itself(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "postgres") as server:
        url = server.start()
        prepare_database(url)
        with served(url, tmp_path) as api:
            api.guarded.tells(incident_reported(), case_allocated(lead="staff:officer"))
            api.has("officer")
            api.catch_up()
            eventually(lambda: is_ready(api), what="readiness")
            server.kill()
            eventually(lambda: not is_ready(api), timeout=5, what="that it is not ready")
            eventually(lambda: states(api)["postgresql"] == "failing", timeout=5)
            assert api.client.get("/healthz").status_code == 200
            assert api.client.get("/metrics").status_code == 200
            away = api.get("officer", f"{CASE}/timeline")
            assert (away.status_code, away.json()["type"]) == (503, "/problems/unavailable")
            server.start()
            eventually(lambda: is_ready(api), timeout=15, what="readiness")
            eventually(
                lambda: api.get("officer", f"{CASE}/timeline").status_code == 200,
                timeout=15,
                what="the timeline",
            )


async def test_a_broker_that_is_named_has_to_answer(tmp_path: Path) -> None:
    with EmbeddedNats(tmp_path / "nats") as server:
        needs = Needs(Settings(nats_url=SecretStr(server.start())), nothing_behind)
        (nats,) = [check for check in needs.checks if check.name == "nats"]
        try:
            await nats.run()
            await nats.run()
            await asyncio.to_thread(server.kill)
            with pytest.raises(BrokerNotReady):
                await nats.run()
            await asyncio.to_thread(server.start)
            await eventually_async(lambda: answers(nats), what="the broker")
        finally:
            await needs.close()


def nothing_behind() -> Context:
    raise AssertionError("the broker is looked at by itself")


async def answers(check: Check) -> bool:
    try:
        await check.run()
    except Exception:
        return False
    return True


def test_it_is_not_ready_while_read_models_lag_too_far_behind(api: Served) -> None:
    eventually(lambda: is_ready(api), what="readiness")
    api.guarded.tells(incident_reported())
    api.guarded.feed.clock.goes(minutes=2)
    eventually(lambda: states(api)["read-models"] == "failing", what="the lag")
    api.catch_up()
    eventually(lambda: is_ready(api), what="readiness")


def scraped(api: Served) -> dict[tuple[str, ...], float]:
    """What is told of the service: by name, and the values of labels in the order of theirs."""
    needs = Needs(Settings(), lambda: api.context)
    figures = ServiceFigures(lambda: api.context, needs, Readiness(needs.checks, api.context.clock))
    figures.gather()
    needs.progress = api.context.read_store.progress(MODELS)
    registry = CollectorRegistry()
    registry.register(figures)
    told = generate_latest(registry).decode()
    assert CANARY not in told
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def test_what_became_of_messages_is_told_by_source_and_names_nobody(api: Served) -> None:
    api.guarded.tells(incident_reported(narrative=CANARY), case_opened())
    api.guarded.feed.takes_one(submission(f'"{CANARY}'.encode(), CANARY, source="urn:a:b"))
    api.guarded.feed.clock.goes(hours=1)
    told = scraped(api)
    messages, waiting = "case_timeline_intake_messages", "case_timeline_intake_open"

    accepted = {key[2]: value for key, value in told.items() if key[:2] == (messages, "accepted")}
    assert sum(accepted.values()) == 2
    assert accepted["urn:a:b"] == 0
    assert told[messages, "quarantined", "urn:a:b"] == 1
    assert {key: value for key, value in told.items() if key[0].startswith(waiting)} == {
        (waiting, "quarantined", "urn:a:b"): 1,
        (f"{waiting}_oldest_seconds", "quarantined", "urn:a:b"): 3600,
    }


def test_the_lag_of_each_read_model_is_told_in_events_and_seconds(api: Served) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    api.guarded.feed.clock.goes(seconds=90)
    before = scraped(api)
    api.catch_up()
    after = scraped(api)

    for model in MODELS:
        assert before["case_timeline_read_model_lag_events", model.id] == 2
        assert before["case_timeline_read_model_lag_seconds", model.id] == 90
        assert after["case_timeline_read_model_lag_events", model.id] == 0
        assert after["case_timeline_read_model_lag_seconds", model.id] == 0


def test_pools_and_checks_are_told(api: Served) -> None:
    api.get("officer", CASE)
    told = scraped(api)

    assert told["case_timeline_pool_connections", "most", "read-models"] == 4
    assert told["case_timeline_ready", "postgresql"] == 0  # nothing has looked yet


def test_metrics_are_served_with_those_of_requests(api: Served) -> None:
    eventually(lambda: is_ready(api), what="readiness")
    text = api.client.get("/metrics").text
    assert 'case_timeline_ready{check="postgresql"} 1.0' in text
    assert "case_timeline_http_request_seconds_bucket" in text
