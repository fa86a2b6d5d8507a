"""Tells events of the group consent: consent and what is shared."""

from domain.events.consent import (
    ConsentDecisionRecorded,
    ConsentOverridden,
    InformationReceived,
    InformationShared,
    PersonInformed,
)
from tests.support.telling import TENANT, teller, the

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
information_shared = teller(
    InformationShared,
    recipient={"agency": "police", "role": "Neighbourhood officer"},
    items=("The day and hour of the visit.",),
    legal_basis="legal-obligation",
    consent_ref=the("consent"),
    method="phone",
)
information_received = teller(
    InformationReceived,
    from_agency="police",
    topic="Earlier visits",
    new_to_us=True,
    onward_sharing="ask",
)
