"""Deterministic identities: anyone who knows a reference can compute its id, nobody has to ask."""

from uuid import UUID, uuid5

_CASES = UUID("5f7f1c0e-9f0b-5e43-9a43-0d6f4b1d5c11")
_EVENTS = UUID("0b6f0f6c-2a7e-5d8a-8d57-6c1b7d2f9e22")


def case_id_of(case_ref: str) -> UUID:
    """Return the id of the case known as `case_ref` (`<system>:<reference>`)."""
    return uuid5(_CASES, case_ref)


def event_id_of(source: str, source_event_id: str) -> UUID:
    """Return the id of an event from its duplicate key, the pair (source, id at the source)."""
    return uuid5(_EVENTS, f"{source}\n{source_event_id}")
