"""Tells cases tersely, and says what a read model makes of them.

    given(
        incident_reported("2024-03-01", category="asb"),
        reclassified("2024-03-12", from_="asb", to="adult"),
    ).when_seen(known_on="2024-03-05").then(case_state).has(classification="asb")

Every event has sensible defaults. It happens a day after the one before was recorded unless told
otherwise, is known when it happens, and is recorded when it is known or after what was recorded
before. Its name is `ref`, or else `e-` and its place in the case.
"""

from typing import Any

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
from tests.support.telling import (
    CASE_REF,
    NEIGHBOUR,
    SOURCE,
    TENANT,
    Fields,
    Teller,
    Told,
    id_of,
    moment,
    tell,
    the,
)
from tests.support.viewing import given

# Beside the tellers below, what a test of a case needs.
__all__ = [
    "CASE_REF",
    "NEIGHBOUR",
    "SOURCE",
    "TENANT",
    "Fields",
    "Teller",
    "Told",
    "given",
    "id_of",
    "moment",
    "tell",
    "the",
]


def _teller(event_type: type[CaseEvent], **defaults: Any) -> Teller:
    return Teller(event_type, defaults)


incident_reported = _teller(IncidentReported, kind="violence")
concern_raised = _teller(
    ConcernRaised,
    channel="housing-officer",
    basis="observation",
    reporter={"role": "Housing officer"},
    verbatim_account="He did not open the door and sounded afraid.",
    immediate_danger=False,
    safe_to_contact="unknown",
)
reclassified = _teller(Reclassified, from_="asb", to="adult", reason="He was the one attacked.")
case_allocated = _teller(CaseAllocated, lead="staff:12")
case_closed = _teller(
    CaseClosed, reason="risk-resolved", assurance="confirmed", risk_outcome="reduced"
)
case_reopened = _teller(CaseReopened, trigger="The same people came back.")
person_involved = _teller(
    PersonInvolved, person=TENANT, role="alleged-perpetrator", person_type="customer"
)
role_changed = _teller(
    PersonRoleChanged,
    person=TENANT,
    from_="alleged-perpetrator",
    to="victim",
    reason="They had come looking for him.",
)
communication_preference_recorded = _teller(
    CommunicationPreferenceRecorded, person=TENANT, method="phone", safe_channels=("phone",)
)
vulnerability_recorded = _teller(
    VulnerabilityRecorded,
    person=TENANT,
    vulnerability_type="mental-health",
    since="2020-01-01",
    information_source="Community mental health team",
    sensitivity="restricted",
)
consent_decided = _teller(
    ConsentDecisionRecorded, scope="refer", person=TENANT, state="given", sought_by="staff:12"
)
consent_overridden = _teller(
    ConsentOverridden,
    scope="refer",
    grounds=("risk-unacceptable",),
    rationale="They said they would be back.",
    decider="staff:1",
    risk_of_sharing="Low: nothing goes to his address.",
)
person_informed = _teller(PersonInformed, person=TENANT, about="referral", informed=True)
information_shared = _teller(
    InformationShared,
    recipient={"agency": "police", "role": "Neighbourhood officer"},
    items=("The day and hour of the visit.",),
    legal_basis="legal-obligation",
    consent_ref=the("consent"),
    method="phone",
)
information_received = _teller(
    InformationReceived,
    from_agency="police",
    topic="Earlier visits",
    new_to_us=True,
    onward_sharing="ask",
)
risk_assessed = _teller(
    RiskAssessed,
    person=TENANT,
    tool="general",
    level="high",
    rationale="They know where he lives.",
    review_due="2024-06-01",
)
visit_control_set = _teller(VisitControlSet, control="no-lone-visits", scope="property")
visit_control_lifted = _teller(
    VisitControlLifted, control="no-lone-visits", scope="property", reason="They were charged."
)
warning_issued = _teller(
    WarningIssued,
    kind="warning",
    against=TENANT,
    proportionality_note="A letter, as a first step.",
    equality_check="no",
)
enforcement_reviewed = _teller(
    EnforcementReviewed,
    action=the("warning"),
    outcome="withdrawn",
    reason="He was shouting for help.",
)
referral_sent = _teller(
    ReferralSent,
    referral_id="R1",
    route="mash",
    receiving_org="Borough council",
    consent_ref=the("consent"),
    content_hash="0" * 64,
    urgency="same-day",
    ask="A strategy meeting.",
    feedback_due="2024-04-01",
)
referral_acknowledged = _teller(ReferralAcknowledged, referral_id="R1")
referral_decided = _teller(ReferralDecisionReceived, referral_id="R1", decision="accepted-s42")
feedback_chased = _teller(
    FeedbackChased, referral_id="R1", attempt=1, to="MASH duty desk", method="phone"
)
feedback_received = _teller(
    FeedbackReceived,
    referral_id="R1",
    quality="decision-with-reasons",
    risk_assessed_confirmed="unknown",
    mitigation_confirmed="unknown",
    onward_sharing="ask",
)
meeting_convened = _teller(
    MeetingConvened,
    meeting_id="M1",
    forum="strategy",
    at="2024-03-20T10:00:00Z",
    convenor="adult-social-care",
    housing_invited="invited-in-time",
)
meeting_held = _teller(
    StrategyMeetingHeld,
    meeting_id="M1",
    forum="strategy",
    attendees=({"agency": "police", "role": "Detective sergeant"},),
    invite_state="invited-in-time",
)
decision_recorded = _teller(
    DecisionRecorded,
    kind="rehousing",
    options=("Stay, with new locks.", "Move out of the borough."),
    chosen="Move out of the borough.",
    rationale="They know where he lives.",
    decider="staff:1",
)
action_agreed = _teller(
    ActionAgreed,
    action_id="A1",
    text="Review lone working.",
    kind="policy-review",
    owner_org="Cromwood Homes",
    due="2024-12-31",
    safety=False,
    origin="meeting",
)
action_progressed = _teller(ActionProgressed, action_id="A1", note="A draft is with the team.")
action_rescheduled = _teller(
    ActionRescheduled, action_id="A1", new_due="2025-01-31", reason="The lead is away."
)
action_completed = _teller(ActionCompleted, action_id="A1")
action_cancelled = _teller(ActionCancelled, action_id="A1", reason="superseded")
event_corrected = _teller(
    EventCorrected,
    target=the("e-1"),
    field="narrative",
    reason="It was entered wrongly.",
    by="staff:12",
)

TELLERS: dict[type[CaseEvent], Teller] = {
    teller.event_type: teller for teller in list(globals().values()) if isinstance(teller, Teller)
}
"""How to tell an event of each type."""
