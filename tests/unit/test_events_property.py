"""The description of a property: what it needs, refuses and says, and where it belongs."""

import pytest

from domain.events.housing import PropertyDescribed
from domain.personal import NotPersonal, marks
from domain.streams import PROPERTIES, StreamKind
from domain.vocabulary.housing import HousingType
from tests.support.shapes import filled_in, own_fields
from tests.support.shaping import headline, needed, refusal
from tests.support.stories import property_described

OWN = ("area_lsoa", "estate", "block", "authority", "housing_type")
NOTHING_KNOWN = property_described().but(**dict.fromkeys(OWN))


def test_is_made_of_what_may_all_be_unknown() -> None:
    assert own_fields(PropertyDescribed) == " ".join(f"[{name}]" for name in OWN)
    assert needed(PropertyDescribed) == set()


def test_holds_what_it_was_told() -> None:
    event = filled_in(PropertyDescribed)
    assert isinstance(event, PropertyDescribed)
    assert (event.area_lsoa, event.housing_type) == ("E01000001", HousingType.SHELTERED)


def test_names_the_property() -> None:
    assert refusal(property_described(property_ref=None)) == "missing-member"


def test_belongs_to_the_file_of_a_property() -> None:
    assert PropertyDescribed.STREAMS == PROPERTIES == {StreamKind.PROPERTY}


def test_areas_are_no_personal_data() -> None:
    areas = {path for path, mark in marks(PropertyDescribed) if isinstance(mark, NotPersonal)}
    assert {"area_lsoa", "estate", "block"} <= areas


@pytest.mark.parametrize("field", ["area_lsoa", "estate", "block"])
@pytest.mark.parametrize("value", ["", "two\nlines", " begins with a space", "x" * 101])
def test_an_area_has_a_short_name_on_one_line(field: str, value: str) -> None:
    assert refusal(property_described(**{field: value})) == "string_pattern_mismatch"


def test_headline_is_one_line_without_where_it_is_exactly() -> None:
    assert headline(property_described()) == (
        "Property described: general needs, Elm House, Elm Park, E01000001, E09000001"
    )
    assert headline(NOTHING_KNOWN) == "Property described: nothing known"
