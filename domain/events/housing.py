"""Group b: what changes about homes and tenancies, and the hazards in them."""

from typing import Self

from pydantic import model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    AreaName,
    AuthorityRef,
    ItemId,
    Narrative,
    OrganisationName,
    PersonRef,
    PropertyRef,
    missing,
)
from domain.streams import FILES, PROPERTIES
from domain.times import Day
from domain.vocabulary.housing import HazardClass, HousingChange, HousingType, Tenure
from domain.vocabulary.people import TenureRole, YesNoUnknown


class HousingContextChanged(CaseEvent):
    """Something about a home or a tenancy changed; a case goes on past the end of a tenancy.

    The envelope's `property_ref` is the home it is about, and with a move the one that was left.
    """

    SUMMARY = "Something about a home or a tenancy changed."
    ACCOUNT = ("details",)
    STREAMS = FILES

    kind: HousingChange
    details: Narrative | None = None
    person: PersonRef | None = None
    """Whose tenancy or household it is."""
    tenure: Tenure | None = None
    """On what terms the person lives there from now on."""
    tenure_role: TenureRole | None = None
    """How the person holds or shares the home from now on."""
    housing_type: HousingType | None = None
    reference: ItemId | None = None
    """The tenancy, notice or account, as the housing management system calls it."""
    to_property: PropertyRef | None = None
    """With a move, the new home, where it is known."""
    to_authority: AuthorityRef | None = None
    """With a move, the local authority moved to; another than before asks for a handover."""
    handover_to: OrganisationName | None = None
    """The organisation that safeguarding was handed over to, where it was."""
    handed_over_on: Day | None = None

    @override
    def headline(self) -> str:
        where = f", to {self.to_authority}" if self.to_authority else ""
        return f"Housing changed: {self.kind.label.lower()}{where}"


class HazardLinked(CaseEvent):
    """A hazard in the home is being dealt with by repairs; the latest record of it holds.

    Repairs keep the clock and the work; here it only shows beside the case.
    """

    SUMMARY = "A hazard in the home, dealt with by repairs, was linked."
    ACCOUNT = ("details",)
    STREAMS = FILES

    hazard_ref: ItemId
    """The hazard as repairs refer to it."""
    hazard_class: HazardClass
    damp: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether it is damp or mould."""
    reported_on: Day
    details: Narrative | None = None

    @override
    def headline(self) -> str:
        damp = ", damp or mould" if self.damp is YesNoUnknown.YES else ""
        return f"Hazard linked: {self.hazard_class.label.lower()}{damp}, {self.reported_on}"


class PropertyDescribed(CaseEvent):
    """Where a property lies and what kind of home it is; the latest description holds as a whole.

    Counts by area rest on it, and so does what is not said of a case that happened there.
    """

    SUMMARY = "It was told where a property lies and what kind of home it is."
    STREAMS = PROPERTIES

    area_lsoa: AreaName | None = None
    """The statistical area it lies in (lower layer super output area), e.g. `E01000001`."""
    estate: AreaName | None = None
    block: AreaName | None = None
    """The building of several homes that it is part of."""
    authority: AuthorityRef | None = None
    """The local authority whose area it lies in."""
    housing_type: HousingType | None = None

    @model_validator(mode="after")
    def _names_the_property(self) -> Self:
        if self.property_ref is None:
            raise missing("property_ref", "to describe a property")
        return self

    @override
    def headline(self) -> str:
        parts = (self.housing_type and self.housing_type.label.lower(), self.block, self.estate)
        told = ", ".join(part for part in (*parts, self.area_lsoa, self.authority) if part)
        return f"Property described: {told or 'nothing known'}"
