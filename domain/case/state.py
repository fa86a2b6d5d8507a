"""The little of a case that admission must know; folded from its events by `evolving`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.events.envelope import UNRECORDED, Item
from domain.events.integrity import EventCorrected
from domain.vocabulary.people import PersonRole
from domain.vocabulary.referral import ReferralDecision
from domain.vocabulary.risk import RiskLevel, VisitControl, VisitControlScope
from domain.vocabulary.safeguarding import Classification


@dataclass(frozen=True, slots=True)
class Action:
    """An agreed action: when it was, whether it is still open, whether it keeps someone safe."""

    agreed_at: datetime
    is_open: bool
    safety: bool


@dataclass(frozen=True, slots=True)
class ControlTimes:
    """When a precaution for visits was set, and when it was lifted."""

    set_at: tuple[datetime, ...] = ()
    lifted_at: tuple[datetime, ...] = ()

    def in_force_at(self, moment: datetime) -> bool:
        """Tell whether it was set no later than `moment`, and not lifted since."""
        since = max((at for at in self.set_at if at <= moment), default=None)
        return since is not None and not any(since <= at <= moment for at in self.lifted_at)


Precaution = tuple[VisitControl, VisitControlScope]


@dataclass(frozen=True, slots=True)
class CaseState:
    """What a stream is after `version` events; the state of a case that has none is the default."""

    version: int = UNRECORDED
    last_recorded_at: datetime | None = None
    classification: Classification | None = None
    opened_at: datetime | None = None
    """When what opened the case happened."""
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
    roles: Mapping[str, frozenset[PersonRole]] = field(default_factory=dict)
    """The roles each person has or had."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    referrals: Mapping[str, ReferralDecision | None] = field(default_factory=dict)
    visit_controls: Mapping[Precaution, ControlTimes] = field(default_factory=dict)
    consent_overridden: bool = False
    items: frozenset[Item] = frozenset()
    """What has begun within the stream: actions, referrals, meetings and the like."""
    corrections: Mapping[UUID, tuple[EventCorrected, ...]] = field(default_factory=dict)
    """The corrections so far, by the event they correct."""

    @property
    def is_open(self) -> bool:
        """Whether a concern or an incident has opened the case, and it is not closed."""
        return self.classification is not None and not self.is_closed
