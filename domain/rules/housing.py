"""Rules about moves: to another area, and after domestic abuse."""

from collections.abc import Iterator
from datetime import timedelta

from domain.events.housing import HousingContextChanged
from domain.events.plan import DecisionRecorded
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History
from domain.rules.homes import TENANTS, tenure_role_of
from domain.rules.matters import domestic_abuse_signs
from domain.rules.patterns import day_of
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.housing import HousingChange
from domain.vocabulary.people import HARMED_OR_AT_RISK, PersonRole
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_working_day


@rule(
    "R23",
    "Move to another authority's area without handover",
    source="Cromwood story: a move out of the borough was considered; the number is ours",
    clears="a note since, with the move, of whom safeguarding was handed over to, or when; not "
    "closing the case",
    working_days=1,
)
def move_without_handover(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each person's latest such move; it outlives the case.

    An authority that the case itself does not name counts as another.
    """
    moves: dict[str | None, HousingContextChanged] = {
        event.person: event
        for event in case.all(HousingContextChanged)
        if event.kind is HousingChange.MOVE and event.to_authority is not None
    }
    for person, move in moves.items():
        since = case.after(move.occurred_at, HousingContextChanged)
        handed_over = any(
            (event.handover_to or event.handed_over_on) and event.person in (None, person)
            for event in since
        )
        if handed_over or move.to_authority == case.authority:
            continue
        under = terms.for_duty_of(move)
        yield Finding(
            under=under,
            because=(move,),
            since=move.known_at,
            due=by_working_day(move.known_at, under["working_days"]),
            why="Someone moved to the area of another authority, and it is not on record that "
            "safeguarding was handed over there.",
            item=f"move:{move.event_id}",
        )


_LEAVING = {HousingChange.TENANCY_END, HousingChange.MOVE, HousingChange.TENANCY_START}
_MAY_HOLD_A_TENANCY = HARMED_OR_AT_RISK - {PersonRole.CHILD_AT_RISK}


@rule(
    "R30",
    "Tenant who fled domestic abuse rehoused without a decision on tenure",
    source="Landlord policy on domestic abuse: who flees keeps a fully assured tenancy; how long "
    "before the report a move may lie is ours",
    clears="a decision on tenure, or the person no longer being seen as harmed or at risk; "
    "not closing the case",
    days_before_report=90,
)
def fled_without_tenure_decision(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a stop for each person harmed who left, or took up, a tenancy since the abuse.

    It cannot be seen why somebody moved, so any move about that time counts. Outlives the case.
    """
    signs = domestic_abuse_signs(case)
    decided = case.has(DecisionRecorded, where=lambda each: each.kind is DecisionKind.TENURE)
    if decided or not signs:
        return
    harmed = {*case.persons(*HARMED_OR_AT_RISK)}
    told: set[str | None] = set()
    for change in case.all(HousingContextChanged):
        under = terms.for_duty_of(change)
        earliest = day_of(signs[0]) - timedelta(days=under["days_before_report"])
        if change.kind not in _LEAVING or day_of(change) < earliest or change.person in told:
            continue
        if change.person is not None and (
            change.person not in harmed or not _may_be_tenant(case, change.person, before=change)
        ):
            continue
        told.add(change.person)
        yield Finding(
            under=under,
            because=(signs[0], change),
            since=max(change.known_at, signs[0].known_at),
            due=max(change.known_at, signs[0].known_at),
            why="A tenant left or took up a home after domestic abuse, and nobody has decided "
            "on their security of tenure: decide that before anything is let.",
            item=about_anyone(change.person, "tenure"),
            effect=FlagEffect.STOP,
        )


def _may_be_tenant(case: History, person: str, before: HousingContextChanged) -> bool:
    """Tell whether a person held a tenancy, as far as is known; of a child that is not supposed."""
    tenure = tenure_role_of(case, person, before=before)
    if tenure is None:
        return any(
            each.is_current and each.role in _MAY_HOLD_A_TENANCY for each in case.roles[person]
        )
    return tenure in TENANTS
