"""What matters in the hoarding case, sentence by sentence."""

from datetime import date

from domain.identity import event_id_of
from domain.times import end_of_day
from domain.vocabulary.rules import Timeliness
from projections.action_plan import action_plan, is_overdue
from projections.attention import attention
from projections.case_state import case_state
from projections.kpi_case import kpi_case
from projections.meetings import meetings
from projections.people import people
from projections.referrals import referrals
from projections.time_travel import hindsight
from projections.timeline import timeline
from tests.stories.hoarding import HOARDING, HOUSING, SAFEGUARDING, TENANT
from tests.stories.story import known_on

GIVEN = HOARDING.given


class TestLow:
    def test_is_watched_and_never_dropped(self) -> None:
        low = GIVEN.when_seen(known_on="2025-01-23")
        low.then(case_state).has(status="open", classification="hoarding", risk_level="low")
        low.then_flags("R31").at(f"{TENANT}/hoarding-inspection").has(due_at="2025-04-22 end")

    def test_three_letters_without_reply_are_no_reason_to_close(self) -> None:
        GIVEN.when_seen(known_on="2025-05-20").then_flags("R15").has_rows()
        third = GIVEN.when_seen(known_on="2025-05-30").then_flags("R15")
        third.at(f"{TENANT}/no-contact").has(effect="warning", due_at="2025-05-21 09:00")

    def test_he_is_found_at_home_and_has_not_opened_post_for_years(self) -> None:
        found = GIVEN.when_seen(known_on="2025-06-03")
        found.then_flags("R15").has_rows()
        found.then(people).at(TENANT).has(
            communication={"method": "phone", "written_ineffective": True}
        )


class TestMedium:
    def test_asks_for_a_plan_or_action_within_ten_working_days(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-06-03").then_flags("R31")
        seen.at(f"{TENANT}/hoarding-plan").has(due_at="2025-06-17 end")
        agreed = GIVEN.when_seen(known_on="2025-06-04").then_flags("R31")
        agreed.has_rows(f"{TENANT}/hoarding-inspection")

    def test_the_action_is_put_off_once_and_overdue_all_summer(self) -> None:
        summer = GIVEN.when_seen(known_on="2025-09-15")
        action = summer.then(action_plan).at("A1").row
        assert is_overdue(action, known_on("2025-09-15").today)
        assert (str(action.first_due), str(action.due)) == ("2025-07-04", "2025-08-01")
        summer.then_flags("R34").at("action:A1").has(due_at="2025-08-01 end")


class TestHigh:
    def test_asks_for_something_done_that_day_and_a_referral_the_next(self) -> None:
        high = GIVEN.when_seen(known_on="2025-09-16").then_flags("R31")
        high.at(f"{TENANT}/hoarding-action").has(due_at="2025-09-16 end")
        high.at(f"{TENANT}/hoarding-referral").has(due_at="2025-09-17 end")
        high.at(f"{TENANT}/hoarding-inspection").has(due_at="2025-09-30 end")

    def test_is_referred_the_next_day_with_his_consent(self) -> None:
        referred = GIVEN.when_seen(known_on="2025-09-18")
        referred.then_flags("R3").has_rows()
        referred.then_flags("R31").has_rows(f"{TENANT}/hoarding-inspection")
        referred.then(referrals).has_rows("R-ASC", "R-FIRE")

    def test_a_manager_has_to_look_at_once_as_none_did_before(self) -> None:
        high = GIVEN.when_seen(known_on="2025-09-16").then_flags("R26")
        high.at("oversight").has(due_at="2025-09-16 13:30")
        looked = GIVEN.when_seen(known_on="2025-10-14").then_flags("R26")
        looked.at("oversight").has(due_at="2025-10-28 end")


class TestThePanel:
    def test_meets_three_weeks_after_the_referral_and_the_delay_shows(self) -> None:
        GIVEN.then(kpi_case).has(days_to_meeting=22)
        waiting = GIVEN.when_seen(known_on="2025-10-08").then_flags("R12")
        waiting.at("referral:R-ASC/strategy").has(due_at="2025-09-24 end")
        waiting.at("referral:R-ASC/late").has(effect="warning", due_at="2025-10-01 end")

    def test_has_met_and_is_not_on_record_for_four_days(self) -> None:
        GIVEN.when_seen(recorded_by="2025-10-10 12:00").then(meetings).at("PANEL-1").has(
            status="convened"
        )
        GIVEN.when_seen(known_on="2025-10-10").then(meetings).at("PANEL-1").has(status="held")
        GIVEN.when_seen(known_on="2025-10-10").then_flags("R12").has_rows()

    def test_tells_of_a_bereavement_that_nobody_at_the_landlord_knew_of(self) -> None:
        late = hindsight(HOARDING.events, known_on("2025-05-30").view)
        assert [event.source_event_id for event in late] == ["sg-4209"]
        before = GIVEN.when_seen(known_on="2025-10-08").then(people).at(TENANT).row
        assert before.vulnerabilities == ()

    def test_the_due_day_of_its_action_was_entered_a_week_late(self) -> None:
        GIVEN.when_seen(known_on="2025-10-14").then(action_plan).at("A2").has(due="2025-11-14")
        GIVEN.then(action_plan).at("A2").has(due="2025-11-07", status="completed")
        row = GIVEN.then(timeline).at(event_id_of(SAFEGUARDING, "sg-4214")).row
        assert [each.reason for each in row.corrections] == ["The panel said four weeks."]


class TestTheCourt:
    def test_comes_after_thought_for_his_capacity_and_how_to_reach_him(self) -> None:
        GIVEN.when_seen(known_on="2025-12-02").then_flags("R24").has_rows()

    def test_would_be_stopped_without_them(self) -> None:
        told = [
            each.but(capacity_ref=None) if each.ref == "leg-4202" else each
            for each in HOARDING.told
            if each.ref not in ("sg-4206", "ho-4213")
        ]
        hasty = HOARDING.but(told=told).given.when_seen(known_on="2025-12-02").then_flags("R24")
        hasty.at(f"enforcement:{event_id_of(HOUSING, 'leg-4202')}").has(effect="stop")


class TestAfterwards:
    def test_he_is_watched_closely_against_a_relapse(self) -> None:
        court = GIVEN.when_seen(known_on="2025-12-18")
        court.then(case_state).has(status="open", risk_level="medium")
        court.then_flags("R31").at(f"{TENANT}/hoarding-inspection").has(due_at="2026-01-12 end")
        GIVEN.when_seen(known_on="2026-01-12").then(case_state).has(risk_level="low")

    def test_he_has_what_he_wanted(self) -> None:
        GIVEN.then(people).at(TENANT).has(
            desired_outcomes={"outcomes": ("To stay in his home.", "To have the gas back.")},
            outcome_feedback={"achieved": "fully", "safer": "yes"},
        )

    def test_only_the_fire_service_never_answered(self) -> None:
        GIVEN.then(referrals).at("R-ASC").has(assurance="mitigation-confirmed")
        GIVEN.then(referrals).at("R-FIRE").has(assurance="none")
        GIVEN.then_flags("R5").at("referral:R-FIRE/answer").has(due_at="2025-09-24 end")
        overdue = [
            row.rule
            for row in GIVEN.then(attention).rows.values()
            if row.timeliness(end_of_day(date(2026, 3, 31))) is Timeliness.OVERDUE
        ]
        assert overdue == ["R5"]
