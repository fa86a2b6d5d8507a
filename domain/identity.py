"""Deterministic identities: anyone who knows a reference can compute its id, nobody has to ask."""

from functools import lru_cache
from hashlib import sha1
from uuid import UUID

_CASES = UUID("5f7f1c0e-9f0b-5e43-9a43-0d6f4b1d5c11")
_EVENTS = UUID("0b6f0f6c-2a7e-5d8a-8d57-6c1b7d2f9e22")


@lru_cache(maxsize=10_000)  # a case has many events
def case_id_of(case_ref: str) -> UUID:
    """Return the id of the case known as `case_ref` (`<system>:<reference>`)."""
    return _uuid5(_CASES.bytes, case_ref)


def event_id_of(source: str, source_event_id: str) -> UUID:
    """Return the id of an event from its duplicate key, the pair (source, id at the source)."""
    return _uuid5(_EVENTS.bytes, f"{source}\n{source_event_id}")


def _uuid5(namespace: bytes, name: str) -> UUID:
    """Return what `uuid.uuid5` does, at less than half its cost."""
    digest = sha1(namespace + name.encode(), usedforsecurity=False).digest()
    return UUID(bytes=digest[:16], version=5)
