"""Keeps the read models up to date with the event store."""

from services.projector.running import run_projector
from services.projector.worker import Worker

__all__ = ["Worker", "run_projector"]
