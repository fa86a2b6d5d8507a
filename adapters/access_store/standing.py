"""Reads how people and cases stand, from the few events that bear on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from psycopg import Connection
from psycopg.rows import tuple_row

from adapters.event_store.mapper import CaseEventMapper
from domain.access.case_standing import CaseStanding, case_standing
from domain.access.standing import Standing, standings
from domain.events.envelope import CaseEvent

# Word for word the conditions of the indexes, or these would not serve.
_BEARING_ON_PEOPLE = (
    "topic IN ('RoleGranted', 'RoleRevoked', 'ReviewAccessGranted', 'ReviewAccessRevoked', "
    "'ConflictDeclared', 'ConflictEnded')"
)
_BEARING_ON_CASES = (
    "topic IN ('CaseOpened', 'CaseAllocated', 'CaseRestricted', 'RestrictionLifted', "
    "'ConflictDeclared', 'ConflictEnded', 'GlassBroken', 'EventCorrected')"
)

_ASKED = f"""
SELECT asked.case_id, last.originator_version, last.notification_id,
       bearing.originator_version, bearing.topic, bearing.state,
       (SELECT coalesce(max(notification_id), 0) FROM case_timeline.case_events
        WHERE {_BEARING_ON_PEOPLE})
FROM unnest(%s::uuid[]) AS asked (case_id)
LEFT JOIN LATERAL (
    SELECT originator_version, notification_id FROM case_timeline.case_events
    WHERE originator_id = asked.case_id ORDER BY originator_version DESC LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
    SELECT originator_version, topic, state FROM case_timeline.case_events
    WHERE originator_id = asked.case_id AND {_BEARING_ON_CASES}
) AS bearing ON true
ORDER BY asked.case_id, bearing.originator_version
"""  # noqa: S608 (constants)

_LAST_ON_PEOPLE = f"""
SELECT coalesce(max(notification_id), 0) FROM case_timeline.case_events WHERE {_BEARING_ON_PEOPLE}
"""  # noqa: S608 (a constant)

_PEOPLE = f"""
SELECT originator_id, originator_version, topic, state FROM case_timeline.case_events
WHERE {_BEARING_ON_PEOPLE} ORDER BY notification_id
"""  # noqa: S608 (a constant)

_mapper = CaseEventMapper()


_REFERENCES = """
SELECT originator_id, convert_from(state, 'UTF8')::jsonb ->> 'case_ref'
FROM case_timeline.case_events WHERE originator_id = ANY(%s) AND originator_version = 1
"""


class Found(NamedTuple):
    """How a case stands, and its latest version; 0 where there is no such case."""

    standing: CaseStanding
    version: int
    position: int = 0
    """The place of its last event in the global order."""
    case_ref: str | None = None
    """Under which reference it is known; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the cases that were asked for, and up to which event people's standing."""

    cases: Mapping[UUID, Found]
    people_as_of: int


def facts_about(connection: Connection[Any], case_ids: Iterable[UUID]) -> Facts:
    """Return how these cases stand, in one query; one that is not there stands as by default."""
    wanted = list(dict.fromkeys(case_ids))
    if not wanted:
        return Facts({}, last_on_people(connection))
    bearing: dict[UUID, list[StoredEvent]] = {case_id: [] for case_id in wanted}
    last: dict[UUID, tuple[int, int]] = {}
    people_as_of = 0
    with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
        cursor.execute(_ASKED, (wanted,), prepare=True)
        for case_id, end, position, version, topic, state, people_as_of in cursor:  # noqa: B007
            last[case_id] = (end or 0, position or 0)
            if version is not None:
                bearing[case_id].append(StoredEvent(case_id, version, topic, state))
    found = {
        case_id: Found(_standing(tuple(bearing[case_id])), *last[case_id]) for case_id in wanted
    }
    return Facts(found, people_as_of)


def references(connection: Connection[Any], case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return under which references cases are known, as far as they are there."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        return dict(cursor.execute(_REFERENCES, (list(case_ids),), prepare=True).fetchall())


@lru_cache(maxsize=10_000)
def _standing(stored: tuple[StoredEvent, ...]) -> CaseStanding:
    # Events never change, so neither does what the same ones come to.
    return case_standing(_decoded(stored))


def last_on_people(connection: Connection[Any]) -> int:
    """Return the position of the last event that bears on how people stand; 0 for none."""
    row = connection.cursor(row_factory=tuple_row).execute(_LAST_ON_PEOPLE, prepare=True).fetchone()
    assert row is not None
    return int(row[0])


def people(connection: Connection[Any]) -> Mapping[str, Standing]:
    """Return how everyone stands, by principal."""
    return standings(bearing_on_people(connection))


def bearing_on_people(connection: Connection[Any]) -> list[CaseEvent]:
    """Return the events that bear on how people stand, in the order of recording."""
    stored = connection.cursor(row_factory=tuple_row).execute(_PEOPLE).fetchall()
    return _decoded([StoredEvent(*row) for row in stored])


def _decoded(stored: Sequence[StoredEvent]) -> list[CaseEvent]:
    events = map(_mapper.to_domain_event, stored)
    return [event for event in events if isinstance(event, CaseEvent)]
