"""What is logged are JSON lines with known keys."""

import json

import pytest
import structlog

from services.log import configure_logging


@pytest.fixture(autouse=True)
def as_before() -> object:
    yield
    structlog.reset_defaults()


def test_lines_are_json_and_hold_nothing_but_known_keys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("INFO")
    structlog.get_logger().warning("intake_failed", error="OperationalError", body="secret")
    written = capsys.readouterr()
    entry = json.loads(written.err)
    assert entry.pop("time").endswith("Z")
    assert entry == {"event": "intake_failed", "level": "warning", "error": "OperationalError"}
    assert written.out == ""


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("ERROR")
    structlog.get_logger().warning("intake_failed")
    assert capsys.readouterr().err == ""
