"""Tells events of the group support: offers, answers, measures."""

from domain.events.support import (
    HousingOfferMade,
    SupportMeasureProvided,
    SupportOffered,
    SupportResponded,
)
from tests.support.telling import TENANT, teller

support_offered = teller(SupportOffered, offer_id="S1", kind="tenancy-support", to=TENANT)
support_responded = teller(SupportResponded, offer_id="S1", response="declined")
support_measure_provided = teller(
    SupportMeasureProvided, measure_id="L1", kind="locks", person=TENANT, ordered_on="2024-03-02"
)
housing_offer_made = teller(HousingOfferMade, kind="transfer", to_forum="strategy")
