"""Answers about cases, persons and properties. The rows are those of the read models."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from projections.action_plan import ActionRow
from projections.attention import AttentionRow
from projections.case_state_row import CaseStateRow
from projections.links import LinkRow
from projections.meetings import MeetingRow
from projections.person_history import PersonHistoryRow
from projections.person_row import PersonRow
from projections.property_history import PropertyHistoryRow
from projections.read_model import Row
from projections.referrals import ReferralRow
from projections.risk_row import RiskRow
from projections.timeline import TimelineRow
from services.cli.answers.base import Answer

R = TypeVar("R", bound=Row)


class Register(Answer):
    """`register`: cases by reference; `more` tells whether `--limit` cut the list."""

    rows: Sequence[CaseStateRow]
    more: bool


class CaseView(Answer, Generic[R]):
    """`case REF --view VIEW`: the rows of one read model."""

    case_ref: str
    view: str
    known_on: date | None
    recorded_by: datetime | None
    rows: Sequence[R]
    hindsight: Sequence[TimelineRow]
    """What had happened by `known_on` but came to be known only later."""


def case_view_of(row: type[Row]) -> type[CaseView[Any]]:
    """Return the answer of a view whose rows are of this class."""
    return cast("type[CaseView[Any]]", CaseView.__class_getitem__(row))


class CaseFile(Answer):
    """`case REF`: all views of a case together."""

    case_ref: str
    known_on: date | None
    recorded_by: datetime | None
    state: CaseStateRow | None
    timeline: Sequence[TimelineRow]
    actions: Sequence[ActionRow]
    referrals: Sequence[ReferralRow]
    meetings: Sequence[MeetingRow]
    risk: Sequence[RiskRow]
    people: Sequence[PersonRow]
    attention: Sequence[AttentionRow]
    """The flags that stand, the most urgent first."""
    linked_from: Sequence[LinkRow]
    """The links to it that other cases tell of; its own are in the view `links`."""
    other_views: dict[str, int]
    """How many rows each other view has that has any."""
    hindsight: Sequence[TimelineRow]


class PersonHistory(Answer):
    """`person`: what each case and file holds of one person, the latest mentioned first."""

    person: str
    """The reference asked for."""
    references: Sequence[str]
    """All references that are of this person."""
    rows: Sequence[PersonHistoryRow]


class PropertyHistory(Answer):
    """`property`: what each case and file holds of one property, the latest mentioned first."""

    place: str
    rows: Sequence[PropertyHistoryRow]
