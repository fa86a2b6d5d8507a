"""What the article on barriers to safeguarding asks for, where no other test shows it: 2.x."""

from projections.action_plan import action_plan
from projections.barriers import barriers
from projections.case_state import case_state
from projections.chronology import chronology
from projections.decisions import decisions
from projections.enquiries import enquiries
from projections.meetings import meetings
from projections.people import people
from projections.person_history import person_history
from projections.reports import reports
from projections.risk import risk
from projections.sharing import sharing
from tests.support.stories import (
    TENANT,
    action_agreed,
    advice_sought,
    barrier_encountered,
    capacity_considered,
    case_linked,
    chronology_entry_curated,
    concern_raised,
    consent_decided,
    consent_overridden,
    contact_made,
    decision_recorded,
    enquiry_outcome_received,
    given,
    id_of,
    incident_reported,
    meeting_held,
    review_notified,
    risk_assessed,
    the,
)

AUTHORITY = "authority:E09000001"
FILE = "person:tenant"


def test_what_was_known_before_any_case_is_kept_and_judged_by_a_review() -> None:
    """Requirement 2.3."""
    before = given(
        incident_reported("2023-05-01"), contact_made("2023-06-01"), stream="person:tenant"
    )
    before.then(person_history).at(TENANT).has(kind="person", is_own_file=True, mentions=2)
    story = given(
        concern_raised("2024-03-01", ref="concern"),
        case_linked(other_ref=FILE, relation="history"),
        contact_made("2024-03-05", ref="visit"),
        review_notified("2024-06-01", review_id="SAR-1", scope_from="2024-01-01"),
        chronology_entry_curated(
            review_id="SAR-1", event=the("visit"), include=True, significance="missed-opportunity"
        ),
    )
    story.then(person_history).at(TENANT).has(links=({"other_ref": FILE, "relation": "history"},))
    story.then(chronology).at(f"SAR-1|{id_of('visit')}").has(significance="missed-opportunity")


def test_hate_is_named_with_a_concern() -> None:
    """Requirement 2.4."""
    told = concern_raised(hate_strands=("disability",), strands=("hate-crime",))
    given(told).then(reports).has(hate_strands=("disability",), strands=("hate-crime",))
    given(barrier_encountered(code="hate-crime-awareness")).then(barriers).has(
        code="hate-crime-awareness"
    )


def test_an_earlier_answer_that_stands_in_the_way_is_named() -> None:
    """Requirement 2.5."""
    given(barrier_encountered(code="previous-response", earlier_referral="R0")).then(barriers).has(
        code="previous-response", earlier_referral="R0"
    )


def test_who_fears_an_overreaction_can_ask_for_advice_first() -> None:
    """Requirement 2.6."""
    given(barrier_encountered(code="fear-overreaction")).then(barriers).has(
        code="fear-overreaction"
    )
    given(advice_sought(refer_advised="no", advice="Visit again.")).then(sharing).has(
        kind="advice", identities_disclosed=False, refer_advised="no", advice="Visit again."
    )


def test_consent_never_blocks_a_concern_and_its_lack_is_looked_at_again() -> None:
    """Requirement 2.7."""
    concern = concern_raised("2024-03-01", ref="concern")
    given(concern).then(case_state).has(status="open", consent=())
    refused = consent_decided("2024-03-02", state="refused")
    given(concern, refused).then_flags("R13").at("person:tenant/consent/refer").has(
        due_at="2024-03-30 end"
    )
    overridden = consent_overridden("2024-03-03", person=TENANT)
    given(concern, refused, overridden).then_flags("R13").has_rows()


def test_our_view_of_capacity_and_risk_stands_beside_the_partners() -> None:
    """Requirement 2.9."""
    story = given(
        capacity_considered("2024-03-05", outcome="unclear"),
        risk_assessed("2024-03-05", level="high"),
        meeting_held("2024-03-20", risks_agreed="None that a home visit would not meet."),
        enquiry_outcome_received(
            "2024-04-01",
            enquiry_type="s42",
            risk_result="none-no-action",
            capacity="did-not-lack",
            sensitivity="restricted",
        ),
    )
    (ours,) = story.then(people).at(TENANT).row.capacity
    assert ours.outcome == "unclear"
    story.then(risk).has(level="high", person=TENANT)
    story.then(enquiries).has(capacity="did-not-lack", risk_result="none-no-action")


def test_being_asked_to_leave_is_told_as_such() -> None:
    """Requirement 2.11."""
    story = given(meeting_held("2024-03-20", invite_state="asked-to-leave"))
    story.then(meetings).has(invite_state="asked-to-leave", status="held")
    story.then_flags("R11").at("meeting:M1").has(effect="duty")


def test_joint_fixes_are_actions_on_the_file_of_the_authority() -> None:
    """Requirement 2.13."""
    barrier = barrier_encountered("2024-05-02", code="info-sharing")
    fix = action_agreed("2024-07-01", text="One form for both.", owner_org="Borough council")
    file = given(barrier, fix, stream=AUTHORITY)
    file.then(barriers).has(authority="E09000001", quarter="2024-04-01", code="info-sharing")
    file.then(action_plan).has(owner_org="Borough council", status="agreed")
    file.then_flags("R34").at("action:A1").has(due_at="2024-12-31 end")


def test_a_refusal_is_respected_and_the_decision_is_looked_at_on_its_day() -> None:
    """Requirement 2.18."""
    story = given(
        concern_raised("2024-03-01"),
        consent_decided("2024-03-02", state="refused"),
        decision_recorded(
            "2024-03-03",
            kind="no-referral",
            options=("Refer without consent.", "Respect it."),
            chosen="Respect it.",
            rationale="He knows the risk, and nobody else is at risk.",
            review_on="2024-03-18",
        ),
    )
    story.then(decisions).has(kind="no-referral", review_on="2024-03-18")
    story.then_flags("R13").at("no-referral").has(due_at="2024-03-18 end")


def test_who_saw_an_override_or_decision_otherwise_is_on_record() -> None:
    """Requirement 2.19."""
    view = "Social care holds that his refusal stands."
    given(consent_overridden(dissenting_view=view)).then(sharing).has(dissenting_view=view)
    given(decision_recorded(dissenting_view=view)).then(decisions).has(dissenting_view=view)
