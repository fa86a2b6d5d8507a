"""Writes and reads the record of access. Each is committed before what it is about is shown."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from pydantic_core import to_json

# As one value, since to hand over each by itself costs more than to write the record.
_WRITE = """
INSERT INTO case_timeline.access_record (
    at, principal, staff, session, request, action, part, permitted, rules, case_id, case_ref,
    purpose, reason, shown, version, known_on, recorded_by)
SELECT at, principal, staff, session, request, action, part, permitted, rules, case_id, case_ref,
       purpose, reason, shown, version, known_on, recorded_by
FROM json_populate_recordset(NULL::case_timeline.access_record, %s)
"""

_COLUMNS = """
SELECT at, principal, staff, session, request, action, part, permitted, rules, case_id, case_ref,
       purpose, reason, shown, version, known_on, recorded_by, id
FROM case_timeline.access_record
"""

_OF_CASE = f"{_COLUMNS} WHERE case_id = %s AND id < %s ORDER BY id DESC LIMIT %s"
_OF_PRINCIPAL = f"{_COLUMNS} WHERE principal = %s AND id < %s ORDER BY id DESC LIMIT %s"
_NOTICES = f"""{_COLUMNS}
WHERE permitted AND rules && '{{glass-break,privacy-read,privacy-reveal}}'::text[]
  AND id < %s ORDER BY id DESC LIMIT %s
"""

# Found first, or the latest of all would be looked through for those of one person or day.
_FOUND = "WITH found AS MATERIALIZED ({}) SELECT * FROM found ORDER BY id DESC LIMIT %(limit)s"
_OF_DAYS = f"{_COLUMNS} WHERE at >= %(since)s AND at < %(until)s AND id < %(before)s"
_SEARCH = _FOUND.format(_OF_DAYS)
_SEARCH_PEOPLE = _FOUND.format(f"{_OF_DAYS} AND (staff = ANY(%(who)s) OR principal = ANY(%(who)s))")

_GLASS_BROKEN = """
SELECT count(DISTINCT case_id) FROM case_timeline.access_record
WHERE principal = %s AND at > %s AND action = 'break-glass' AND permitted
"""

_CASES_READ = """
SELECT case_id, max(at) FROM case_timeline.access_record
WHERE principal = %s AND at > %s
  AND permitted AND action IN ('read', 'time-travel', 'reveal', 'export')
GROUP BY case_id
"""

_LATEST = 2**63 - 1


class AccessRecord(NamedTuple):
    """Who asked to see or do what, for what, what was decided, and what was shown for it."""

    at: datetime
    principal: str
    """The issuer and subject of the token, `<iss>|<sub>`."""
    staff: str | None
    """How cases name the person."""
    session: str
    request: str
    action: str
    part: str
    """Which part of the record, as `RecordPart` has them."""
    permitted: bool
    rules: list[str]
    """The rules that denied, or permitted."""
    case_id: UUID | None
    case_ref: str | None
    purpose: str | None
    reason: str | None
    shown: list[str]
    """The classes of personal data that were not masked."""
    version: int | None = None
    """The last event of the case at the time."""
    known_on: date | None = None
    recorded_by: datetime | None = None
    id: int = 0
    """Its place in the record; 0 until it is written."""


def write(connection: Connection[Any], records: Sequence[AccessRecord]) -> None:
    """Write records, all or none; the connection commits by itself."""
    told = to_json([record._asdict() for record in records]).decode()
    connection.execute(_WRITE, (told,), prepare=True)


def of_case(
    connection: Connection[Any], case_id: UUID, *, before: int | None, limit: int
) -> list[AccessRecord]:
    """Return who asked for a case, the latest first, from before a record on."""
    return _found(connection, _OF_CASE, case_id, before or _LATEST, limit)


def of_principal(
    connection: Connection[Any], principal: str, *, before: int | None, limit: int
) -> list[AccessRecord]:
    """Return what someone asked for, the latest first, from before a record on."""
    return _found(connection, _OF_PRINCIPAL, principal, before or _LATEST, limit)


def notices(connection: Connection[Any], *, before: int | None, limit: int) -> list[AccessRecord]:
    """Return what others are to be told of, the latest first, from before a record on."""
    return _found(connection, _NOTICES, before or _LATEST, limit)


def search(
    connection: Connection[Any],
    who: Sequence[str] | None,
    since: datetime,
    until: datetime,
    *,
    before: int | None,
    limit: int,
) -> list[AccessRecord]:
    """Return what was asked for from `since` on and before `until`, the latest first.

    `who` are principals or names of staff, of whom any may have asked; None for everyone.
    """
    statement = _SEARCH if who is None else _SEARCH_PEOPLE
    values = {"who": list(who or ()), "since": since, "until": until}
    page = {"before": before or _LATEST, "limit": limit}
    with connection.cursor(row_factory=class_row(AccessRecord)) as cursor:
        return cursor.execute(statement, values | page).fetchall()


def _found(connection: Connection[Any], statement: str, *values: object) -> list[AccessRecord]:
    with connection.cursor(row_factory=class_row(AccessRecord)) as cursor:
        return cursor.execute(statement, values).fetchall()


def glass_broken(connection: Connection[Any], principal: str, since: datetime) -> int:
    """Return for how many cases someone has broken the glass since a moment."""
    row = connection.execute(_GLASS_BROKEN, (principal, since)).fetchone()
    assert row is not None
    return int(row[0])


def cases_read(
    connection: Connection[Any], principal: str, since: datetime
) -> dict[UUID, datetime]:
    """Return which cases someone has read since a moment, and when last."""
    rows = connection.execute(_CASES_READ, (principal, since), prepare=True).fetchall()
    return {case_id: at for case_id, at in rows if case_id is not None}
