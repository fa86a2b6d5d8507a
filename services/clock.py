"""The one place where the time of day comes from."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)
