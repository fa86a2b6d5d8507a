"""Readies a process that runs until it is told to stop."""

from services.log import configure_logging
from services.readiness import build_validators, calm_collector
from services.settings import Settings


def ready() -> Settings:
    """Return the settings, once logging is set up and nothing is left to be built while working."""
    settings = Settings()
    configure_logging(settings.log_level)
    build_validators()
    calm_collector()
    return settings
