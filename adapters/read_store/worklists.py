"""What there is to do over all cases: open actions, unanswered referrals, flags and reviews.

All is asked as whoever reads, so that what is counted is theirs to see, like what is listed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.sql import SQL, Composable

from adapters.read_store.numbered import By, Part, numbered_page
from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from domain.streams import StreamKind
from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.action_plan import ActionStatus, action_plan
from projections.attention import attention
from projections.case_access import case_access
from projections.case_state import case_state
from projections.case_state_row import CaseStatus
from projections.markers import markers
from projections.plans import plans
from projections.read_model import ReadModel
from projections.referral_answers import Unanswered
from projections.referrals import referrals
from projections.reviews import reviews

Whose = Literal["mine", "team", "all"]
"""Theirs to do; on cases that they lead or work on; or all that they may see."""

_NO_CASES = [kind.value for kind in StreamKind if kind is not StreamKind.CASE]
OF_A_CASE = SQL("split_part(t.case_ref, ':', 1) <> ALL ({})").format(sql.Literal(_NO_CASES))
"""Left out is what belongs to the landlord as a whole, and to no case."""

IS_OPEN_ACTION = SQL("t.status = ANY ({})").format(
    sql.Literal([status.value for status in ActionStatus if status.is_open])
)
AWAITS_FEEDBACK = SQL("t.unanswered ? {}").format(sql.Literal(Unanswered.FEEDBACK.value))
WAITS_SINCE = SQL("coalesce(t.resubmitted_at, t.sent_at)")
"""Since when an answer to a referral is waited for."""

_ON_CASES_OF = SQL(
    "t.case_id IN (SELECT a.case_id FROM {} AS a "
    "WHERE a.lead = ANY(%(staff)s) OR a.team ?| %(staff)s)"
).format(Table(case_access).name)
_LED_BY = SQL("t.case_id IN (SELECT a.case_id FROM {} AS a WHERE a.lead = ANY(%(staff)s))").format(
    Table(case_access).name
)


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """For whom a list is: somebody who works under these names, on this day and at this moment."""

    staff: Collection[str]
    today: date
    now: datetime

    @property
    def values(self) -> dict[str, Any]:
        """The values that conditions speak of."""
        return {"staff": sorted(self.staff), "today": self.today, "now": self.now}


ACTIONS_OF: dict[Whose, Composable] = {
    "mine": SQL("(t.owner = ANY(%(staff)s) OR (t.owner IS NULL AND {}))").format(_LED_BY),
    "team": _ON_CASES_OF,
    "all": SQL("true"),
}
REFERRALS_OF: dict[Whose, Composable] = {
    "mine": _LED_BY,
    "team": _ON_CASES_OF,
    "all": SQL("true"),
}
FLAGS_OF: dict[Whose, Composable] = {
    "mine": SQL("t.owner = ANY(%(staff)s)"),
    "team": SQL("(t.owner = ANY(%(staff)s) OR t.team ?| %(staff)s)"),
    "all": SQL("true"),
}


def open_actions(reader: For, whose: Whose, *, overdue: bool, safety: bool, part: Part) -> Question:
    """Return what asks for open actions, those due first coming first."""
    conditions = [OF_A_CASE, IS_OPEN_ACTION, ACTIONS_OF[whose]]
    conditions += [SQL("t.due < %(today)s")] if overdue else []
    conditions += [SQL("t.safety")] if safety else []
    return numbered_page(action_plan, conditions, [By(SQL("t.due"))], reader.values, part)


def unanswered_referrals(
    reader: For, whose: Whose, *, overdue: bool, routes: Sequence[str], part: Part
) -> Question:
    """Return what asks for referrals whose outcome is not known, longest waiting first."""
    conditions = [AWAITS_FEEDBACK, REFERRALS_OF[whose]]
    conditions += [SQL("t.feedback_due < %(today)s")] if overdue else []
    conditions += [SQL("t.route = ANY(%(routes)s)")] if routes else []
    values = {**reader.values, "routes": list(routes)}
    return numbered_page(referrals, conditions, [By(WAITS_SINCE)], values, part)


_FLAG_STATES = {
    Timeliness.OVERDUE: SQL("t.due_at <= %(now)s"),
    Timeliness.SOON: SQL("t.due_at > %(now)s AND t.soon_at <= %(now)s"),
    Timeliness.DUE: SQL("t.soon_at > %(now)s AND t.due_at > %(now)s"),
}
_STOPS = SQL("(t.effect = {})").format(sql.Literal(FlagEffect.STOP.value))


def standing_flags(
    reader: For,
    whose: Whose,
    *,
    rules: Sequence[str],
    states: Sequence[Timeliness],
    effects: Sequence[str],
    part: Part,
) -> Question:
    """Return what asks for flags, those that stop work first and then what is due first."""
    conditions: list[Composable] = [OF_A_CASE, FLAGS_OF[whose]]
    conditions += [SQL("t.rule = ANY(%(rules)s)")] if rules else []
    conditions += [SQL("t.effect = ANY(%(effects)s)")] if effects else []
    if states:
        either = SQL(" OR ").join(SQL("({})").format(_FLAG_STATES[state]) for state in states)
        conditions.append(SQL("({})").format(either))
    order = [By(_STOPS, descending=True), By(SQL("t.due_at"))]
    values = {**reader.values, "rules": list(rules), "effects": list(effects)}
    return numbered_page(attention, conditions, order, values, part)


ReviewKind = Literal["risk", "plan", "marker", "review"]


class _Review(NamedTuple):
    model: ReadModel[Any]
    due: Composable
    """The column that says by when to look again."""
    is_owed: Composable
    """Leaves out what nobody has to look at any more."""


_REVIEWS: dict[ReviewKind, _Review] = {
    "risk": _Review(
        case_state,
        SQL("t.risk_review_due"),
        SQL("t.status = {}").format(sql.Literal(CaseStatus.OPEN.value)),
    ),
    "plan": _Review(plans, SQL("t.review_due"), SQL("t.is_active")),
    "marker": _Review(markers, SQL("t.expires_on"), SQL("t.in_force")),
    "review": _Review(reviews, SQL("t.due"), SQL("t.first_submitted_at IS NULL")),
}


def reviews_due(kind: ReviewKind, reader: For, until: date, part: Part) -> Question:
    """Return what asks for what is to be looked at again `until` a day, the first due first: the
    risk in a case, a safeguarding plan, a warning marker; or what is owed to a review."""
    model, due, is_owed = _REVIEWS[kind]
    conditions = [SQL("{} <= %(until)s").format(due), is_owed, OF_A_CASE]
    return numbered_page(model, conditions, [By(due)], reader.values | {"until": until}, part)


_HEADS = SQL("""
SELECT t.case_id, t.classification, t.risk_level, t.lead, t.status
FROM {} AS t WHERE t.case_id = ANY(%(cases)s)
""").format(Table(case_state).name)
_NEXT_DUTIES = SQL("""
SELECT t.case_id, min(t.due_at), count(*) FILTER (WHERE t.due_at <= %(now)s),
       count(*) FILTER (WHERE t.effect = {stop})
FROM {table} AS t WHERE t.case_id = ANY(%(cases)s) GROUP BY t.case_id
""").format(table=Table(attention).name, stop=sql.Literal(FlagEffect.STOP.value))


def heads_of_cases(cases: Sequence[UUID]) -> Question:
    """Return what asks what a few cases are: id, classification, risk, lead and status."""
    return Question(_HEADS, {"cases": list(cases)})


def next_duties(cases: Sequence[UUID], now: datetime) -> Question:
    """Return what asks for the flags of a few cases: id, when the first is due, how many are
    overdue, and how many stop work."""
    return Question(_NEXT_DUTIES, {"cases": list(cases), "now": now})
