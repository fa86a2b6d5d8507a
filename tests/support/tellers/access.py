"""Tells events of the group access: who read or exported what."""

from domain.events.access import ExportProduced, RecordAccessed
from tests.support.telling import CASE_REF, teller

record_accessed = teller(RecordAccessed, about=CASE_REF, what="timeline", why="case-work")
export_produced = teller(
    ExportProduced,
    about=CASE_REF,
    what="chronology",
    why="review",
    format="pdf",
    sha256="0" * 64,
    recipient="Safeguarding Adults Board",
)
