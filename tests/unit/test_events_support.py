"""Events of support: offers and their answers, measures, what housing brought to a plan."""

import pytest

from domain.events.envelope import CaseEvent
from domain.events.support import (
    HousingOfferMade,
    SupportMeasureProvided,
    SupportOffered,
    SupportResponded,
)
from domain.persons import named_in
from tests.support.admitting import CASE, PERSON, PROPERTY, on
from tests.support.shaping import headline, made, needed, refusal
from tests.support.stories import (
    TENANT,
    Told,
    concern_raised,
    housing_offer_made,
    support_measure_provided,
    support_offered,
    support_responded,
)


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (SupportOffered, {"offer_id", "kind", "to"}),
        (SupportResponded, {"offer_id", "response"}),
        (SupportMeasureProvided, {"measure_id", "kind", "ordered_on"}),
        (HousingOfferMade, {"kind"}),
    ],
)
def test_needs_no_more_than(event_type: type[CaseEvent], fields: set[str]) -> None:
    assert needed(event_type) == fields


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (support_offered(), "Support S1 offered: tenancy support"),
        (support_responded(), "Support S1: declined"),
        (support_measure_provided(), "Measure L1 (locks): ordered on 2024-03-02"),
        (
            support_measure_provided(kind="alarm", completed_on="2024-03-03", ends_on="2024-06-30"),
            "Measure L1 (alarm): completed on 2024-03-03, ends on 2024-06-30",
        ),
        (housing_offer_made(), "Housing offer to Strategy meeting: transfer to another home"),
        (
            housing_offer_made(to_forum=None, adopted="no"),
            "Housing offer: transfer to another home, not adopted",
        ),
        (
            housing_offer_made(to_forum=None, adopted="yes"),
            "Housing offer: transfer to another home, adopted",
        ),
    ],
)
def test_headline(told: Told, line: str) -> None:
    assert headline(told) == line


@pytest.mark.parametrize("field", ["completed_on", "ends_on"])
def test_a_measure_is_not_over_before_it_was_ordered(field: str) -> None:
    told = support_measure_provided(ordered_on="2024-03-02")
    assert refusal(told.but(**{field: "2024-03-01"})) == "before-ordered"
    made(told.but(**{field: "2024-03-02"}))


def test_an_offer_names_the_person_it_is_made_to() -> None:
    assert named_in(made(support_offered())) == (TENANT,)


class TestAdmission:
    @pytest.mark.parametrize("response", ["accepted", "declined", "no-reply"])
    def test_an_answer_waits_for_the_offer(self, response: str) -> None:
        answer = support_responded(response=response)
        on(CASE, concern_raised()).lets_wait(answer, "SupportOffered", "S1")
        on(CASE, concern_raised(), support_offered()).admits(answer)

    def test_an_answer_may_change(self) -> None:
        case = on(CASE, concern_raised(), support_offered(), support_responded())
        case.admits(support_responded(response="accepted"))

    def test_an_offer_is_made_once(self) -> None:
        case = on(CASE, concern_raised(), support_offered())
        case.contradicts(support_offered(), "S1", "already")

    def test_a_measure_is_told_again_when_completed(self) -> None:
        case = on(CASE, concern_raised(), support_measure_provided())
        case.admits(support_measure_provided(completed_on="2024-03-05"))

    @pytest.mark.parametrize("stream", [PERSON, PROPERTY])
    @pytest.mark.parametrize(
        "told", [support_offered(), support_measure_provided(), housing_offer_made()]
    )
    def test_needs_no_case(self, stream: str, told: Told) -> None:
        on(stream).admits(told)
