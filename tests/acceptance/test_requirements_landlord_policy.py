"""What the landlord's own policy asks for, where no other test shows it: requirements 4.x."""

from collections.abc import Iterator
from typing import Any

import pytest

from projections.authorities import forums
from projections.case_state import case_state
from projections.catalogue import READ_MODELS
from projections.contacts import contacts
from projections.decisions import decisions
from projections.hoarding import hoarding
from projections.kpi_case import kpi_case
from projections.organisation import compliance
from projections.people import people
from projections.read_model import ReadModel
from projections.referrals import referrals
from projections.reports import reports
from projections.sharing import sharing
from projections.support import support
from tests.support.dashboards import Figures
from tests.support.read_stores import Stores, opened
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    communication_preference_recorded,
    compliance_reported,
    concern_raised,
    consent_decided,
    consent_overridden,
    contact_made,
    decision_recorded,
    forum_seat_recorded,
    given,
    hoarding_level_assessed,
    housing_changed,
    incident_reported,
    person_involved,
    reclassified,
    referral_sent,
    support_measure_provided,
    support_offered,
)

COLLEAGUE = "person:colleague-1"
DETAILS = ({"method": "email", "address": "house@example.org"},)


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.mark.parametrize(
    ("person_type", "role"),
    [
        ("customer", "adult-at-risk"),
        ("household-member", "child-at-risk"),
        ("colleague", "victim"),
        ("volunteer", "reporter"),
        ("agency-staff", "witness"),
        ("contractor", "staff-subject"),
    ],
)
def test_everyone_the_policy_covers_can_be_part_of_a_case(person_type: str, role: str) -> None:
    """Requirement 4.3."""
    told = person_involved(person_type=person_type, role=role)
    given(told).then(people).has(person_type=person_type, current_roles=(role,))


@pytest.mark.parametrize("tenure", ["tenant", "leaseholder", "shared-owner", "household-member"])
def test_hoarding_may_be_in_any_home_and_of_animals(tenure: str) -> None:
    """Requirement 4.12."""
    story = given(
        person_involved(tenure_role=tenure),
        hoarding_level_assessed(animals="yes", insight="poor", sensitivity="restricted"),
    )
    story.then(people).at(TENANT).has(tenure_role=tenure)
    story.then(hoarding).has(animals="yes", insight="poor")


def test_it_is_made_sure_that_obligations_are_understood() -> None:
    """Requirement 4.13."""
    told = contact_made(understanding_checked="yes", voice="I know it has to be cleared by May.")
    given(told).then(contacts).has(understanding_checked="yes")


def test_harm_may_come_from_the_person_themselves_and_be_grave_or_slight() -> None:
    """Requirement 4.8."""
    told = concern_raised(source_of_risk="self", severity="severe")
    given(told).then(reports).has(source_of_risk="self", severity="severe", low_level=False)
    slight = concern_raised(severity="low", low_level=True)
    given(slight).then(reports).has(severity="low", low_level=True)


def test_the_landlord_sits_on_the_domestic_abuse_partnership_and_refers_to_safe_places() -> None:
    """Requirement 4.10."""
    seat = forum_seat_recorded(forum="da-partnership-board", representative="staff:1")
    file = given(seat, stream="authority:E09000001")
    file.then(forums).at("F1").has(forum="da-partnership-board", seat_basis="member")
    for route in ("da-service", "idva", "housing-options"):
        sent = (consent_decided(ref="consent"), referral_sent(route=route))
        given(*sent).then(referrals).has(route=route)


@pytest.mark.parametrize(
    "kind",
    [
        "flexible-work",
        "leave",
        "new-contact-details",
        "loan",
        "employee-assistance",
        "manager-or-people-support",
    ],
)
def test_a_colleague_who_survives_abuse_is_offered_what_the_policy_names(kind: str) -> None:
    """Requirement 4.11."""
    story = given(
        concern_raised(strands=("domestic-abuse", "staff"), sensitivity="sealed"),
        person_involved(
            person=COLLEAGUE, role="victim", person_type="colleague", sensitivity="sealed"
        ),
        support_offered(kind=kind, to=COLLEAGUE, sensitivity="sealed"),
    )
    story.then(support).at("offer:S1").has(support_kind=kind, person=COLLEAGUE)


