"""The HTTP API: what every request goes through, and the routes."""

from services.api.app import create_app

__all__ = ["create_app"]
