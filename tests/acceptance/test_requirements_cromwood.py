"""What the Cromwood story asks for, where no other test shows it: requirements 0.1 to 0.24."""

from projections.action_plan import action_plan
from projections.case_state import case_state
from projections.contacts import contacts
from projections.decisions import decisions, oversight
from projections.kpi_case import kpi_case
from projections.people import people
from projections.person_history import person_history
from projections.reports import reports
from projections.risk import risk
from projections.timeline import timeline
from projections.triages import triages
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    action_agreed,
    action_completed,
    case_allocated,
    case_closed,
    case_linked,
    case_opened,
    concern_raised,
    contact_made,
    decision_recorded,
    given,
    id_of,
    incident_reported,
    oversight_recorded,
    person_involved,
    reclassified,
    risk_assessed,
    triage_completed,
    visit_control_set,
    vulnerability_recorded,
)

UNKNOWN = "person:unknown-1"
FAMILY = "person:family-1"


def test_what_was_lost_in_relay_can_be_seen() -> None:
    """Requirement 0.2."""
    said = "They kicked the door in and went for her because she shouted at them."
    noted = "Two neighbours argue; he swears at staff."
    story = given(
        concern_raised(
            "2024-03-01",
            ref="concern",
            verbatim_account=said,
            relayed_by=("Contact centre", "ASB team"),
        ),
        case_opened("2024-03-01", initial_classification="asb"),
        risk_assessed("2024-03-02"),
        triage_completed("2024-03-02", ref="triage", rationale=noted, decision="monitor"),
    )
    story.then(reports).has(relayed_by=("Contact centre", "ASB team"))
    told = story.then(timeline)
    told.at(id_of("concern")).has(narrative=said)
    told.at(id_of("triage")).has(narrative=noted)
    story.then(triages).has(rationale=noted)
    story.then(case_state).has(first_classification="asb", classification="asb")


def test_anyone_who_is_uneasy_can_dig_deeper_and_reclassify() -> None:
    """Requirement 0.4."""
    caretaker = {"id": "staff:40", "role": "Caretaker", "organisation": "Cromwood Homes"}
    story = given(
        incident_reported("2024-03-01", category="asb"),
        contact_made("2024-03-05", professional_curiosity="Why does he never answer alone?"),
        oversight_recorded("2024-03-06", professional_curiosity="Ask who has his keys."),
        reclassified("2024-03-08", from_="asb", to="adult", actor=caretaker, confirmed_by=None),
    )
    story.then(contacts).has(professional_curiosity="Why does he never answer alone?")
    story.then(oversight).has(professional_curiosity="Ask who has his keys.")
    story.then(case_state).has(classification="adult")


def test_many_people_in_many_roles_and_a_second_victim_with_a_case_of_her_own() -> None:
    """Requirement 0.6."""
    tall = "About thirty, tall, red coat; not known to the tenant."
    story = given(
        incident_reported("2024-03-01", further_kinds=("property-damage",)),
        person_involved(person=TENANT, role="intended-target"),
        person_involved(person=NEIGHBOUR, role="additional-victim"),
        person_involved(
            person=UNKNOWN,
            role="alleged-perpetrator",
            person_type="unknown",
            unidentified_description=tall,
        ),
        case_linked(other_ref="adults:2024-0051", relation="perpetrator"),
    )
    seen = story.then(people)
    seen.has_rows(TENANT, NEIGHBOUR, UNKNOWN)
    seen.at(UNKNOWN).has(name=None, unidentified_description=tall)
    seen.at(NEIGHBOUR).has(current_roles=("additional-victim",))
    story.then(person_history).at(NEIGHBOUR).has(
        links=({"other_ref": "adults:2024-0051", "relation": "perpetrator"},)
    )


def test_who_visits_is_told_what_to_do_and_not_why() -> None:
    """Requirement 0.14: need to know; an instruction, never a diagnosis."""
    story = given(
        vulnerability_recorded(
            vulnerability_type="mental-health", minimal_instruction="Ring first; speak slowly."
        ),
        visit_control_set(instruction="Two of you, by day.", reason="He was attacked at home."),
    )
    (held,) = story.then(people).row.vulnerabilities
    assert held.minimal_instruction == "Ring first; speak slowly."
    story.then(risk).has(instruction="Two of you, by day.", rationale="He was attacked at home.")


