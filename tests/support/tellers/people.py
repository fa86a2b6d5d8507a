"""Tells events of the group people: people and their roles."""

from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    PersonRoleChanged,
    VulnerabilityEnded,
    VulnerabilityRecorded,
)
from domain.events.relationships import RelationshipEnded, RelationshipRecorded
from tests.support.telling import NEIGHBOUR, TENANT, teller

person_involved = teller(
    PersonInvolved, person=TENANT, role="alleged-perpetrator", person_type="customer"
)
role_changed = teller(
    PersonRoleChanged,
    person=TENANT,
    from_="alleged-perpetrator",
    to="victim",
    reason="They had come looking for him.",
)
communication_preference_recorded = teller(
    CommunicationPreferenceRecorded, person=TENANT, method="phone", safe_channels=("phone",)
)
vulnerability_recorded = teller(
    VulnerabilityRecorded,
    person=TENANT,
    vulnerability_type="mental-health",
    since="2020-01-01",
    information_source="Community mental health team",
    sensitivity="restricted",
)
vulnerability_ended = teller(
    VulnerabilityEnded,
    person=TENANT,
    vulnerability_type="mental-health",
    until="2024-06-01",
    sensitivity="restricted",
)
relationship_recorded = teller(
    RelationshipRecorded, a=NEIGHBOUR, b=TENANT, relationship="sibling", since="2024-01-01"
)
relationship_ended = teller(
    RelationshipEnded, a=NEIGHBOUR, b=TENANT, relationship="sibling", until="2024-06-01"
)
