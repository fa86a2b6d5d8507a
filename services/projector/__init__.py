"""Keeps the read models up to date with the event store."""

from services.projector.running import Lane, run_lane, run_projector
from services.projector.worker import Worker

__all__ = ["Lane", "Worker", "run_lane", "run_projector"]