def test_the_impact_on_staff_tenants_and_agencies_is_assessed_and_found() -> None:
    """Requirement 0.15."""
    scope = ("staff", "tenants", "agencies")
    given(
        action_agreed(kind="impact-assessment", origin="meeting", origin_ref="M1", scope=scope),
        action_completed(findings="Two officers want a debrief."),
    ).then(action_plan).has(
        kind="impact-assessment",
        scope=scope,
        status="completed",
        findings="Two officers want a debrief.",
    )


def test_the_review_of_lone_working_outlives_the_case() -> None:
    """Requirement 0.17."""
    review = action_agreed("2024-03-22", kind="policy-review", owner_org="Cromwood Homes")
    given(review, case_closed("2024-06-01", residual_actions=("A1",))).then(action_plan).has(
        status="agreed", owner=None, carried_over=True
    )
    given(review, stream="organisation:cromwood").then(action_plan).has(
        kind="policy-review", status="agreed"
    )


def test_moving_the_tenant_is_decided_between_options_on_the_risk() -> None:
    """Requirement 0.18."""
    story = given(
        incident_reported("2024-03-01"),
        risk_assessed("2024-03-20", level="high"),
        decision_recorded("2024-03-22", kind="rehousing"),
    )
    story.then(case_state).has(risk_level="high")
    story.then(decisions).has(
        options=("Stay, with new locks.", "Move out of the borough."),
        chosen="Move out of the borough.",
        rationale="They know where he lives.",
    )


def test_legal_advice_for_the_family_is_planned_and_its_outcome_privileged() -> None:
    """Requirement 0.19."""
    story = given(
        person_involved(person=FAMILY, role="family-at-risk"),
        action_agreed(kind="legal-advice"),
        decision_recorded(kind="legal", privileged=True),
    )
    story.then(people).at(FAMILY).has(current_roles=("family-at-risk",))
    story.then(action_plan).has(kind="legal-advice")
    story.then(decisions).has(kind="legal", privileged=True)


def test_whoever_works_in_a_home_may_raise_a_concern_and_is_counted() -> None:
    """Requirement 0.20."""
    engineer = {"role": "Gas engineer", "kind": "contractor", "team": "Repairs"}
    for channel in ("repair-visit", "property-inspection"):
        given(concern_raised(channel=channel, reporter=engineer)).then(kpi_case).has(
            channel=channel, raised_by_kind="contractor", raised_by_team="Repairs"
        )


def test_what_tenants_neighbours_and_the_person_report_shows_how_late_it_came() -> None:
    """Requirement 0.23."""
    for channel, known, delay in (
        ("self", "2024-03-01", "0-3-days"),
        ("tenant", "2024-03-06", "4-5-days"),
        ("neighbour", "2024-04-20", "1-3-months"),
    ):
        told = concern_raised("2024-03-01", known=known, channel=channel)
        given(told).then(kpi_case).has(channel=channel, reporting_delay=delay)


def test_a_team_works_on_a_case_and_each_person_has_an_outcome() -> None:
    """Requirement 0.24."""
    story = given(
        incident_reported("2024-03-01"),
        case_allocated(lead="staff:12", team=("staff:13", "staff:14")),
        case_closed(
            person_outcomes=(
                {"person": TENANT, "risk_outcome": "reduced", "summary": "Safe in a new home."},
                {"person": NEIGHBOUR, "risk_outcome": "remained"},
            )
        ),
    )
    story.then(case_state).has(lead="staff:12", team=("staff:13", "staff:14"))
    outcomes = {person: story.then(people).at(person).row.outcome for person in (TENANT, NEIGHBOUR)}
    assert {person: told and told.risk_outcome for person, told in outcomes.items()} == {
        TENANT: "reduced",
        NEIGHBOUR: "remained",
    }
