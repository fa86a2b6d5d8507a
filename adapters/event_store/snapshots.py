"""States of long cases, kept so that a writer new to one need not fold all of its events."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from psycopg import Connection
from psycopg.rows import tuple_row
from pydantic import TypeAdapter

from domain.case import CaseState

SINCE = """
SELECT c.place, e.originator_version, e.topic, e.state
FROM unnest(%(case_ids)s::uuid[]) WITH ORDINALITY AS c (case_id, place)
LEFT JOIN case_timeline.case_snapshot AS s ON s.case_id = c.case_id AND s.made_by = %(made_by)s
CROSS JOIN LATERAL (
    SELECT s.version, NULL, s.state WHERE s.version IS NOT NULL
    UNION ALL
    SELECT originator_version, topic, state FROM case_timeline.case_events
    WHERE originator_id = c.case_id AND originator_version > coalesce(s.version, 0)
) AS e (originator_version, topic, state)
ORDER BY c.place, e.originator_version
"""

_KEEP = """
INSERT INTO case_timeline.case_snapshot AS s (case_id, version, made_by, state)
VALUES (%s, %s, %s, %s)
ON CONFLICT (case_id) DO UPDATE
SET version = excluded.version, made_by = excluded.made_by, state = excluded.state
WHERE s.version < excluded.version OR s.made_by <> excluded.made_by
"""


@dataclass(frozen=True, slots=True)
class Remains:
    """A case as it was when a snapshot was taken, and what was stored since."""

    state: CaseState | None
    """None where there is no snapshot of it that this code made."""
    since: list[StoredEvent]


def remains(connection: Connection[object], case_ids: Sequence[UUID]) -> dict[UUID, Remains]:
    """Return, of each of these cases that has any event, its snapshot and the events since."""
    values = {"case_ids": list(case_ids), "made_by": made_by()}
    with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
        rows = cursor.execute(SINCE, values, prepare=True).fetchall()
    found: dict[UUID, Remains] = {}
    for place, own in groupby(rows, key=lambda row: int(row[0])):
        case_id, state, since = case_ids[place - 1], None, []
        for _, version, topic, stored in own:
            if topic is None:
                state = decoded(stored)
            else:
                since.append(StoredEvent(case_id, version, topic, stored))
        found[case_id] = Remains(state, since)
    return found


def keep(connection: Connection[object], states: Mapping[UUID, CaseState]) -> None:
    """Keep snapshots of these cases, unless there are newer ones of this code's making."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _KEEP,
            [
                (case_id, state.version, made_by(), encoded(state))
                for case_id, state in sorted(states.items())  # in one order, whoever keeps them
            ],
        )


def encoded(state: CaseState) -> bytes:
    """Return a state as it is kept."""
    return _state().dump_json(state, by_alias=True)


def decoded(kept: bytes) -> CaseState:
    """Return the state that was kept."""
    return _state().validate_json(kept)


@cache
def _state() -> TypeAdapter[CaseState]:
    return TypeAdapter(CaseState)


@cache
def made_by() -> str:
    """Return what identifies the code that reads and folds cases: with any change, snapshots go."""
    adapters = files("adapters")
    digest = hashlib.sha256()
    for path in (
        *_sources(files("domain")),
        adapters / "upcasting.py",
        adapters / "event_store" / "mapper.py",
    ):
        content = path.read_bytes()
        digest.update(f"{path.name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _sources(folder: Traversable) -> Iterable[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry
