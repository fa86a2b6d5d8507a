"""Settings come from the environment, and passwords in them are never shown."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.settings import Settings, redacted


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CASE_TIMELINE_{name.upper()}", raising=False)
    return monkeypatch


def test_nothing_has_to_be_set(environment: pytest.MonkeyPatch) -> None:
    settings = Settings()
    assert settings.database_url is settings.nats_url is None
    assert settings.data_dir == Path(".case-timeline")
    assert settings.waiting_deadline == timedelta(days=7)


def test_spans_are_iso_durations(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CASE_TIMELINE_WAITING_DEADLINE", "P2DT12H")
    environment.setenv("CASE_TIMELINE_BROKER_ACK_WAIT", "PT5S")
    settings = Settings()
    assert settings.waiting_deadline == timedelta(days=2, hours=12)
    assert settings.broker_layout.ack_wait == timedelta(seconds=5)


def test_what_is_set_to_nothing_is_not_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CASE_TIMELINE_NATS_URL", "")
    assert Settings().nats_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAITING_DEADLINE", "PT0S"),
        ("WAITING_DEADLINE", "-P1D"),
        ("BROKER_REPLICAS", "0"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_senseless_values_are_refused(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(f"CASE_TIMELINE_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_passwords_are_not_shown(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CASE_TIMELINE_DATABASE_URL", "postgresql://user:secret@db/cases")
    environment.setenv("CASE_TIMELINE_NATS_URL", "nats://user:secret@broker")
    settings = Settings()
    assert "secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://user:secret@db:5432/cases", "postgresql://db:5432/cases"),
        ("postgresql://user:secret@a:1,b:2/cases?sslmode=require", "postgresql://a:1,b:2/cases"),
        ("nats://127.0.0.1:4222", "nats://127.0.0.1:4222"),
        ("nats://secret@broker:4222", "nats://broker:4222"),
        ("postgresql:///cases?host=/run/secret", "postgresql://..."),
        ("postgresql://db/cases?password=secret@1", "postgresql://..."),
        ("postgresql://user:secret/1@db/cases", "postgresql://..."),
        ("postgresql://user:secret?1@db/cases", "postgresql://..."),
        ("postgresql://user:secret#1@db/cases", "postgresql://..."),
        ("host=db password=secret", "(a connection string)"),
        ("user:secret@db", "(a connection string)"),
        ("nats://user:secret@[db", "nats://..."),
    ],
)
def test_a_url_is_shown_without_anything_secret(url: str, shown: str) -> None:
    assert redacted(url) == shown
