"""The intake ledger: what became of each thing received, in the transaction of its event."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import DictRow

from domain.outcomes import Outcome, Reason


class LedgerEntry(NamedTuple):
    """One thing received and what became of it, in the order of the table's columns.

    `delivery` identifies the receipt (`nats:<stream>:<sequence>`, `file:<hash>:<line>`,
    `http:<source>:<request>:<place>`), so that the same delivery seen twice is counted once.
    `payload` keeps the original bytes for as long as the entry is waiting or quarantined. Of what
    was refused there is nothing but the reason, with the place of the fault and the size in
    `detail`, and an HMAC of the bytes, by the key of this installation, as `content_hash`.

    A named tuple, as are the messages of the intake: one is made of every event, at a fraction of
    what a frozen dataclass costs.
    """

    delivery: str
    source: str
    received_at: datetime
    decided_at: datetime
    outcome: Outcome
    reason: Reason | None = None
    detail: str | None = None
    source_event_id: str | None = None
    event_id: UUID | None = None
    content_hash: bytes | None = None
    case_ref: str | None = None
    case_id: UUID | None = None
    type: str | None = None
    version: int | None = None
    payload: bytes | None = None
    remarks: str | None = None
    """The codes of what its sender should look at, with spaces between them."""


_TYPES = {
    "delivery": "text",
    "source": "text",
    "received_at": "timestamptz",
    "decided_at": "timestamptz",
    "outcome": "text",
    "reason": "text",
    "detail": "text",
    "source_event_id": "text",
    "event_id": "uuid",
    "content_hash": "bytea",
    "case_ref": "text",
    "case_id": "uuid",
    "type": "text",
    "version": "int8",
    "payload": "bytea",
    "remarks": "text",
}

_COPY = """
COPY case_timeline.intake (
    delivery, source, received_at, decided_at, outcome, reason, detail, source_event_id, event_id,
    content_hash, case_ref, case_id, type, version, payload, remarks
) FROM STDIN (FORMAT BINARY)
"""

SELECT = """
SELECT delivery, source, received_at, decided_at, outcome, reason, detail, source_event_id,
       event_id, content_hash, case_ref, case_id, type, version, payload, remarks
FROM case_timeline.intake
"""

_BY_DELIVERY = SELECT + "WHERE delivery = ANY(%s)"
_TAKEN = SELECT + "WHERE event_id = ANY(%s) AND outcome IN ('accepted', 'waiting')"

# Without the content: giving up changes an entry's outcome and keeps its bytes where they are.
_OVERDUE = (
    SELECT.replace("payload", "NULL::bytea AS payload")
    + "WHERE outcome = 'waiting' AND payload IS NOT NULL AND received_at < %s ORDER BY id LIMIT %s"
)
_WAITING = SELECT + "WHERE case_id = ANY(%s) AND outcome = 'waiting' ORDER BY id"

# The guard on the old outcome makes a lost race visible: fewer rows come back than were sent.
_REDECIDE = """
UPDATE case_timeline.intake AS i
SET outcome = n.outcome, reason = n.reason, detail = n.detail, decided_at = n.decided_at,
    source_event_id = n.source_event_id, event_id = n.event_id, content_hash = n.content_hash,
    case_ref = n.case_ref, case_id = n.case_id, type = n.type, version = n.version,
    remarks = n.remarks,
    payload = CASE WHEN n.outcome IN ('accepted', 'duplicate') THEN NULL ELSE i.payload END,
    attempts = i.attempts + 1
FROM unnest(
    %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::uuid[],
    %s::bytea[], %s::text[], %s::uuid[], %s::text[], %s::int8[], %s::text[]
) AS n (delivery, outcome, reason, detail, decided_at, source_event_id, event_id, content_hash,
        case_ref, case_id, type, version, remarks)
WHERE i.delivery = n.delivery AND i.outcome IN ('waiting', 'quarantined') AND i.closed_at IS NULL
"""


_REFUSAL_KEY = "SELECT key FROM case_timeline.refusal_key"


class LostRace(Exception):  # noqa: N818 (names what happened)
    """Another process decided the same entry first; look again before deciding."""


def write(
    cursor: Cursor[DictRow], new: Sequence[LedgerEntry], redecided: Sequence[LedgerEntry]
) -> None:
    """Add `new` entries and give the `redecided` ones, known by delivery, their new outcome."""
    if redecided:
        cursor.execute(_REDECIDE, _transposed(redecided))
        if cursor.rowcount != len(redecided):
            raise LostRace
    if new:
        with cursor.copy(_COPY) as copy:
            copy.set_types([_TYPES[name] for name in LedgerEntry._fields])
            for entry in new:
                copy.write_row(entry)


def by_delivery(cursor: Cursor[DictRow], deliveries: Sequence[str]) -> list[LedgerEntry]:
    """Return the entries of deliveries that were seen before."""
    cursor.execute(_BY_DELIVERY, (list(deliveries),), prepare=True)
    return [entry_of(row) for row in cursor]


def taken(cursor: Cursor[DictRow], event_ids: Iterable[UUID]) -> list[LedgerEntry]:
    """Return the accepted or waiting entry of each event id that has one."""
    cursor.execute(_TAKEN, (list(event_ids),), prepare=True)
    return [entry_of(row) for row in cursor]


def waiting(cursor: Cursor[DictRow], case_ids: Iterable[UUID]) -> list[LedgerEntry]:
    """Return what waits in these cases, in order of arrival."""
    cursor.execute(_WAITING, (list(case_ids),), prepare=True)
    return [entry_of(row) for row in cursor]


def asking_what_waits(case_ids: Iterable[UUID]) -> bytes:
    """Return the query of `waiting` with its values in it; see `entry_of` for its rows."""
    cases = ",".join(case_id.hex for case_id in case_ids)
    return _WAITING.replace("%s", f"'{{{cases}}}'::uuid[]").encode()


def overdue(cursor: Cursor[DictRow], received_before: datetime, limit: int) -> list[LedgerEntry]:
    """Return up to `limit` entries that have waited since before that moment."""
    cursor.execute(_OVERDUE, (received_before, limit))
    return [entry_of(row) for row in cursor]


def refusal_key(cursor: Cursor[DictRow]) -> bytes:
    """Return the key by which this installation hashes what it refuses."""
    row = cursor.execute(_REFUSAL_KEY).fetchone()
    assert row is not None
    return bytes(row["key"])


def entry_of(row: DictRow) -> LedgerEntry:
    """Return the entry that a row of the table holds; other columns are ignored."""
    values = {name: row[name] for name in LedgerEntry._fields}
    values["outcome"] = Outcome(values["outcome"])
    values["reason"] = Reason(values["reason"]) if values["reason"] else None
    return LedgerEntry(**values)


def _transposed(entries: Sequence[LedgerEntry]) -> list[list[Any]]:
    columns = (
        "delivery",
        "outcome",
        "reason",
        "detail",
        "decided_at",
        "source_event_id",
        "event_id",
        "content_hash",
        "case_ref",
        "case_id",
        "type",
        "version",
        "remarks",
    )
    return [[_plain(getattr(entry, column)) for entry in entries] for column in columns]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, (Outcome, Reason)) else value
