"""Makes the views of the dashboard from the SQL files beside this module.

A placeholder in them, such as {kpi_case}, is the table of a read model or a list of codes.
"""

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from psycopg import Cursor
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from adapters.read_store.feed import PARTITIONS
from adapters.read_store.second_belt import READER_ROLE
from adapters.read_store.tables import SCHEMA as TABLES
from adapters.read_store.tables import Table
from domain.vocabulary.coded import CodedList
from domain.vocabulary.referral import FeedbackQuality, ReferralDecision
from projections.action_plan import action_plan
from projections.attention import attention
from projections.authorities import forums
from projections.barriers import barriers
from projections.case_state import case_state
from projections.decisions import decisions
from projections.kpi_case import kpi_case
from projections.markers import markers
from projections.meetings import meetings
from projections.organisation import compliance, homes
from projections.people import people
from projections.properties import properties
from projections.read_model import ReadModel
from projections.recommendations import recommendations
from projections.referrals import referrals
from projections.reports import reports
from projections.reviews import reviews
from projections.sharing import sharing

ROLE = "case_timeline_dashboard"
"""The role that may read the views and nothing else."""

SCHEMA = "dashboard"

KEPT = "dashboard_counted_"
"""What the names of tables begin with that hold what was counted; see `counting.py`."""

READ_MODELS: tuple[ReadModel[Any], ...] = (
    action_plan,
    attention,
    barriers,
    case_state,
    compliance,
    decisions,
    forums,
    homes,
    kpi_case,
    markers,
    meetings,
    people,
    properties,
    recommendations,
    referrals,
    reports,
    reviews,
    sharing,
)
"""The read models that the views are made of."""

_VIEW = re.compile(r"^CREATE OR REPLACE VIEW (\w+)\.(\w+).+?;$", re.MULTILINE | re.DOTALL)
_VIEWS_MADE = """
SELECT relnamespace::regnamespace::text, relname FROM pg_class
WHERE relkind = 'v' AND relowner = to_regrole(current_user::text) AND (
    relnamespace = to_regnamespace(%s)
    OR relnamespace = to_regnamespace('read_models') AND starts_with(relname, 'dashboard_')
)
"""
_TABLES_KEPT = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = to_regnamespace(%s) AND starts_with(relname, %s)
"""
_PURPOSE = "Views for reports and dashboards; their comments say what they show. Made from "


def make(cursor: Cursor[Any]) -> None:
    """Make the views as this release has them, unless they stand or a table is missing yet.

    Call it within a transaction that keeps others from making tables or views.
    """
    if stands(cursor) or not all(Table(model).exists(cursor) for model in READ_MODELS):
        return
    # Views of another release may have other columns, which would be in the way.
    cursor.execute(_VIEWS_MADE, (SCHEMA,))
    for found in cursor.fetchall():
        cursor.execute(SQL("DROP VIEW IF EXISTS {} CASCADE").format(Identifier(*found)))
    for name in tables_kept(cursor):
        cursor.execute(SQL("DROP TABLE {}").format(Identifier(TABLES, name)))
    _make(cursor)


def tables_kept(cursor: Cursor[Any]) -> set[str]:
    """Return the names of the tables that hold what was counted."""
    cursor.execute(_TABLES_KEPT, (TABLES, KEPT))
    return {name for (name,) in cursor.fetchall()}


def make_again(cursor: Cursor[Any], table: Table[Any]) -> None:
    """Make the views anew, in place, that show a table which another has taken the place of.

    They stay what they are, with whatever was built on them, and no longer need the old table.
    """
    if stands(cursor):
        for model, name in _tables().items():
            if name == table.name:
                cursor.execute(_sql_over(model))


def _make(cursor: Cursor[Any]) -> None:
    cursor.execute(_sql())
    cursor.execute(
        SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(
            Identifier(SCHEMA), Identifier(ROLE)
        )
    )
    cursor.execute(
        SQL("COMMENT ON SCHEMA {} IS {}").format(Identifier(SCHEMA), Literal(_purpose()))
    )


def stands(cursor: Cursor[Any]) -> bool:
    """Tell whether the views are there, made from the same files."""
    names = [view.as_string(cursor) for view in _names()]
    cursor.execute(
        "SELECT obj_description(to_regnamespace(%s), 'pg_namespace') = %s "
        "AND (SELECT bool_and(to_regclass(name) IS NOT NULL) FROM unnest(%s::text[]) AS name)",
        (SCHEMA, _purpose(), names),
    )
    row = cursor.fetchone()
    return row is not None and bool(row[0])


@cache
def _tables() -> dict[str, Composable]:
    return {model.name: Table(model).name for model in READ_MODELS}


@cache
def _texts() -> tuple[str, ...]:
    folder = files("adapters.read_store.dashboard") / "views"
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    return tuple(path.read_text(encoding="utf-8") for path in paths if path.name.endswith(".sql"))


@cache
def _names() -> tuple[Identifier, ...]:
    return tuple(Identifier(*found.groups()) for text in _texts() for found in _VIEW.finditer(text))


@cache
def _sql() -> Composed:
    return _filled("\n".join(_texts()))


@cache
def _sql_over(model: str) -> Composed:
    """Return what makes the views that show the table of a read model itself."""
    views = (found[0] for text in _texts() for found in _VIEW.finditer(text))
    return _filled("\n".join(view for view in views if f"{{{model}}}" in view))


def _filled(text: str) -> Composed:
    decisions, feedback = list(ReferralDecision), FeedbackQuality
    lists = {
        "final_decisions": _codes(each for each in decisions if each.is_final),
        "accepting_decisions": _codes(each for each in decisions if each.is_acceptance),
        "adequate_feedback": _codes(each for each in feedback if each.is_adequate),
    }
    return SQL(text).format(
        **_tables(),
        **lists,
        model_ids=SQL(", ").join(Literal(model.id) for model in READ_MODELS),
        partitions=Literal(PARTITIONS),
        reader=Identifier(READER_ROLE),
    )


def _codes(codes: Iterable[CodedList]) -> Composed:
    return SQL(", ").join(Literal(code.value) for code in codes)


@cache
def _purpose() -> str:
    return f"{_PURPOSE}{sha256(_sql().as_string(None).encode()).hexdigest()}."