def test_contractors_are_given_the_policy_and_checks_are_counted() -> None:
    """Requirements 4.18 and 4.19."""
    file = given(
        compliance_reported(kind="policy-given", team="Contractors", compliant=11, total=12),
        compliance_reported(kind="dbs", compliant=39),
        compliance_reported(kind="supervision", team="Housing officers", compliant=8, total=9),
        stream="organisation:cromwood",
    )
    counts = {
        (row.kind.value, row.team): (row.compliant, row.total)
        for row in file.then(compliance).rows.values()
    }
    assert counts == {
        ("policy-given", "Contractors"): (11, 12),
        ("dbs", None): (39, 40),
        ("supervision", "Housing officers"): (8, 9),
    }


@pytest.mark.parametrize("model", READ_MODELS.values(), ids=READ_MODELS)
def test_who_blew_the_whistle_is_in_no_read_model(model: ReadModel[Any]) -> None:
    """Requirement 4.20."""
    told = given(
        incident_reported(reporter={"role": "Cleaner", "identity": "Known-by-name"}),
        concern_raised(
            channel="whistleblowing",
            anonymous=True,
            reporter={"role": "Cleaner", "identity": "Known-by-name", "kind": "staff"},
        ),
    )
    rows = told.then(model).rows.values()
    assert not any("Known-by-name" in row.model_dump_json() for row in rows)


def test_how_a_whistle_was_blown_is_counted() -> None:
    """Requirement 4.20."""
    told = concern_raised(channel="whistleblowing", anonymous=True)
    given(told).then(kpi_case).has(channel="whistleblowing")
    given(told).then(reports).has(channel="whistleblowing", anonymous=True)


def test_modern_slavery_is_counted_for_the_annual_statement(stores: Stores) -> None:
    """Requirement 4.21."""
    slavery = concern_raised("2024-06-01", strands=("modern-slavery",), anonymous=True)
    stores.told("asb:1", slavery)
    stores.told("asb:2", slavery.but(strands=("adult", "modern-slavery")))
    stores.told("asb:3", slavery.but(strands=("adult",)))
    figures = Figures(stores)
    for period, begin in (("year", "2024-01-01"), ("financial-year", "2024-04-01")):
        by_strand = figures.split("new_cases_by_strand", period, begin)
        assert by_strand["modern-slavery"] == 2
        assert figures.split("concerns_by_strand", period, begin)["modern-slavery"] == 2


def test_under_which_policies_abuse_is_handled_is_said() -> None:
    """Requirement 4.22."""
    given(decision_recorded(policy_refs=("Domestic abuse policy 4.2", "Lettings policy"))).then(
        decisions
    ).has(policy_refs=("Domestic abuse policy 4.2", "Lettings policy"))


def test_who_wants_no_agency_is_respected_and_given_information() -> None:
    """Requirement 4.25."""
    story = given(
        concern_raised("2024-03-01", strands=("domestic-abuse",)),
        consent_decided("2024-03-02", state="refused"),
        support_offered(offer_id="S1", kind="signposting"),
        support_offered(offer_id="S2", kind="security-advice"),
    )
    story.then(sharing).has(state="refused", current=True)
    kinds = {row.support_kind for row in story.then(support).rows.values()}
    assert kinds == {"signposting", "security-advice"}


@pytest.mark.parametrize(
    "ground",
    ["legal-obligation", "civil-or-criminal-enquiry", "court-proceedings", "vital-interests"],
)
def test_the_policy_has_four_grounds_for_telling_without_consent(ground: str) -> None:
    """Requirement 4.26."""
    given(consent_overridden(grounds=(ground,))).then(sharing).has(grounds=(ground,))


