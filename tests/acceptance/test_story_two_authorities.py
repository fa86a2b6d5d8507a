"""What matters in the case across two authorities, sentence by sentence."""

from domain.identity import event_id_of
from projections.authorities import authority_agreements
from projections.barriers import barriers
from projections.case_state import case_state
from projections.escalations import escalations
from projections.information_requests import information_requests
from projections.person_history import person_history
from projections.referrals import referrals
from projections.rights import rights
from projections.time_travel import hindsight
from projections.timeline import timeline
from tests.stories.cast import HOUSING, LETTINGS
from tests.stories.story import known_on
from tests.stories.two_authorities import (
    DATA_PROTECTION,
    HILLBROOK,
    POLICY,
    REF,
    RIVERSIDE,
    SECOND_REF,
    TENANT,
    TWO_AUTHORITIES,
)

GIVEN = TWO_AUTHORITIES.given
THERE = TWO_AUTHORITIES.given_beside(SECOND_REF)

RIVERSIDE_AGREEMENT = event_id_of(POLICY, "riv-f1")
MOVE = f"move:{event_id_of(LETTINGS, 'let-7101')}"


class TestWhatEachAuthorityAgreed:
    def test_one_has_five_days_to_decide_and_the_other_one(self) -> None:
        riverside = TWO_AUTHORITIES.given_beside(f"authority:{RIVERSIDE}")
        hillbrook = TWO_AUTHORITIES.given_beside(f"authority:{HILLBROOK}")
        riverside.then(authority_agreements).at("feedback RIV-F-2024").has(decision_days=5)
        hillbrook.then(authority_agreements).at("feedback HILL-F-1").has(decision_days=1)

    def test_so_the_same_silence_is_late_after_a_week_here_and_a_day_there(self) -> None:
        # By the rule's own two days it would have been late on 4 April.
        here = GIVEN.when_seen(known_on="2025-04-09").then_flags("R5")
        here.at("referral:R-RIV/decision").has(
            due_at="2025-04-09 end", overridden_by=RIVERSIDE_AGREEMENT
        )
        there = THERE.when_seen(known_on="2025-06-23").then_flags("R5")
        there.at("referral:R-HIL/decision").has(due_at="2025-06-24 end")

    def test_confirmation_is_owed_in_ten_working_days_there(self) -> None:
        decided = THERE.when_seen(known_on="2025-06-24").then_flags("R6")
        decided.at("referral:R-HIL").has(due_at="2025-07-08 end")
        THERE.then_flags("R6").has_rows()


class TestRiverside:
    def test_is_chased_and_then_escalated(self) -> None:
        before = GIVEN.when_seen(known_on="2025-04-09").then_flags("R5")
        before.at("referral:R-RIV/chase").has(due_at="2025-04-09 end")
        before.at("referral:R-RIV/escalate").has(due_at="2025-04-16 end")
        GIVEN.when_seen(known_on="2025-04-17").then_flags("R5").has_rows("referral:R-RIV/decision")

    def test_leaves_stage_1_unanswered_over_easter_so_it_goes_higher(self) -> None:
        stage_1 = GIVEN.when_seen(known_on="2025-04-24").then_flags("R7")
        stage_1.at("escalation:ESC-1").has(due_at="2025-04-24 end")
        GIVEN.when_seen(known_on="2025-04-25").then_flags("R7").has_rows("escalation:ESC-2")
        # What is answered and not resolved is taken higher the next working day.
        answered = GIVEN.when_seen(known_on="2025-05-01").then_flags("R7")
        answered.at("escalation:ESC-2/next").has(due_at="2025-05-02 end")
        GIVEN.then(escalations).at("ESC-3").has(stage=3, outcome="changed", resolved=True)
        GIVEN.when_seen(known_on="2025-05-09").then_flags("R7").has_rows()

    def test_decides_without_reasons(self) -> None:
        GIVEN.when_seen(known_on="2025-05-02").then(referrals).at("R-RIV").has(
            decision="signposted",
            decision_reason_code="below-threshold",
            feedback_quality="decision-no-reasons",
            assurance="decision-known",
        )

    def test_is_silent_again_once_the_referral_was_put_anew(self) -> None:
        GIVEN.when_seen(known_on="2025-06-18").then(referrals).at("R-RIV").has(
            resubmissions=1, decision=None, assurance="none", chases=2
        )
        GIVEN.when_seen(known_on="2025-06-18").then_flags("R12").at("referral:R-RIV/late")

    def test_is_one_barrier_in_itself_and_one_as_a_neighbour(self) -> None:
        met = [row.code for row in GIVEN.then(barriers).rows.values()]
        assert sorted(met) == ["multi-authority", "threshold"]


