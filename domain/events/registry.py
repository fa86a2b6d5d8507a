"""The closed registry of event types: a name that is not here is not an event."""

from domain.events.consent import (
    ConsentDecisionRecorded,
    ConsentOverridden,
    InformationReceived,
    InformationShared,
    PersonInformed,
)
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
)
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    PersonRoleChanged,
    VulnerabilityRecorded,
)
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionRescheduled,
    DecisionRecorded,
)
from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralSent,
)
from domain.events.risk import (
    EnforcementReviewed,
    RiskAssessed,
    VisitControlLifted,
    VisitControlSet,
    WarningIssued,
)

_CATALOGUE: tuple[type[CaseEvent], ...] = (
    IncidentReported,
    ConcernRaised,
    Reclassified,
    CaseAllocated,
    CaseClosed,
    CaseReopened,
    PersonInvolved,
    PersonRoleChanged,
    CommunicationPreferenceRecorded,
    VulnerabilityRecorded,
    ConsentDecisionRecorded,
    ConsentOverridden,
    PersonInformed,
    InformationShared,
    InformationReceived,
    RiskAssessed,
    VisitControlSet,
    VisitControlLifted,
    WarningIssued,
    EnforcementReviewed,
    ReferralSent,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    FeedbackChased,
    FeedbackReceived,
    MeetingConvened,
    StrategyMeetingHeld,
    DecisionRecorded,
    ActionAgreed,
    ActionProgressed,
    ActionRescheduled,
    ActionCompleted,
    ActionCancelled,
    EventCorrected,
)

EVENT_TYPES: dict[str, type[CaseEvent]] = {event.__name__: event for event in _CATALOGUE}
"""Every event type by its name in the catalogue."""


def current_schema_version(event_type: type[CaseEvent]) -> int:
    """Return the schema version in which events of this type are written today."""
    version = event_type.model_fields["schema_version"].default
    assert isinstance(version, int)
    return version
