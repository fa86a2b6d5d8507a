"""Enquiries: asked for, reported, and what they came to."""

from projections.enquiries import enquiries
from tests.support.stories import (
    enquiry_outcome_received,
    enquiry_reported,
    enquiry_requested,
    event_corrected,
    given,
    the,
)

ASKED = enquiry_requested("2024-04-02", ref="asked", due="2024-05-01")


def test_an_enquiry_asked_of_the_landlord_says_what_is_due() -> None:
    given(
        ASKED.but(
            requested_by="adult-social-care",
            referral_id="R1",
            support="A social worker to ring.",
            conflict_of_interest="no",
        )
    ).then(enquiries).at("Q1").has(
        enquiry_type="caused-to-housing",
        referral_id="R1",
        requested_at="2024-04-02",
        requested_by="adult-social-care",
        scope="Who had keys to the flat.",
        due="2024-05-01",
        report_to="Enquiry officer",
        support="A social worker to ring.",
        conflict_of_interest="no",
        reported_at=None,
        days_late=None,
        outcome_at=None,
        risk_result=None,
    )


def test_it_was_reported_when_it_first_was_and_says_what_it_last_did() -> None:
    first = enquiry_reported("2024-04-29")
    second = enquiry_reported("2024-05-10", findings="Three had keys.", recommendation="Wait.")
    for reports in ((first, second), (second, first)):
        given(ASKED, *reports).then(enquiries).at("Q1").has(
            reported_at="2024-04-29",
            days_late=-2,
            findings="Three had keys.",
            recommendation="Wait.",
        )


def test_its_outcome_is_told_in_the_terms_of_the_national_return() -> None:
    given(
        ASKED,
        enquiry_outcome_received(
            "2024-06-03",
            risk_result="inconclusive-action",
            risk_outcome="reduced",
            capacity="lacked",
            supported="yes",
            sensitivity="restricted",
        ),
    ).then(enquiries).at("Q1").has(
        outcome_at="2024-06-03",
        risk_result="inconclusive-action",
        risk_outcome="reduced",
        capacity="lacked",
        supported="yes",
        sensitivity="restricted",
    )


def test_one_that_the_authority_made_itself_has_an_outcome_alone() -> None:
    given(enquiry_outcome_received(enquiry_id="Q7", enquiry_type="s42", referral_id="R2")).then(
        enquiries
    ).at("Q7").has(
        enquiry_type="s42",
        referral_id="R2",
        requested_at=None,
        conflict_of_interest=None,
        risk_result="identified-action",
    )


def test_its_kind_is_not_known_while_nobody_says() -> None:
    given(enquiry_outcome_received()).then(enquiries).at("Q1").has(enquiry_type=None)
    given(ASKED, enquiry_outcome_received(enquiry_type="other")).then(enquiries).at("Q1").has(
        enquiry_type="other"
    )


def test_what_is_learned_late_is_not_known_before() -> None:
    story = given(ASKED, enquiry_outcome_received("2024-04-20", known="2024-06-03"))
    story.when_seen(known_on="2024-06-02").then(enquiries).at("Q1").has(outcome_at=None)


def test_a_corrected_result_holds() -> None:
    outcome = enquiry_outcome_received("2024-06-03", ref="outcome")
    fixed = event_corrected(
        target=the("outcome"), field="risk_result", was="identified-action", now="none-action"
    )
    given(outcome, fixed).then(enquiries).at("Q1").has(risk_result="none-action")