class TestTheLandlordsOwnRuling:
    def test_counts_for_what_came_after_it(self) -> None:
        # Escalated after seven working days, where it had been ten.
        again = GIVEN.when_seen(known_on="2025-06-18").then_flags("R5")
        again.at("referral:R-RIV/escalate").has(due_at="2025-05-22 end")

    def test_leaves_what_came_before_it_as_it_was_judged_then(self) -> None:
        # Seen today, the first silence still counts as ten working days.
        before = GIVEN.when_seen(known_on="2025-04-15").then_flags("R5")
        before.at("referral:R-RIV/escalate").has(due_at="2025-04-16 end")


class TestTheMove:
    def test_asks_for_a_handover_by_the_next_working_day(self) -> None:
        moved = GIVEN.when_seen(recorded_by="2025-06-24 12:00").then_flags("R23")
        moved.at(MOVE).has(since="2025-06-19 10:00", due_at="2025-06-20 end")

    def test_was_handed_over_on_monday_and_that_was_on_record_on_friday(self) -> None:
        GIVEN.when_seen(known_on="2025-06-23").then_flags("R23").has_rows()
        GIVEN.when_seen(recorded_by="2025-06-27 08:00").then_flags("R23").has_rows(MOVE)
        GIVEN.when_seen(recorded_by="2025-06-27 10:00").then_flags("R23").has_rows()

    def test_links_each_case_to_the_other(self) -> None:
        here = GIVEN.then(person_history).at(TENANT).row
        there = THERE.then(person_history).at(TENANT).row
        assert [link.other_ref for link in here.links] == [SECOND_REF]
        assert [link.other_ref for link in there.links] == [REF]
        assert (here.status, there.status) == ("closed", "open")

    def test_what_the_police_knew_in_march_is_learned_at_the_end_of_may(self) -> None:
        view = known_on("2025-04-15").view
        assert [event.source_event_id for event in hindsight(GIVEN.events, view)] == ["pol-3"]
        unanswered = GIVEN.when_seen(known_on="2025-05-29").then_flags("R14")
        unanswered.at("request:Q-1").has(due_at="2025-05-21 end")
        GIVEN.then(information_requests).at("Q-1").has(days_late=9)

    def test_closes_the_first_case_without_full_assurance(self) -> None:
        GIVEN.then(case_state).has(
            status="closed", closure_reason="person-moved", assurance="partial"
        )


class TestHisRecord:
    def test_he_gets_within_the_month_though_the_case_is_closed(self) -> None:
        asked = GIVEN.when_seen(known_on="2025-08-28").then_flags("R40")
        asked.at("request:SA-1").has(due_at="2025-09-04 end")
        GIVEN.when_seen(known_on="2025-08-29").then_flags("R40").has_rows()
        GIVEN.then(rights).at("access:SA-1").has(redaction_count=1, days_late=-6)

    def test_carries_his_disagreement_and_stays_as_it_was(self) -> None:
        visit = GIVEN.then(timeline).at(event_id_of(HOUSING, "ho-7101"))
        visit.has(narrative="He lent the card gladly at first, he says.")
        assert [each.statement for each in visit.row.disputes] == [
            "I never lent it gladly. He took it and I said nothing."
        ]

    def test_a_correction_is_corrected_and_both_stay_visible(self) -> None:
        concern = event_id_of(HOUSING, "inc-7101")
        (in_april,) = (
            GIVEN.when_seen(known_on="2025-04-15").then(timeline).at(concern).row.corrections
        )
        assert (in_april.was, in_april.now) == ('"neighbour"', '"relative"')
        (today,) = GIVEN.then(timeline).at(concern).row.corrections
        assert today.now == '"other-known-to-individual"'
        assert [each.event_id for each in today.corrections] == [
            event_id_of(DATA_PROTECTION, "dp-7104")
        ]
