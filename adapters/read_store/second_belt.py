"""Row-level security on the read models: the role that reads for somebody sees what is theirs.

The service owns the tables and goes on writing them; its policies hold for the reader alone. They
rest on views of constant names, so that the table of a read model may be replaced below them. With
nothing said of who reads, or with a table missing that says for whom a case is, nothing is seen.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from psycopg import Cursor
from psycopg.sql import SQL, Composed, Identifier, Literal

from adapters.read_store.tables import SCHEMA, Table
from domain.streams import CASES
from projections.case_access import case_access
from projections.person_history import person_history
from projections.read_model import ReadModel

READER_ROLE = "case_timeline_reader"
"""The role that reads for somebody: it owns nothing, and sees what the policies let it see."""

_RESTING_ON: tuple[ReadModel[Any], ...] = (case_access, person_history)

# What `domain.access` decides from events, as far as rows tell: a conflict closes a case whatever
# else; a restriction closes it to whoever is not named; else it has to be theirs in some way.
# `*` among the areas stands for all of them, and an empty one for cases of no known authority.
_VIEWS = """
CREATE OR REPLACE VIEW read_models.closed_streams AS
SELECT p.case_id FROM {person_history} AS p
WHERE p.person = ANY ((SELECT read_models.visitor('conflicting'))::text[]);

CREATE OR REPLACE VIEW read_models.open_cases AS
SELECT a.case_id FROM {case_access} AS a
WHERE (
    (
        (
            '*' = ANY ((SELECT read_models.visitor('areas'))::text[])
            OR coalesce(a.authority, '') = ANY ((SELECT read_models.visitor('areas'))::text[])
            OR a.lead = ANY ((SELECT read_models.visitor('caseload'))::text[])
            OR a.team ?| (SELECT read_models.visitor('caseload'))
            OR a.case_id = ANY ((SELECT read_models.visitor('reviews'))::uuid[])
        )
        AND (NOT a.is_restricted OR a.named ?| (SELECT read_models.visitor('staff')))
    )
    OR a.case_id = ANY ((SELECT read_models.visitor('opened'))::uuid[])
)
AND (
    a.conflicts = '[]'
    OR NOT jsonb_path_query_array(a.conflicts, '$[*][1]') ?| (SELECT read_models.visitor('staff'))
)
AND NOT EXISTS (SELECT FROM read_models.closed_streams AS c WHERE c.case_id = a.case_id);

COMMENT ON VIEW read_models.open_cases IS {made_from};
"""

_IS_OPEN = "EXISTS (SELECT FROM read_models.open_cases AS c WHERE c.case_id = {table}.case_id)"
_IS_OPEN_FILE = """
split_part({table}.case_ref, ':', 1) = ANY ((SELECT read_models.visitor('kinds'))::text[])
AND {table}.case_id NOT IN (SELECT c.case_id FROM read_models.closed_streams AS c)
"""

_COVER = """
ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY visitor ON {name} FOR SELECT TO {reader} USING ({condition});
GRANT SELECT ON {name} TO {reader};
"""

_COVERED = """
SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
WHERE relnamespace = %s::regnamespace AND relrowsecurity AND polname = 'visitor'
"""


def cover(cursor: Cursor[Any], table: Table[Any]) -> None:
    """Let the reader see of a table what is open to whoever it reads for; once per table."""
    condition = _IS_OPEN
    if table.streams - CASES:
        condition = f"{_IS_OPEN} OR ({_IS_OPEN_FILE})"
    bare = Identifier(table.bare_name)
    cursor.execute(
        SQL(_COVER).format(
            name=table.name,
            reader=Identifier(READER_ROLE),
            condition=SQL(condition).format(table=bare),
        )
    )


def cover_all(cursor: Cursor[Any], models: Iterable[ReadModel[Any]]) -> None:
    """Cover the tables of these read models that are there and are not covered yet."""
    cursor.execute(_COVERED, (SCHEMA,))
    covered = {name for (name,) in cursor.fetchall()}
    for table in map(Table, models):
        if table.bare_name not in covered:
            cover(cursor, table)


def open_views(cursor: Cursor[Any]) -> None:
    """Make the views that policies rest on, unless they stand or a table is missing yet."""
    cursor.execute("SELECT obj_description('read_models.open_cases'::regclass)")
    found = cursor.fetchone()
    is_made = found is not None and found[0] == _made_from()
    if not is_made and all(Table(model).exists(cursor) for model in _RESTING_ON):
        cursor.execute(_views())


def open_views_again(cursor: Cursor[Any], table: Table[Any]) -> None:
    """Make the views anew, in place, if a table has taken the place of one that they show."""
    if table.name in [Table(model).name for model in _RESTING_ON]:
        cursor.execute(_views())


def _views() -> Composed:
    tables = {model.name: Table(model).name for model in _RESTING_ON}
    return SQL(_VIEWS).format(**tables, made_from=Literal(_made_from()))


def _made_from() -> str:
    """Return what tells these views from those of another release."""
    tables = (Table(model).bare_name for model in _RESTING_ON)
    text = "\n".join((_VIEWS, *tables))
    return f"Made from {sha256(text.encode()).hexdigest()}."
