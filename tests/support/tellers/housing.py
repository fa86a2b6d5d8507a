"""Tells events of the group housing: tenancies, homes and their hazards."""

from domain.events.housing import HazardLinked, HousingContextChanged, PropertyDescribed
from tests.support.telling import TENANT, teller

housing_changed = teller(HousingContextChanged, kind="tenancy-start", person=TENANT)
hazard_linked = teller(
    HazardLinked,
    hazard_ref="HZ-1",
    hazard_class="significant",
    damp="yes",
    reported_on="2024-03-01",
)
property_described = teller(
    PropertyDescribed,
    property_ref="uprn:100012345678",
    area_lsoa="E01000001",
    estate="Elm Park",
    block="Elm House",
    authority="E09000001",
    housing_type="general-needs",
)
