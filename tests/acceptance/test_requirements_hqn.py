"""What the article on good practice among landlords asks for, where no other test shows it: 1.x."""

from collections.abc import Iterator

import pytest

from projections.case_state import case_state
from projections.people import people
from projections.referrals import referrals
from tests.support.dashboards import Figures
from tests.support.read_stores import Stores, opened
from tests.support.stories import (
    TENANT,
    Told,
    case_closed,
    case_opened,
    concern_raised,
    consent_decided,
    feedback_received,
    given,
    housing_changed,
    incident_reported,
    meeting_held,
    person_involved,
    referral_decided,
    referral_sent,
)

ONE, OTHER = "E09000001", "E09000002"


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


def adult_case(authority: str, *story: Told) -> tuple[Told, ...]:
    opened_with = concern_raised("2024-03-01", strands=("adult",))
    return (opened_with, case_opened(authority=authority, initial_classification="adult"), *story)


def test_authorities_stand_beside_each_other_by_how_often_housing_was_asked(
    stores: Stores,
) -> None:
    """Requirement 1.6: a league by authority."""

    def held(number: int, state: str) -> Told:
        return meeting_held(f"2024-03-1{number}", meeting_id=f"M{number}", invite_state=state)

    stores.told("asb:1", *adult_case(ONE, held(0, "invited-in-time"), held(1, "invited-late")))
    stores.told("asb:2", *adult_case(OTHER, held(2, "not-invited"), held(3, "invited-in-time")))
    figures = Figures(stores)
    assert figures.by_month("invited", authority=ONE) == {"2024-03": 100}
    assert figures.by_month("invited", authority=OTHER) == {"2024-03": 50}
    assert figures.by_month("invited_in_time", authority=ONE) == {"2024-03": 50}


def test_feedback_is_judged_by_authority(stores: Stores) -> None:
    """Requirement 1.8."""
    sent = referral_sent("2024-03-02", feedback_due="2024-03-20")
    stores.told("asb:1", *adult_case(ONE, sent, feedback_received("2024-03-15")))
    stores.told("asb:2", *adult_case(OTHER, sent))
    figures = Figures(stores)
    for figure in ("feedback_any", "feedback_timely", "feedback_adequate"):
        assert figures.by_month(figure, authority=ONE) == {"2024-03": 100}
        assert figures.by_month(figure, authority=OTHER) == {"2024-03": 0}


def test_a_case_can_be_assured_or_closed_without_assurance_and_a_reason() -> None:
    """Requirement 1.9."""
    referred = (consent_decided(ref="consent"), referral_sent(), referral_decided())
    confirmed = feedback_received(risk_assessed_confirmed="yes", mitigation_confirmed="yes")
    given(*referred, confirmed).then(referrals).has(assurance="mitigation-confirmed")
    why = "The council has not answered since April."
    closing = case_closed(assurance="none", no_assurance_reason=why)
    story = given(incident_reported("2024-03-01"), *referred, closing)
    story.then(case_state).has(status="closed", assurance="none", no_assurance_reason=why)


def test_what_adds_to_harm_is_counted_over_time(stores: Stores) -> None:
    """Requirement 1.13: cost of living."""
    stores.told(
        "asb:1",
        concern_raised("2024-03-01", context_factors=("arrears", "fuel-poverty")),
        concern_raised("2024-04-01", context_factors=("arrears",)),
        concern_raised("2024-04-02"),
    )
    figures = Figures(stores)
    assert figures.by_month("concerns_by_context_factor", "arrears") == {
        "2024-03": 1,
        "2024-04": 1,
    }
    assert figures.by_month("concerns_by_context_factor", "fuel-poverty") == {"2024-03": 1}


@pytest.mark.parametrize("tenure", ["temporary", "homeless", "rough-sleeping"])
def test_a_case_goes_on_past_the_end_of_the_tenancy(tenure: str) -> None:
    """Requirement 1.14."""
    story = given(
        concern_raised("2024-03-01", context_factors=("homelessness",)),
        person_involved(role="adult-at-risk", tenure_role="tenant"),
        housing_changed("2024-05-01", kind="tenancy-end"),
        housing_changed("2024-05-02", kind="move", tenure=tenure),
    )
    story.then(case_state).has(status="open")
    story.then(people).at(TENANT).has(tenure=tenure, tenure_role="former-tenant")
