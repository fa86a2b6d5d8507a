"""Properties: where each lies and what kind of home it is, as the housing system describes it."""

from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.housing import PropertyDescribed
from domain.latest import supersedes
from domain.streams import PROPERTIES
from domain.vocabulary.housing import HousingType
from projections.personal_columns import Area, Authority, Place
from projections.read_model import ReadModel, Row


class PropertyRow(Row):
    """One property as it was last described; what that left out is not known."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "property_ref"

    property_ref: Place[str]
    """The property, as events name where they happened."""
    area_lsoa: Area[str | None]
    """The statistical area it lies in (lower layer super output area)."""
    estate: Area[str | None]
    """The estate it is part of."""
    block: Area[str | None]
    """The building of several homes that it is part of."""
    authority: Authority[str | None]
    """The local authority whose area it lies in."""
    housing_type: HousingType | None
    """What kind of home it is."""
    described_at: datetime
    """Since when that holds."""


properties = ReadModel("properties", 1, PropertyRow, streams=PROPERTIES)


def _its_property(event: PropertyDescribed) -> tuple[str, ...]:
    return (event.property_ref,) if event.property_ref else ()


@properties.on(PropertyDescribed, keys=_its_property)
def _described(row: PropertyRow | None, event: PropertyDescribed, key: str) -> PropertyRow:
    if row is not None and not supersedes(event, row.described_at):
        return row
    return PropertyRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        property_ref=key,
        area_lsoa=event.area_lsoa,
        estate=event.estate,
        block=event.block,
        authority=event.authority,
        housing_type=event.housing_type,
        described_at=event.occurred_at,
    )
