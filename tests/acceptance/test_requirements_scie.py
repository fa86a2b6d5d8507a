"""What the guide for housing staff asks for, where no other test shows it: requirements 3.x."""

import pytest

from projections.case_state import case_state
from projections.contacts import contacts
from projections.kpi_case import kpi_case
from projections.meetings import meetings
from projections.people import people
from projections.person_history import person_history
from projections.plans import plans
from projections.referrals import referrals
from projections.reports import reports
from projections.sharing import sharing
from projections.support import support
from projections.triages import triages
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    barrier_encountered,
    case_linked,
    concern_raised,
    consent_decided,
    consent_overridden,
    contact_made,
    escalation_raised,
    exploitation_indicator_observed,
    given,
    incident_reported,
    information_shared,
    meeting_held,
    person_involved,
    plan_agreed,
    referral_decided,
    referral_sent,
    risk_assessed,
    support_measure_provided,
    support_offered,
    the,
    triage_completed,
)

CARER = "person:carer-1"


@pytest.mark.parametrize("why", ["ineligible", "refuses-support", "self-neglect"])
def test_who_has_no_statutory_route_has_a_plan_led_by_the_landlord(why: str) -> None:
    """Requirement 3.2."""
    story = given(
        concern_raised("2024-03-01", strands=("adult",)),
        risk_assessed(),
        triage_completed(decision="landlord-led", no_statutory_route=why),
        plan_agreed("2024-03-10"),
    )
    story.then(case_state).has(status="open")
    story.then(triages).has(decision="landlord-led", no_statutory_route=why)
    story.then(kpi_case).has(no_statutory_route=why)
    story.then(plans).has(is_active=True)


def test_one_case_comes_before_several_forums() -> None:
    """Requirement 3.4."""
    forums = ("marac", "mappa", "sab", "child-safeguarding-partnership", "hwb", "csp")
    held = [meeting_held(meeting_id=f"M-{forum}", forum=forum) for forum in forums]
    linked = case_linked(other_ref="asb:2024-0120", relation="forum")
    story = given(incident_reported("2024-03-01"), *held, linked)
    assert {row.forum.value for row in story.then(meetings).rows.values()} == set(forums)
    given(person_involved(), linked).then(person_history).has(
        links=({"other_ref": "asb:2024-0120", "relation": "forum"},)
    )


def test_a_contractor_says_no_more_than_what_they_saw() -> None:
    """Requirement 3.10."""
    contractor = {
        "id": "contractor:3",
        "role": "Gas engineer",
        "organisation": "Cromwood Repairs",
        "kind": "contractor",
    }
    told = concern_raised(
        actor=contractor,
        channel="contractor",
        reporter={"role": "Gas engineer", "kind": "contractor"},
    )
    given(told).then(kpi_case).has(channel="contractor", raised_by_kind="contractor")
    given(told).then(case_state).has(classification="safeguarding")


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("self-protection", TENANT),
        ("carer-support", CARER),
        ("behaviour-change", NEIGHBOUR),
        ("perpetrator-help", NEIGHBOUR),
    ],
)
def test_support_may_go_to_carers_and_to_those_who_cause_harm(kind: str, to: str) -> None:
    """Requirements 3.12, 3.13 and 4.27."""
    story = given(
        person_involved(person=NEIGHBOUR, role="alleged-perpetrator"),
        support_offered(kind=kind, to=to),
    )
    story.then(support).at("offer:S1").has(support_kind=kind, person=to)


def test_what_housing_does_is_told_as_keeping_safe_identifying_sharing_and_coordinating() -> None:
    """Requirement 3.15."""
    story = given(
        concern_raised("2024-03-01", person_aware="no", basis="third-party"),
        risk_assessed(),
        triage_completed(ref="triage"),
        support_measure_provided(completed_on="2024-03-05"),
        consent_decided(ref="consent", scope="share"),
        information_shared(),
        meeting_held(),
    )
    kept_safe = story.then(support).at("measure:L1").row
    assert kept_safe.completed_on is not None
    assert len(story.then(triages).rows) == 1
    assert {row.kind.value for row in story.then(sharing).rows.values()} == {"consent", "shared"}
    story.then(meetings).has(status="held")


def test_a_person_held_not_eligible_is_challenged_and_stays_with_the_landlord() -> None:
    """Requirement 3.22."""
    story = given(
        concern_raised("2024-03-01"),
        consent_decided(ref="consent"),
        referral_sent("2024-03-04"),
        referral_decided("2024-03-05", decision="rejected", reason_code="ineligible"),
        escalation_raised("2024-03-06", ground="ineligible", response_due="2024-03-11"),
    )
    story.then(referrals).has(decision="rejected", decision_reason_code="ineligible")
    story.then_flags("R7").at("escalation:E1").has(due_at="2024-03-11 end")
    story.then(case_state).has(status="open")


def test_false_beliefs_about_consent_and_attitudes_are_barriers_like_others() -> None:
    """Requirement 3.24."""
    for code in ("consent-belief", "attitude"):
        given(concern_raised(), barrier_encountered(code=code)).then(kpi_case).has(barriers=1)


def test_whom_social_care_does_not_know_is_seen_first_by_housing() -> None:
    """Requirement 3.26."""
    burgled = incident_reported("2024-03-01", kind="distraction-burglary", ref="burgled")
    given(burgled).then(reports).has(kind="distraction-burglary")
    story = given(
        burgled,
        person_involved(role="adult-at-risk", known_to_social_care="no"),
        contact_made("2024-03-08", observations="She no longer cooks; her son holds the card."),
        exploitation_indicator_observed("2024-03-09", indicator="money-taken"),
    )
    story.then(people).at(TENANT).has(known_to_social_care="no")
    story.then(contacts).has(observations="She no longer cooks; her son holds the card.")


def test_the_law_on_data_does_not_stop_sharing_where_crime_is_suspected() -> None:
    """Requirement 3.27."""
    story = given(
        concern_raised("2024-03-01", crime_suspected="yes"),
        consent_decided("2024-03-02", state="refused"),
        consent_overridden("2024-03-02", ref="override", scope="share", grounds=("serious-crime",)),
        information_shared(
            "2024-03-02",
            consent_ref=None,
            override_ref=the("override"),
            legal_basis="crime-condition",
        ),
    )
    shared = next(row for row in story.then(sharing).rows.values() if row.kind == "shared")
    assert (shared.legal_basis, shared.rests_on_kind) == ("crime-condition", "override")
    story.then_flags("R19").has_rows()


def test_whether_it_is_safe_is_said_before_anyone_is_told() -> None:
    """Requirement 3.28."""
    given(concern_raised(safe_to_contact="no")).then(reports).has(safe_to_contact="no")
    weighed = "He reads her post; nothing goes to the house."
    overridden = consent_overridden(risk_of_sharing=weighed)
    given(overridden).then(sharing).has(risk_of_sharing=weighed)
