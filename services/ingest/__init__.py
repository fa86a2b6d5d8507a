"""Takes events in from the broker and hands them to the one door."""

from services.ingest.receiving import ingest_app
from services.ingest.running import run_ingest

__all__ = ["ingest_app", "run_ingest"]
