"""Tells events of the group sharing: advice, and information asked for, shared and received."""

from domain.events.sharing import (
    AdviceSought,
    InformationReceived,
    InformationRequested,
    InformationShared,
)
from tests.support.telling import teller, the

advice_sought = teller(
    AdviceSought,
    from_agency="adult-social-care",
    identities_disclosed=False,
    question="A tenant's door was kicked in twice. Is that one for you?",
)
information_requested = teller(
    InformationRequested,
    request_id="Q1",
    direction="outbound",
    party="police",
    items=("Earlier visits to the address.",),
    due="2024-06-01",
    legal_basis="safeguarding-condition",
)
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
