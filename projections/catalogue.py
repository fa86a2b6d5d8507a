"""Every read model by its name."""

from typing import Any

from projections.action_plan import action_plan
from projections.attention import attention
from projections.audit import audit
from projections.authorities import authority_agreements, forums
from projections.authority_contacts import authority_contacts
from projections.barriers import barriers
from projections.case_access import case_access
from projections.case_state import case_state
from projections.chronology import chronology
from projections.contacts import contacts
from projections.data_quality import data_quality
from projections.decisions import decisions, oversight
from projections.enforcement_steps import enforcement
from projections.enquiries import enquiries
from projections.escalations import escalations
from projections.hazards import hazards
from projections.hoarding import hoarding
from projections.information_requests import information_requests
from projections.kpi_case import kpi_case
from projections.links import links
from projections.markers import markers
from projections.meetings import meetings
from projections.monitoring import monitoring
from projections.organisation import compliance, homes, policy_calendar
from projections.people import people
from projections.person_history import person_history
from projections.plans import plans
from projections.properties import properties
from projections.property_history import property_history
from projections.read_model import ReadModel
from projections.recommendations import learning, recommendations
from projections.referrals import referrals
from projections.relationships import relationships
from projections.reports import reports
from projections.reviews import reviews
from projections.rights import rights
from projections.risk import risk
from projections.sharing import sharing
from projections.support import support
from projections.timeline import timeline
from projections.triages import triages

_ALL: tuple[ReadModel[Any], ...] = (
    case_state,
    timeline,
    action_plan,
    referrals,
    meetings,
    risk,
    people,
    relationships,
    hoarding,
    hazards,
    markers,
    support,
    enforcement,
    contacts,
    links,
    person_history,
    property_history,
    attention,
    kpi_case,
    reports,
    properties,
    homes,
    compliance,
    policy_calendar,
    authority_agreements,
    forums,
    authority_contacts,
    sharing,
    information_requests,
    barriers,
    escalations,
    enquiries,
    triages,
    monitoring,
    plans,
    decisions,
    oversight,
    reviews,
    recommendations,
    learning,
    chronology,
    audit,
    data_quality,
    rights,
    case_access,
)

READ_MODELS: dict[str, ReadModel[Any]] = {model.name: model for model in _ALL}
"""Every read model by its name, which is also that of its table."""
