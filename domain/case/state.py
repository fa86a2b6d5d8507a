"""The little of a case that admission must know; folded from its events by `evolving`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BeforeValidator, PlainSerializer

from domain.course import BEGUN, Course
from domain.events.envelope import UNRECORDED, Item
from domain.events.integrity import EventCorrected
from domain.vocabulary.challenge import EscalationSubject
from domain.vocabulary.lifecycle import CaseRelation
from domain.vocabulary.people import PersonRole
from domain.vocabulary.referral import ReferralDecision
from domain.vocabulary.risk import RiskLevel, VisitControl, VisitControlScope
from domain.vocabulary.safeguarding import Classification


@dataclass(frozen=True, slots=True)
class Action:
    """An agreed action: when it was, whether it keeps someone safe, whether it is still open."""

    agreed_at: datetime
    """When it was agreed, or last opened again."""
    safety: bool
    course: Course = BEGUN

    @property
    def is_open(self) -> bool:
        """Whether it has yet to be carried out."""
        return self.course.is_open


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral: the decision on it, and how often it was decided for good and put again."""

    decision: ReferralDecision | None = None
    course: Course = BEGUN


Challenge = tuple[EscalationSubject, str | None, int]
"""A challenge at a stage: over what kind of thing, its reference, and the stage."""


@dataclass(frozen=True, slots=True)
class ControlTimes:
    """When a precaution for visits was set or a link made, and when it was lifted or undone."""

    set_at: tuple[datetime, ...] = ()
    lifted_at: tuple[datetime, ...] = ()

    def in_force_at(self, moment: datetime) -> bool:
        """Tell whether it was set no later than `moment`, and not lifted since."""
        since = max((at for at in self.set_at if at <= moment), default=None)
        return since is not None and not any(since <= at <= moment for at in self.lifted_at)


Precaution = tuple[VisitControl, VisitControlScope]
Link = tuple[str, CaseRelation]
"""The reference of another case or file, and what links the case to it."""


_K = TypeVar("_K")
_V = TypeVar("_V")

_NONE: Mapping[Any, Any] = MappingProxyType({})


def _pairs(mapping: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return list(mapping.items())


def _of_pairs(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return {tuple(key) if isinstance(key, list) else key: held for key, held in value}


By = Annotated[Mapping[_K, _V], PlainSerializer(_pairs), BeforeValidator(_of_pairs)]
"""A mapping that is written to JSON as pairs, since its keys may be tuples."""


class CaseState(NamedTuple):
    """What a stream is after `version` events; the state of a case that has none is the default.

    A named tuple, since it changes with every event and that is several times faster than with a
    dataclass.
    """

    version: int = UNRECORDED
    last_recorded_at: datetime | None = None
    classification: Classification | None = None
    opened_at: datetime | None = None
    """When what says what the case is treated as to begin with happened."""
    formally_opened: bool = False
    """Whether a `CaseOpened` says what the case is treated as to begin with."""
    reclassified: bool = False
    classified_at: datetime | None = None
    """When what classified the case as it is happened."""
    lead: str | None = None
    allocated_at: datetime | None = None
    is_closed: bool = False
    closed_at: datetime | None = None
    """When the latest closing happened."""
    risk_level: RiskLevel | None = None
    risk_assessed_at: datetime | None = None
    any_risk_assessed: bool = False
    """Whether any risk was assessed, with whatever tool."""
    roles: By[str, frozenset[PersonRole]] = _NONE
    """The roles each person has or had."""
    actions: By[str, Action] = _NONE
    referrals: By[str, Referral] = _NONE
    challenges: frozenset[Challenge] = frozenset()
    visit_controls: By[Precaution, ControlTimes] = _NONE
    links: By[Link, ControlTimes] = _NONE
    consent_overridden: bool = False
    capacity_considered: frozenset[str] = frozenset()
    """The persons whose capacity to take some decision was considered."""
    staff_allegation_raised: bool = False
    items: frozenset[Item] = frozenset()
    """What has begun within the stream: actions, referrals, meetings and the like."""
    ended: frozenset[Item] = frozenset()
    """What has begun and ended again: contacts and seats of an authority, grants, conflicts."""
    holds: frozenset[str] = frozenset()
    """The retention holds that stand."""
    chronologies: By[tuple[str, int], str] = _NONE
    """The hash of each chronology that was submitted, by review and version."""
    rules_overridden: frozenset[str] = frozenset()
    """The rules that have had other parameters."""
    corrections: By[UUID, tuple[EventCorrected, ...]] = _NONE
    """The corrections so far, by the event they correct."""

    @property
    def is_open(self) -> bool:
        """Whether anything has opened the case, and it is not closed."""
        return self.classification is not None and not self.is_closed
