"""Keeps, finds and forgets drafts in PostgreSQL; each is seen by whoever began it and no other."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from adapters.event_store.datastore import act_as_service
from adapters.pools import pool_to

DraftStoreUnavailable = (psycopg.Error,)
"""What was typed can be neither kept nor found."""

TERM = timedelta(days=14)
"""How long a draft is kept after it was last saved."""

_FIND = """
SELECT event_id, form, stream_id, reference, version, answers, begun_at, saved_at
FROM case_timeline.web_draft
WHERE principal = %(principal)s AND recorded_at IS NULL AND ends_at > %(now)s
  AND stream_id = %(stream_id)s AND form = %(form)s
"""
_LIST = """
SELECT event_id, form, stream_id, reference, version, answers, begun_at, saved_at
FROM case_timeline.web_draft
WHERE principal = %(principal)s AND recorded_at IS NULL AND ends_at > %(now)s
ORDER BY saved_at DESC LIMIT 100
"""
_BEGIN = """
INSERT INTO case_timeline.web_draft
    (event_id, principal, form, stream_id, reference, version, answers, begun_at, saved_at, ends_at)
VALUES (%(event_id)s, %(principal)s, %(form)s, %(stream_id)s, %(reference)s, %(version)s,
        '{}', %(now)s, %(now)s, %(ends_at)s)
ON CONFLICT (principal, stream_id, form) WHERE recorded_at IS NULL DO NOTHING
"""
_SAVE = """
UPDATE case_timeline.web_draft
SET answers = %(answers)s, saved_at = %(now)s, ends_at = %(ends_at)s
WHERE event_id = %(event_id)s AND principal = %(principal)s AND recorded_at IS NULL
"""
_REBASE = """
UPDATE case_timeline.web_draft SET version = %(version)s
WHERE event_id = %(event_id)s AND principal = %(principal)s AND recorded_at IS NULL
"""
_RECORDED = """
UPDATE case_timeline.web_draft
SET answers = '{}', recorded_at = %(now)s, recorded_as = %(reference)s,
    recorded_version = %(version)s
WHERE event_id = %(event_id)s AND principal = %(principal)s AND recorded_at IS NULL
"""
_RECEIPT = """
SELECT form, stream_id, recorded_as AS reference, recorded_version AS version, recorded_at
FROM case_timeline.web_draft
WHERE event_id = %(event_id)s AND principal = %(principal)s AND recorded_at IS NOT NULL
"""
_DISCARD = """
DELETE FROM case_timeline.web_draft
WHERE event_id = %(event_id)s AND principal = %(principal)s AND recorded_at IS NULL
"""
_FORGET = "DELETE FROM case_timeline.web_draft WHERE ends_at <= %(now)s"


class Draft(NamedTuple):
    """A form that somebody has begun."""

    event_id: UUID
    """Of the event that it will be, however often it is sent."""
    form: str
    stream_id: UUID
    reference: str | None
    """What it is to be recorded on; None where that is yet to be opened."""
    version: int | None
    """The version of the case that whoever fills it in has seen; None where none is asked for."""
    answers: Mapping[str, list[str]]
    begun_at: datetime
    saved_at: datetime


class Receipt(NamedTuple):
    """What a form that was recorded became; nothing of what was typed."""

    form: str
    stream_id: UUID
    reference: str
    version: int | None
    recorded_at: datetime


class DraftStore:
    """Safe to use from several threads; blocking. What it raises when the database is away is one
    of `DraftStoreUnavailable`."""

    def __init__(self, database_url: str, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pool = pool_to(database_url, _prepared, most=4, patience=2.0)

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def find(self, principal: str, stream_id: UUID, form: str) -> Draft | None:
        """Return the draft that somebody has of a form."""
        asked = {"principal": principal, "stream_id": stream_id, "form": form}
        with self._pool.connection() as connection:
            rows = connection.cursor(row_factory=class_row(Draft))
            return rows.execute(_FIND, asked | {"now": self._clock()}).fetchone()

    def drafts_of(self, principal: str) -> list[Draft]:
        """Return the drafts that somebody has, the latest first."""
        with self._pool.connection() as connection:
            rows = connection.cursor(row_factory=class_row(Draft))
            return rows.execute(_LIST, {"principal": principal, "now": self._clock()}).fetchall()

    def begin(
        self,
        principal: str,
        form: str,
        stream_id: UUID,
        event_id: UUID,
        *,
        reference: str | None = None,
        version: int | None = None,
    ) -> Draft:
        """Begin a draft; where there is one of the form already, return that."""
        now = self._clock()
        new = {
            "event_id": event_id,
            "principal": principal,
            "form": form,
            "stream_id": stream_id,
            "reference": reference,
            "version": version,
            "now": now,
            "ends_at": now + TERM,
        }
        with self._pool.connection() as connection:
            connection.execute(_FORGET, {"now": now})
            connection.execute(_BEGIN, new)
        found = self.find(principal, stream_id, form)
        # Another request of theirs may have recorded or discarded it within this moment.
        return found or Draft(event_id, form, stream_id, reference, version, {}, now, now)

    def save(self, principal: str, event_id: UUID, answers: Mapping[str, tuple[str, ...]]) -> None:
        """Keep what was typed in place of what was kept; its term begins anew."""
        now = self._clock()
        kept = Jsonb({name: list(values) for name, values in answers.items()})
        self._change(_SAVE, principal, event_id, answers=kept, now=now, ends_at=now + TERM)

    def rebase(self, principal: str, event_id: UUID, version: int) -> None:
        """Note that what was recorded meanwhile was seen, up to this version of the case."""
        self._change(_REBASE, principal, event_id, version=version)

    def recorded(self, principal: str, event_id: UUID, reference: str, version: int | None) -> None:
        """Forget what was typed, as it is on record; keep what it became."""
        now = self._clock()
        self._change(_RECORDED, principal, event_id, now=now, reference=reference, version=version)

    def discard(self, principal: str, event_id: UUID) -> None:
        """Forget a draft."""
        self._change(_DISCARD, principal, event_id)

    def receipt(self, principal: str, event_id: UUID) -> Receipt | None:
        """Return what a draft of somebody's became, where it was recorded."""
        with self._pool.connection() as connection:
            rows = connection.cursor(row_factory=class_row(Receipt))
            asked = {"principal": principal, "event_id": event_id}
            return rows.execute(_RECEIPT, asked).fetchone()

    def forget_ended(self) -> None:
        """Delete the drafts and receipts whose term is over."""
        with self._pool.connection() as connection:
            connection.execute(_FORGET, {"now": self._clock()})

    def _change(self, statement: str, principal: str, event_id: UUID, **values: Any) -> None:
        values |= {"principal": principal, "event_id": event_id}
        with self._pool.connection() as connection:
            connection.execute(statement, values)


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'; SET statement_timeout = '5s'")
