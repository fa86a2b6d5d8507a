"""Referrals put again, challenge by stages, barriers: what they hold, say and wait for."""

import pytest

from domain.events.challenge import BarrierEncountered, EscalationRaised, EscalationResponded
from domain.events.envelope import CaseEvent
from domain.events.referrals import ReferralResubmitted, ReferralWithdrawn
from domain.outcomes import Reason
from domain.vocabulary.challenge import BarrierCode, EscalationGround, EscalationOutcome
from domain.vocabulary.referral import ReferralRoute
from tests.support.admitting import AUTHORITY, CASE, LANDLORD, PERSON, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    barrier_encountered,
    consent_decided,
    escalation_raised,
    escalation_responded,
    feedback_received,
    incident_reported,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
    tell,
)

EventType = type[CaseEvent]
SENT = (incident_reported(), consent_decided(ref="consent"), referral_sent())


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (ReferralWithdrawn, "referral_id reason"),
        (ReferralResubmitted, "referral_id reason feedback_due [content_hash]"),
        (
            EscalationRaised,
            "escalation_id about [about_ref] stage ground to [agency] response_due "
            "[immediate_danger] [case_put]",
        ),
        (EscalationResponded, "escalation_id outcome resolved [response]"),
        (BarrierEncountered, "code [agency] [earlier_referral]"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(event_type: EventType, fields: str) -> None:
    assert own_fields(event_type) == fields


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (ReferralWithdrawn, "Referral item-7 withdrawn"),
        (ReferralResubmitted, "Referral item-7 resubmitted, answer due 2024-12-31"),
        (
            EscalationRaised,
            "Escalation item-7, stage 2 (a referral item-8): threshold applied, immediate danger; "
            "answer due 2024-12-31",
        ),
        (EscalationResponded, "Escalation item-7 answered: changed in part; resolved"),
        (BarrierEncountered, "Barrier met (Adult social care): unsatisfactory response earlier"),
    ],
)
def test_the_headline_with_everything_filled_in(event_type: EventType, headline: str) -> None:
    assert filled_in(event_type).headline() == headline


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (
            escalation_raised(about="meeting", about_ref=None, ground="meeting-exclusion"),
            "Escalation E1, stage 1 (a meeting): left out of a meeting; answer due 2024-04-05",
        ),
        (escalation_responded(), "Escalation E1 answered: not changed, explained; not resolved"),
        (barrier_encountered(code="it"), "Barrier met: information technology"),
    ],
)
def test_the_headline_says_no_more_than_is_known(told: Told, headline: str) -> None:
    assert tell(told)[0].headline() == headline


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (referral_resubmitted(feedback_due="soon"), "feedback_due", "invalid-date"),
        (referral_resubmitted(content_hash="0"), "content_hash", "string_pattern_mismatch"),
        (escalation_raised(stage=0), "stage", "greater_than_equal"),
        (escalation_raised(stage=5), "stage", "less_than_equal"),
        (escalation_raised(stage="1"), "stage", "int_type"),
        (escalation_raised(about="person"), "about", "enum"),
        (escalation_raised(immediate_danger="no"), "immediate_danger", "bool_type"),
        (escalation_responded(resolved=None), "resolved", "bool_type"),
        (barrier_encountered(code="weather"), "code", "enum"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


def test_the_barriers_are_those_met_in_the_sector() -> None:
    assert set(BarrierCode) == {
        "understanding",
        "hate-crime-awareness",
        "previous-response",
        "fear-overreaction",
        "consent-belief",
        "threshold",
        "definition",
        "capacity-assessment",
        "risk-assessment",
        "diagnosis",
        "info-sharing",
        "meeting-exclusion",
        "attitude",
        "multi-authority",
        "it",
        "ineligible",
        "no-feedback",
    }


def test_only_attitudes_are_for_numbers_alone() -> None:
    assert [code for code in BarrierCode if code.in_aggregate_only] == [BarrierCode.ATTITUDE]


@pytest.mark.parametrize("code", list(BarrierCode))
def test_every_barrier_can_be_told(code: BarrierCode) -> None:
    headline = tell(barrier_encountered(code=code))[0].headline()
    assert headline.lower() == f"barrier met: {code.label.lower()}"


@pytest.mark.parametrize("ground", list(EscalationGround))
def test_every_ground_can_be_told(ground: EscalationGround) -> None:
    assert ground.label.lower() in tell(escalation_raised(ground=ground))[0].headline()


@pytest.mark.parametrize("outcome", list(EscalationOutcome))
def test_every_outcome_can_be_told(outcome: EscalationOutcome) -> None:
    assert outcome.label.lower() in tell(escalation_responded(outcome=outcome))[0].headline()


def test_a_referral_may_go_where_no_code_was_foreseen() -> None:
    assert "Other route" in tell(referral_sent(route=ReferralRoute.OTHER))[0].headline()


class TestWhereTheyBelong:
    @pytest.mark.parametrize("told", [escalation_raised(), barrier_encountered()])
    def test_an_authority_may_be_challenged_beside_any_case(self, told: Told) -> None:
        on(AUTHORITY).admits(told)
        on(CASE, incident_reported()).admits(told)

    @pytest.mark.parametrize("stream", [LANDLORD, PERSON])
    @pytest.mark.parametrize(
        "told", [escalation_raised(), escalation_responded(), barrier_encountered()]
    )
    def test_nowhere_else(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    @pytest.mark.parametrize("told", [referral_withdrawn(), referral_resubmitted()])
    def test_a_referral_is_part_of_a_case(self, told: Told) -> None:
        on(AUTHORITY).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)


class TestReferrals:
    REJECTED = referral_decided("2024-03-10", decision="rejected")
    AGAIN = referral_resubmitted("2024-03-12")
    ACCEPTED = referral_decided("2024-03-20", decision="accepted-s42")

    @pytest.mark.parametrize("told", [referral_withdrawn(), referral_resubmitted()])
    def test_what_follows_one_waits_for_it(self, told: Told) -> None:
        on(CASE, incident_reported()).lets_wait(told, "ReferralSent", "R1")
        on(CASE, *SENT).admits(told)

    def test_after_it_was_put_again_it_is_decided_for_good_once_more(self) -> None:
        case = on(CASE, *SENT, self.REJECTED, self.AGAIN)
        case.admits(self.ACCEPTED)
        decided = on(CASE, *SENT, self.REJECTED, self.AGAIN, self.ACCEPTED)
        decided.contradicts(referral_decided(decision="nfa"), "accepted-s42", "nfa", "R1")

    def test_without_that_it_is_not(self) -> None:
        decided = on(CASE, *SENT, self.REJECTED)
        decided.contradicts(self.ACCEPTED, "rejected", "accepted-s42", "not resubmitted")

    def test_another_referral_put_again_does_not_help(self) -> None:
        other = referral_sent(referral_id="R2")
        case = on(CASE, *SENT, other, self.REJECTED, self.AGAIN.but(referral_id="R2"))
        case.contradicts(self.ACCEPTED, "R1")

    @pytest.mark.parametrize(
        "story", [(REJECTED, AGAIN), (AGAIN, REJECTED), (ACCEPTED, AGAIN), (AGAIN, ACCEPTED)]
    )
    def test_whichever_of_the_decisions_arrives_first(self, story: tuple[Told, ...]) -> None:
        left = self.ACCEPTED if self.REJECTED in story else self.REJECTED
        on(CASE, *SENT, *story).admits(left)

    def test_each_time_it_is_put_again_one_more_decision_fits(self) -> None:
        twice = (*SENT, self.REJECTED, self.AGAIN, self.ACCEPTED, referral_resubmitted())
        on(CASE, *twice).admits(referral_decided(decision="nfa"))

    def test_what_comes_of_a_withdrawn_one_is_taken_in(self) -> None:
        withdrawn = on(CASE, *SENT, referral_withdrawn())
        withdrawn.admits(referral_decided())
        withdrawn.admits(feedback_received())
        withdrawn.admits(referral_resubmitted())


class TestEscalation:
    OPENED = incident_reported()
    SECOND = escalation_raised(escalation_id="E2", stage=2)

    def test_stages_come_in_order(self) -> None:
        on(CASE, self.OPENED).lets_wait(self.SECOND, "stage 1", "referral R1")
        on(CASE, self.OPENED, escalation_raised()).admits(self.SECOND)
        third = escalation_raised(escalation_id="E3", stage=3)
        on(CASE, self.OPENED, escalation_raised()).lets_wait(third, "stage 2")

    @pytest.mark.parametrize("other", [{"about_ref": "R2"}, {"about": "decision"}])
    def test_each_matter_has_stages_of_its_own(self, other: dict[str, str]) -> None:
        case = on(CASE, self.OPENED, escalation_raised().but(**other))
        case.lets_wait(self.SECOND, "stage 1")
        case.admits(self.SECOND.but(**other))

    def test_a_stage_that_does_not_name_its_matter_keeps_none_waiting(self) -> None:
        unnamed = {"about_ref": None}
        on(CASE, self.OPENED, escalation_raised(**unnamed)).admits(self.SECOND)
        on(CASE, self.OPENED, escalation_raised()).admits(self.SECOND.but(**unnamed))
        on(CASE, self.OPENED).lets_wait(self.SECOND.but(**unnamed), "stage 1")

    def test_in_immediate_danger_stages_are_left_out(self) -> None:
        urgent = escalation_raised(stage=3, immediate_danger=True)
        on(CASE, self.OPENED).admits(urgent)
        next_one = escalation_raised(escalation_id="E2", stage=4)
        on(CASE, self.OPENED, urgent).admits(next_one)

    def test_a_stage_may_be_raised_again_but_not_under_one_reference(self) -> None:
        case = on(CASE, self.OPENED, escalation_raised())
        case.contradicts(escalation_raised(), "escalation E1", "already")
        case.admits(escalation_raised(escalation_id="E2"))

    def test_an_answer_waits_for_what_it_answers(self) -> None:
        on(CASE, self.OPENED).lets_wait(escalation_responded(), "EscalationRaised", "E1")
        on(CASE, self.OPENED, escalation_raised()).admits(escalation_responded())

    def test_a_barrier_may_name_a_referral_of_another_case(self) -> None:
        told = barrier_encountered(code="previous-response", earlier_referral="R-2019-4")
        on(CASE, self.OPENED).admits(told)
