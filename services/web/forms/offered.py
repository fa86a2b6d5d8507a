"""What of a case a question offers to choose from, so that nobody has to know references."""

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.enforcement import EnforcementActionTaken, WarningIssued
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import ConcernRaised, IncidentReported
from domain.events.voice import CapacityConsidered

PEOPLE = "people"
EVENTS = "events"
"""Any event of the case."""
RULES = "rules"
"""The rules that raise flags, whatever the file."""
FILED = "filed"
"""What stands on a file of its own: none of it is offered, but a link to a form may name it."""

ITEMS = {
    "action_id": "action_plan",
    "residual_actions": "action_plan",
    "referral_id": "referrals",
    "earlier_referral": "referrals",
    "meeting_id": "meetings",
    "plan_id": "plans",
    "plan_ref": "plans",
    "escalation_id": "escalations",
    "enquiry_id": "enquiries",
    "marker_id": "markers",
    "offer_id": "support",
    "review_id": "reviews",
    "recommendation_id": "recommendations",
    "recommendation_ids": "recommendations",
    "hold_id": "rights",
    "glass_id": "attention",
    "rule": RULES,
    "grant_id": FILED,
    "review_grant_id": FILED,
    "conflict_id": FILED,
    "policy_id": FILED,
    "contact_id": FILED,
    "forum_id": FILED,
}
"""The read model whose rows a field names, or else what it names, by the field."""

REQUESTS = {
    "InformationShared": "information_requests",
    "InformationReceived": "information_requests",
    "SubjectAccessFulfilled": "rights",
}
"""The same for `request_id`, which is another thing in each of these types."""

EVENT_TYPES_OFFERED: dict[str, tuple[type[CaseEvent], ...]] = {
    "consent_ref": (ConsentDecisionRecorded,),
    "override_ref": (ConsentOverridden,),
    "capacity_ref": (CapacityConsidered,),
    "incident": (IncidentReported, ConcernRaised),
    "opened_from": (IncidentReported, ConcernRaised),
    "action": (WarningIssued, EnforcementActionTaken),
}
"""The only types of events that a field may name; any other field may name any event."""


def offered_items(event_type: str, field: str) -> str | None:
    """Return the read model whose rows a field with a reference names, or else what it names; None
    of any other field."""
    return REQUESTS.get(event_type) if field == "request_id" else ITEMS.get(field)


def offered_events(field: str) -> str:
    """Return the name of the events that a field may name."""
    return f"{EVENTS}:{field}" if field in EVENT_TYPES_OFFERED else EVENTS
