"""What the landlord tells of itself: its homes, its policies, how many staff are trained."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.organisation import (
    ComplianceReported,
    HomesCounted,
    PolicyAdopted,
    PolicyReviewed,
)
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import LANDLORD
from domain.vocabulary.housing import HousingType
from domain.vocabulary.organisation import ComplianceKind, PolicyOutcome
from projections.personal_columns import Authority, Document, Post, Reference
from projections.read_model import ReadModel, Row


class HomesRow(Row):
    """How many homes there were on a day; each count is kept, for rates of past years."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "count_of"

    count_of: Reference[str]
    """Which count it is: authority, kind of home and day."""
    authority: Authority[str]
    """The local authority in whose area they lie."""
    housing_type: HousingType
    """What kind of homes they are."""
    homes: int
    """How many there were; of several counts of the same day the one recorded last."""
    as_of: date
    """The day it says it was counted for."""
    recorded_at: datetime
    """When it was recorded."""


homes = ReadModel("homes", 1, HomesRow, streams=LANDLORD)


def _count_of(event: HomesCounted) -> tuple[str, ...]:
    return (f"{event.authority} {event.housing_type} {event.as_of}",)


@homes.on(HomesCounted, keys=_count_of)
def _counted(row: HomesRow | None, event: HomesCounted, key: str) -> HomesRow:
    return HomesRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        count_of=key,
        authority=event.authority,
        housing_type=event.housing_type,
        homes=event.homes,
        as_of=event.as_of,
        recorded_at=event.recorded_at,
    )


class ComplianceRow(Row):
    """How many staff had what they have to have on a day."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "count_of"

    count_of: Reference[str]
    """Which count it is: kind, day, and team where it is not of all staff."""
    kind: ComplianceKind
    """What they have to have."""
    team: Post[str | None]
    """Whose staff; None for all."""
    compliant: int
    """How many of them have it; of several counts of the same day those recorded last."""
    total: int
    """How many have to."""
    as_of: date
    """The day it was counted for."""


compliance = ReadModel("compliance", 1, ComplianceRow, streams=LANDLORD)


def _reported_for(event: ComplianceReported) -> tuple[str, ...]:
    return (" ".join(filter(None, (event.kind, str(event.as_of), event.team))),)


@compliance.on(ComplianceReported, keys=_reported_for)
def _reported(row: ComplianceRow | None, event: ComplianceReported, key: str) -> ComplianceRow:
    return ComplianceRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        count_of=key,
        kind=event.kind,
        team=event.team,
        compliant=event.compliant,
        total=event.total,
        as_of=event.as_of,
    )


class PolicyRow(Row):
    """One policy of the landlord's, with the day by which it is to be reviewed."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "policy_id"

    policy_id: Reference[str]
    """The policy's reference."""
    title: Document[str]
    """What it is called."""
    policy_version: Document[str]
    """The version that counts."""
    adopted_on: date
    """The day on which it was first approved."""
    approved_on: date
    """The day on which it, or its latest review, was approved."""
    approved_by: Post[str]
    """The post or body that did."""
    reviews: int
    """How often it was reviewed."""
    outcome: PolicyOutcome | None
    """What the latest review came to; None while there was none."""
    review_due: date | None
    """The day by which it is to be reviewed next; None once it was withdrawn."""


policy_calendar = ReadModel("policy_calendar", 1, PolicyRow, streams=LANDLORD)


@policy_calendar.of_whole_streams(PolicyAdopted, PolicyReviewed)
def _policies(history: History, _: Policy) -> Iterable[PolicyRow]:
    adopted = [event for event in history.recorded if isinstance(event, PolicyAdopted)]
    reviewed = [event for event in history.recorded if isinstance(event, PolicyReviewed)]
    for policy in {each.policy_id: each for each in adopted}.values():
        reviews = [each for each in reviewed if each.policy_id == policy.policy_id]
        yield _policy(policy, sorted(reviews, key=lambda it: (it.approved_on, it.version)))


def _policy(policy: PolicyAdopted, reviews: Sequence[PolicyReviewed]) -> PolicyRow:
    latest = reviews[-1] if reviews else None
    versions = (each.policy_version for each in reversed(reviews))
    return PolicyRow(
        case_id=policy.case_id,
        case_ref=policy.case_ref,
        policy_id=policy.policy_id,
        title=policy.title,
        policy_version=next(filter(None, versions), policy.policy_version),
        adopted_on=policy.approved_on,
        approved_on=(latest or policy).approved_on,
        approved_by=(latest or policy).approved_by,
        reviews=len(reviews),
        outcome=latest and latest.outcome,
        review_due=(latest or policy).due_for_review,
    )
