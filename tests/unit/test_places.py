"""What the file of a property takes in: what is of that property, under any of its references."""

import pytest

from tests.support.admitting import PERSON, on
from tests.support.stories import (
    case_opened,
    event_corrected,
    housing_changed,
    incident_reported,
    property_described,
    the,
)
from tests.support.telling import CASE_REF, Told

FILE = "property:100012345678"
HOME, ANOTHER = "uprn:100012345678", "uprn:100099990042"
WHY = "its property_ref is not of the property whose file this is"


class TestTheFileOfAProperty:
    @pytest.mark.parametrize("told", [property_described(), incident_reported()])
    @pytest.mark.parametrize("ref", [ANOTHER, "100099990042", "property:100099990042"])
    def test_refuses_what_is_of_another(self, told: Told, ref: str) -> None:
        on(FILE).contradicts(told.but(property_ref=ref), WHY)

    @pytest.mark.parametrize("ref", [HOME, "100012345678", FILE])
    def test_takes_in_its_own_under_each_reference(self, ref: str) -> None:
        on(FILE).admits(property_described(property_ref=ref))

    def test_takes_in_what_does_not_say_where(self) -> None:
        on(FILE).admits(incident_reported(property_ref=None))

    def test_takes_in_what_another_system_calls_otherwise(self) -> None:
        # A home has a number of its own in every system; these cannot be compared.
        on(FILE).admits(property_described(property_ref="hms:U-17"))

    @pytest.mark.parametrize(("left", "to"), [(HOME, ANOTHER), (ANOTHER, HOME), (HOME, None)])
    def test_takes_in_a_move_there_or_away(self, left: str, to: str | None) -> None:
        on(FILE).admits(housing_changed(kind="move", property_ref=left, to_property=to))

    def test_refuses_a_move_between_others(self) -> None:
        told = housing_changed(kind="move", property_ref=ANOTHER, to_property="uprn:5")
        on(FILE).contradicts(told, WHY)

    def test_refuses_a_correction_that_makes_it_another(self) -> None:
        moved = event_corrected(target=the("e-1"), field="property_ref", was=HOME, now=ANOTHER)
        on(FILE, incident_reported(property_ref=HOME)).contradicts(
            moved, "it would move IncidentReported to another property than its file is of"
        )

    def test_lets_be_corrected_what_was_recorded_as_of_another(self) -> None:
        before = incident_reported(property_ref=ANOTHER, kind="noise")
        on(FILE, before).admits(
            event_corrected(target=the("e-1"), field="kind", was="noise", now="violence")
        )
        on(FILE, before).admits(
            event_corrected(target=the("e-1"), field="property_ref", was=ANOTHER, now=HOME)
        )


@pytest.mark.parametrize("stream", [CASE_REF, PERSON])
def test_cases_and_persons_may_have_to_do_with_any(stream: str) -> None:
    story = (case_opened(),) if stream == CASE_REF else ()
    on(stream, *story).admits(incident_reported(property_ref=ANOTHER))
