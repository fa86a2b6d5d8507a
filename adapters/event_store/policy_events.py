"""Finds the events that set the parameters of rules, among all others."""

from typing import Any

from eventsourcing.persistence import StoredEvent
from psycopg import Connection
from psycopg.rows import tuple_row

from adapters.event_store.mapper import CaseEventMapper
from domain.events.envelope import CaseEvent
from domain.rules.policy import Policy, policy_of

# The condition is word for word that of the index, or the index would not serve.
_SET_PARAMETERS = "topic IN ('RuleOverridden', 'RuleOverrideWithdrawn', 'FeedbackAgreementMade')"

_LAST = f"""
SELECT coalesce(max(notification_id), 0) FROM case_timeline.case_events WHERE {_SET_PARAMETERS}
"""  # noqa: S608 (a constant)

_ALL = f"""
SELECT originator_id, originator_version, topic, state FROM case_timeline.case_events
WHERE {_SET_PARAMETERS} ORDER BY notification_id
"""  # noqa: S608 (a constant)


def last_policy_position(connection: Connection[Any]) -> int:
    """Return the position of the last event that set parameters of rules; 0 for none."""
    row = connection.cursor(row_factory=tuple_row).execute(_LAST).fetchone()
    assert row is not None
    return int(row[0])


def read_policy(connection: Connection[Any]) -> Policy:
    """Return the parameters that all such events set, each from its moment on."""
    mapper = CaseEventMapper()
    stored = connection.cursor(row_factory=tuple_row).execute(_ALL).fetchall()
    events = (mapper.to_domain_event(StoredEvent(*row)) for row in stored)
    return policy_of(event for event in events if isinstance(event, CaseEvent))
