"""Tells events of the group consent: consent, its override, what the person is told."""

from domain.events.consent import (
    ConsentDecisionRecorded,
    ConsentOverridden,
    PersonInformed,
)
from tests.support.telling import TENANT, teller

consent_decided = teller(
    ConsentDecisionRecorded, scope="refer", person=TENANT, state="given", sought_by="staff:12"
)
consent_overridden = teller(
    ConsentOverridden,
    scope="refer",
    grounds=("risk-unacceptable",),
    rationale="They said they would be back.",
    decider="staff:1",
    risk_of_sharing="Low: nothing goes to his address.",
)
person_informed = teller(PersonInformed, person=TENANT, about="referral", informed=True)
