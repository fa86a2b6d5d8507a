"""Events of sharing: advice, requests for information, and what answers them."""

import pytest

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden, PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.sharing import (
    AdviceSought,
    InformationReceived,
    InformationRequested,
    InformationShared,
)
from domain.outcomes import Reason
from domain.streams import CASES, FILES
from tests.support.admitting import CASE, PERSON, on
from tests.support.shaping import headline, made, needed, refusal
from tests.support.stories import (
    TENANT,
    Fields,
    Told,
    advice_sought,
    concern_raised,
    consent_decided,
    information_received,
    information_requested,
    information_shared,
)


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (AdviceSought, {"from_agency", "identities_disclosed", "question"}),
        (InformationRequested, {"request_id", "direction", "party", "items", "due"}),
        (InformationShared, {"recipient", "items", "legal_basis", "method"}),
        (InformationReceived, {"from_agency", "topic", "new_to_us", "onward_sharing"}),
    ],
)
def test_needs_no_more_than(event_type: type[CaseEvent], fields: set[str]) -> None:
    assert needed(event_type) == fields


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (advice_sought(), "Advice sought (Adult social care), naming nobody"),
        (
            advice_sought(identities_disclosed=True, person=TENANT),
            "Advice sought (Adult social care), naming those concerned",
        ),
        (
            information_requested(),
            "Information request Q1: asked for from Police, due 2024-06-01",
        ),
        (
            information_requested(direction="inbound"),
            "Information request Q1: asked for by Police, due 2024-06-01",
        ),
    ],
)
def test_headline(told: Told, line: str) -> None:
    assert headline(told) == line


class TestAdviceWithoutNames:
    @pytest.mark.parametrize(
        "named",
        [
            {"subjects": ({"person": TENANT, "role": "victim"},)},
            {"person": TENANT},
            {"property_ref": "uprn:100012345678"},
        ],
    )
    def test_names_nobody(self, named: Fields) -> None:
        told = advice_sought(identities_disclosed=False).but(**named)
        assert refusal(told) == "identities-not-disclosed"
        made(told.but(identities_disclosed=True))

    def test_does_not_lie_on_the_file_of_a_person(self) -> None:
        on(PERSON).contradicts(advice_sought(), reason=Reason.WRONG_STREAM)


class TestRequests:
    def test_the_landlord_says_on_what_basis_it_asks(self) -> None:
        assert refusal(information_requested(legal_basis=None)) == "missing-member"

    def test_whoever_asks_the_landlord_may_not_have_said(self) -> None:
        made(information_requested(direction="inbound", legal_basis=None))

    def test_asks_for_something(self) -> None:
        assert refusal(information_requested(items=())) == "too_short"

    def test_is_made_once(self) -> None:
        case = on(CASE, concern_raised(), information_requested())
        case.contradicts(information_requested(), "Q1", "already")
        case.admits(information_requested(request_id="Q2"))

    @pytest.mark.parametrize(
        "answer",
        [information_shared(request_id="Q1"), information_received(request_id="Q1")],
    )
    def test_what_answers_one_does_not_wait_for_it(self, answer: Told) -> None:
        on(CASE, concern_raised(), consent_decided(ref="consent")).admits(answer)


def test_sharing_about_a_child_at_risk_rests_on_nothing() -> None:
    about = {"person": "person:child", "role": "child-at-risk"}
    assert refusal(information_shared(consent_ref=None)) == "missing-member"
    made(information_shared(consent_ref=None, subjects=(about,)))


def test_what_is_sealed_is_shared_by_the_safeguarding_officer_alone() -> None:
    assert refusal(information_shared(sealed_items=True)) == "missing-member"
    made(information_shared(sealed_items=True, released_by="staff:1"))


def test_consent_and_sharing_may_lie_on_the_file_of_a_person() -> None:
    on(PERSON, consent_decided(ref="consent")).admits(information_shared())
    on(PERSON).admits(information_requested(direction="inbound"))
    assert ConsentDecisionRecorded.STREAMS == ConsentOverridden.STREAMS == FILES
    assert PersonInformed.STREAMS == InformationShared.STREAMS == FILES
    assert AdviceSought.STREAMS == CASES