def test_nothing_goes_where_the_perpetrator_reads_it() -> None:
    """Requirement 4.27."""
    pair = (
        concern_raised("2024-03-01", strands=("domestic-abuse",)),
        person_involved(person=TENANT, role="victim"),
        person_involved(person=NEIGHBOUR, role="alleged-perpetrator"),
        communication_preference_recorded(person=NEIGHBOUR, contact_points=DETAILS),
    )
    shared = communication_preference_recorded(
        person=TENANT, method="email", safe_channels=("email",), contact_points=DETAILS
    )
    flags = given(*pair, shared).then_flags("R29")
    assert {row.effect.value for row in flags.rows.values()} == {"stop"}
    apart = shared.but(contact_points=({"method": "email", "address": "other@example.org"},))
    given(*pair, apart).then_flags("R29").has_rows()


def test_who_leaves_is_helped_to_apply_as_homeless_and_referred() -> None:
    """Requirement 4.29."""
    story = given(
        concern_raised("2024-03-01", strands=("domestic-abuse",)),
        support_offered(kind="homeless-application"),
        consent_decided(ref="consent"),
        referral_sent(route="housing-options", receiving_org="Borough council, housing options"),
    )
    story.then(support).at("offer:S1").has(support_kind="homeless-application")
    story.then(referrals).has(route="housing-options")


def test_a_homeowner_is_advised_and_legal_action_decided_with_those_responsible() -> None:
    """Requirement 4.31."""
    consulted = ("Governance", "Legal", "Risk")
    story = given(
        housing_changed(kind="household-change", tenure="owner"),
        support_offered(kind="legal-advice"),
        decision_recorded(kind="legal", consulted=consulted),
    )
    story.then(people).at(TENANT).has(tenure="owner")
    story.then(support).at("offer:S1").has(support_kind="legal-advice")
    story.then(decisions).has(kind="legal", consulted=consulted)


def test_monthly_counts_are_there_for_the_quarter_and_the_year(stores: Stores) -> None:
    """Requirements 4.38 to 4.40: hoarding is a part of the new cases, never added to them."""
    stores.told("asb:1", concern_raised("2024-04-01", strands=("domestic-abuse",)))
    stores.told("asb:2", concern_raised("2024-05-01", strands=("hoarding",)))
    stores.told(
        "asb:3",
        incident_reported("2024-05-01", category="asb"),
        reclassified("2024-06-12", from_="asb", to="domestic-abuse"),
    )
    figures = Figures(stores)
    assert figures.by_month("new_cases") == {"2024-04": 1, "2024-05": 1}
    assert figures.by_month("domestic_abuse_cases") == {"2024-04": 1, "2024-06": 1}
    assert figures.by_month("hoarding_cases", "opened") == {"2024-05": 1}
    for figure, in_quarter in (("new_cases", 2), ("domestic_abuse_cases", 2)):
        assert figures.at(figure, "quarter", "2024-04-01")["value"] == in_quarter
        assert figures.at(figure, "financial-year", "2024-04-01")["value"] == in_quarter


def test_a_measure_says_what_is_done_to_keep_the_person_safe_where_they_are() -> None:
    """Requirement 4.24."""
    kinds = ("locks", "security", "alarm", "tenancy-support", "money")
    told = [
        support_measure_provided(
            measure_id=kind, kind=kind, urgent=kind == "locks", ends_on="2024-09-01"
        )
        for kind in kinds
    ]
    offered = support_offered(kind="specialist-service")
    rows = given(*told, offered).then(support).rows
    assert {row.measure.value for row in rows.values() if row.measure} == set(kinds)
    assert rows["measure:locks"].urgent
    assert rows["offer:S1"].support_kind == "specialist-service"


def test_one_case_may_run_in_every_strand() -> None:
    """Requirement 4.1."""
    strands = ("adult", "child", "domestic-abuse", "hoarding", "modern-slavery", "staff")
    given(concern_raised(strands=strands)).then(case_state).has(strands=strands)
