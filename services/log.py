"""Logging: JSON lines on standard error, made of keys that cannot hold personal data."""

import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

ALLOWED_KEYS = frozenset(
    {
        "accepted",
        "cases",
        "check",
        "count",
        "durable",
        "error",
        "event",
        "incident",
        "level",
        "partition",
        "port",
        "position",
        "read_model",
        "reason",
        "request",
        "retry_in_seconds",
        "seconds",
        "server",
        "state",
        "stream",
        "time",
    }
)
"""Any other key is left out: names of errors and counts are logged, their texts never are."""


def configure_logging(level: str) -> None:
    """Send what every part logs from `level` on to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def only_allowed(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Leave out what is not on the list of keys."""
    return {key: value for key, value in entry.items() if key in ALLOWED_KEYS}
