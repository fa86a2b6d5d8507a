"""What matters in the domestic abuse case, sentence by sentence."""

from domain.identity import event_id_of
from projections.action_plan import action_plan
from projections.case_state import case_state
from projections.escalations import escalations
from projections.kpi_case import kpi_case
from projections.meetings import meetings
from projections.people import people
from projections.referrals import referrals
from projections.sharing import sharing
from projections.support import support
from projections.time_travel import hindsight
from projections.timeline import timeline
from tests.stories.domestic_abuse import (
    CHILD,
    DOMESTIC_ABUSE,
    EX_PARTNER,
    HOUSING,
    REPAIRS,
    SAFEGUARDING,
    TENANT,
)
from tests.stories.story import known_on

GIVEN = DOMESTIC_ABUSE.given

OVERRIDE = event_id_of(SAFEGUARDING, "mgr-5101")
OUT_OF_HOURS = f"event:{event_id_of(REPAIRS, 'ooh-5101')}/red"
CALL_TO_POLICE = f"event:{event_id_of(REPAIRS, 'ooh-5102')}/red"


class TestHowToReachHer:
    def test_nothing_may_go_to_a_home_that_he_holds_too(self) -> None:
        stopped = GIVEN.when_seen(known_on="2025-02-05").then_flags("R29")
        stopped.has_rows(TENANT, CHILD)
        stopped.at(TENANT).has(effect="stop", due_at="2025-02-04 15:11")

    def test_she_is_asked_for_a_safe_way_the_first_time_she_is_seen_alone(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-02-06")
        seen.then(people).at(TENANT).has(
            communication={
                "safe_channels": ("phone", "face-to-face"),
                "unsafe_channels": ("letter", "email", "text"),
                "safe_times": "Weekdays, half past nine to half past two",
            }
        )
        seen.then_flags("R29").has_rows(CHILD)

    def test_the_child_is_reached_at_school_only(self) -> None:
        GIVEN.when_seen(known_on="2025-02-13").then_flags("R29").has_rows()

    def test_letters_are_held_back(self) -> None:
        GIVEN.when_seen(known_on="2025-02-07").then(action_plan).at("A1").has(status="completed")

    def test_his_number_is_copied_to_her_new_tenancy_and_stopped_until_put_right(self) -> None:
        GIVEN.when_seen(known_on="2025-06-09").then_flags("R29").has_rows()
        copied = GIVEN.when_seen(known_on="2025-06-10").then_flags("R29")
        copied.at(TENANT).has(effect="stop", due_at="2025-06-10 09:30")
        GIVEN.when_seen(known_on="2025-06-18").then_flags("R29").has_rows()


class TestConsent:
    def test_her_refusal_is_to_be_looked_at_again(self) -> None:
        refused = GIVEN.when_seen(known_on="2025-02-11")
        refused.then_flags("R13").at(f"{TENANT}/consent/refer").has(due_at="2025-03-11 end")
        refused.then(referrals).has_rows()

    def test_it_is_overridden_on_stated_grounds_and_her_officer_sees_it_otherwise(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-02-12")
        seen.then(sharing).at(OVERRIDE).has(
            grounds=("risk-unacceptable", "others-at-risk", "serious-crime"),
            dissenting_view="Her housing officer: she trusted us with this, and may not speak to "
            "us again.",
            current=True,
        )
        seen.then_flags("R13").has_rows()

    def test_she_is_owed_an_explanation_and_has_it_the_next_morning(self) -> None:
        owed = GIVEN.when_seen(known_on="2025-02-12").then_flags("R20")
        owed.at(f"override:{OVERRIDE}").has(due_at="2025-02-13 end")
        told = GIVEN.when_seen(known_on="2025-02-13")
        told.then_flags("R20").has_rows()
        told.then(sharing).at(OVERRIDE).has(informed=True, informed_at="2025-02-13 09:40")

    def test_the_second_time_she_gives_it(self) -> None:
        GIVEN.then(sharing).at(OVERRIDE).has(current=False)
        GIVEN.then(sharing).at(event_id_of(HOUSING, "ho-5121")).has(
            scope="refer", state="given", current=True
        )


class TestHighRisk:
    def test_a_score_of_16_calls_for_a_marac_within_a_working_day(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-02-11")
        seen.then(case_state).has(risk_level="high")
        seen.then_flags("R33").at("marac").has(due_at="2025-02-12 end")
        GIVEN.when_seen(known_on="2025-02-12").then_flags("R33").has_rows()

    def test_the_police_have_to_know_and_do_the_next_day(self) -> None:
        suspected = f"concern:{event_id_of(HOUSING, 'ho-5106')}"
        owed = GIVEN.when_seen(known_on="2025-02-11").then_flags("R19")
        owed.at(suspected).has(due_at="2025-02-12 end")
        GIVEN.when_seen(known_on="2025-02-12").then_flags("R19").has_rows()

    def test_the_marac_meets_with_housing_and_tells_what_the_police_knew(self) -> None:
        GIVEN.then(meetings).at("MARAC-1").has(
            invite_state="invited-in-time", held_at="2025-02-25 10:00", new_information=True
        )
        late = hindsight(DOMESTIC_ABUSE.events, known_on("2025-02-11").view)
        assert [event.source_event_id for event in late] == ["sg-5115"]

    def test_she_has_an_adviser_and_he_is_told_where_to_get_help(self) -> None:
        (adviser,) = GIVEN.then(people).at(TENANT).row.advocates
        assert adviser.kind == "idva"
        GIVEN.then(support).at("offer:S1").has(
            person=EX_PARTNER, support_kind="perpetrator-help", response="accepted"
        )


class TestLocksAndAlarm:
    def test_the_locks_miss_their_day_and_keep_within_the_limit(self) -> None:
        ordered = GIVEN.when_seen(known_on="2025-02-13").then_flags("R27")
        ordered.at("measure:L1/target").has(due_at="2025-02-13 14:00")
        ordered.at("measure:L1/limit").has(due_at="2025-02-19 end")
        GIVEN.when_seen(known_on="2025-02-14").then_flags("R27").has_rows()

    def test_that_they_had_kept_it_was_wrong_and_both_stay_on_record(self) -> None:
        before = GIVEN.when_seen(known_on="2025-02-19").then(support).at("measure:L1")
        before.has(completed_on="2025-02-13", days_to_complete=1)
        GIVEN.then(support).at("measure:L1").has(completed_on="2025-02-14", days_to_complete=2)
        row = GIVEN.then(timeline).at(event_id_of(REPAIRS, "join-5103")).row
        assert [(c.was, c.now) for c in row.corrections] == [('"2025-02-13"', '"2025-02-14"')]

    def test_the_alarm_is_not_taken_away_unasked(self) -> None:
        lent = GIVEN.when_seen(known_on="2025-05-08").then_flags("R28")
        lent.at("measure:AL1").has(soon_at="2025-05-04 end", due_at="2025-05-18 end")
        longer = GIVEN.when_seen(known_on="2025-05-09").then_flags("R28")
        longer.at("measure:AL1").has(due_at="2025-07-31 end")
        GIVEN.when_seen(known_on="2025-07-29").then_flags("R28").has_rows()


class TestThePolice:
    def test_owe_an_answer_from_the_day_on_which_it_was_asked_for(self) -> None:
        silent = GIVEN.when_seen(known_on="2025-04-10").then_flags("R5")
        silent.at("referral:R-POLICE/answer").has(due_at="2025-02-26 end")

    def test_answer_the_escalation_a_day_late(self) -> None:
        GIVEN.when_seen(known_on="2025-04-10").then_flags("R7").at("escalation:E1").has(
            due_at="2025-04-10 end"
        )
        GIVEN.then(escalations).at("E1").has(resolved=True, days_late=1)
        GIVEN.when_seen(known_on="2025-04-11").then_flags("R5").has_rows()

    def test_are_asked_until_they_say_that_the_risk_was_dealt_with(self) -> None:
        answered = GIVEN.when_seen(known_on="2025-05-19")
        answered.then_flags("R6").at("referral:R-POLICE").has(due_at="2025-05-09 end")
        GIVEN.when_seen(known_on="2025-05-20").then_flags("R6").has_rows()
        GIVEN.then(referrals).at("R-POLICE").has(assurance="mitigation-confirmed", unanswered=())


class TestTheSecondIncident:
    def test_is_not_on_record_for_ten_days_and_nothing_calls_for_a_marac(self) -> None:
        on_record = GIVEN.when_seen(recorded_by="2025-06-17 12:00")
        on_record.then(case_state).has(risk_level="medium")
        on_record.then_flags("R33").has_rows()

    def test_though_the_landlords_own_contractor_knew_the_same_night(self) -> None:
        known = GIVEN.when_seen(known_on="2025-06-17").then_flags("R33")
        known.at("marac").has(due_at="2025-06-09 end")

    def test_is_said_to_be_late_until_a_manager_has_looked(self) -> None:
        recorded = GIVEN.when_seen(recorded_by="2025-06-18 12:00").then_flags("R2")
        recorded.has_rows(OUT_OF_HOURS, CALL_TO_POLICE)
        GIVEN.when_seen(recorded_by="2025-06-18 18:00").then_flags("R2").has_rows()

    def test_goes_to_the_marac_again(self) -> None:
        GIVEN.when_seen(known_on="2025-06-19").then_flags("R33").has_rows()
        GIVEN.then(meetings).at("MARAC-2").has(held_at="2025-07-08 10:00")


class TestTheMove:
    def test_waits_for_a_decision_on_her_tenancy(self) -> None:
        moved = GIVEN.when_seen(recorded_by="2025-06-17 12:00").then_flags("R30")
        moved.at(f"{TENANT}/tenure").has(effect="stop", due_at="2025-06-09 12:00")

    def test_leaves_her_the_tenancy_she_had(self) -> None:
        GIVEN.when_seen(known_on="2025-06-19").then_flags("R30").has_rows()
        GIVEN.when_seen(known_on="2025-06-19").then(people).at(TENANT).has(tenure="starter")
        GIVEN.then(people).at(TENANT).has(tenure="assured")


class TestTheEnd:
    def test_is_closed_with_every_referral_confirmed(self) -> None:
        GIVEN.then(case_state).has(
            status="closed", assurance="confirmed", risk_outcome="reduced", open_referrals=0
        )
        confirmed = {row.assurance for row in GIVEN.then(referrals).rows.values()}
        assert confirmed == {"mitigation-confirmed"}

    def test_she_is_asked_what_she_makes_of_it(self) -> None:
        closed = GIVEN.when_seen(known_on="2025-09-10").then_flags("R36")
        closed.at(f"{TENANT}/closing-interview").has(due_at="2025-11-05 end")
        GIVEN.when_seen(known_on="2025-10-09").then_flags("R36").has_rows()
        GIVEN.then(people).at(TENANT).has(outcome_feedback={"achieved": "fully", "safer": "yes"})

    def test_what_is_left_is_the_old_home(self) -> None:
        GIVEN.then_flags("R34").at("action:A4").has(owner="staff:leg-03", due_at="2025-12-05 end")
        GIVEN.then(action_plan).at("A4").has(carried_over=True)

    def test_it_counts_as_one_case_of_domestic_abuse_with_one_override(self) -> None:
        counted = GIVEN.then(kpi_case)
        counted.has(domestic_abuse_on="2025-02-04", new_case_via="opened", days_to_meeting=13)
        assert len(counted.row.consent_overrides) == 1
