"""What matters in the child case, sentence by sentence."""

from domain.identity import event_id_of
from projections.case_state import case_state
from projections.chronology import chronology
from projections.escalations import escalations
from projections.information_requests import information_requests
from projections.kpi_case import kpi_case
from projections.meetings import meetings
from projections.people import people
from projections.recommendations import recommendations
from projections.referrals import referrals
from projections.relationships import relationships
from projections.reviews import reviews
from projections.rights import rights
from projections.time_travel import hindsight
from tests.stories.cast import REPAIRS
from tests.stories.child import CHILD, CHILD_CASE, GRANDMOTHER, MOTHER, SIBLING
from tests.stories.story import known_on

GIVEN = CHILD_CASE.given


class TestTheReferral:
    def test_goes_the_same_day_though_nobody_asked_for_consent(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-03-03")
        seen.then(referrals).at("R-CSC").has(sent_at="2025-03-03 12:30", urgency="same-day")
        seen.then(case_state).has(status="open", risk_level="high", immediate_danger=True)
        seen.then_flags("R13").has_rows()

    def test_is_owed_an_acknowledgement_within_a_working_day(self) -> None:
        silent = GIVEN.when_seen(known_on="2025-03-06").then_flags("R4")
        silent.at("referral:R-CSC/acknowledgement").has(due_at="2025-03-04 end")

    def test_had_been_taken_in_and_decided_all_along(self) -> None:
        view = known_on("2025-03-06").view
        late = [event.source_event_id for event in hindsight(CHILD_CASE.events, view)]
        assert late == ["csc-1", "csc-2"]
        GIVEN.when_seen(known_on="2025-03-12").then_flags("R4").has_rows()

    def test_is_escalated_and_answered_a_day_late(self) -> None:
        raised = GIVEN.when_seen(known_on="2025-03-11")
        raised.then_flags("R7").at("escalation:ESC-1").has(due_at="2025-03-11 end")
        GIVEN.then(escalations).at("ESC-1").has(resolved=True, days_late=1)
        GIVEN.when_seen(known_on="2025-03-12").then_flags("R7").at("escalation:ESC-2")

    def test_is_never_said_to_have_made_her_safe(self) -> None:
        stands = GIVEN.when_seen(recorded_by="2025-05-20 12:00").then_flags("R6")
        stands.at("referral:R-CSC").has(due_at="2025-04-03 end")


class TestWhatThePlumberSaw:
    def test_is_on_record_three_days_later_in_his_own_words(self) -> None:
        own_words = f"event:{event_id_of(REPAIRS, 'rep-6101')}/red"
        GIVEN.when_seen(recorded_by="2025-03-06 16:00").then_flags("R2").has_rows()
        GIVEN.when_seen(recorded_by="2025-03-06 17:00").then_flags("R2").has_rows(own_words)

    def test_is_looked_at_by_a_manager_the_next_morning(self) -> None:
        GIVEN.when_seen(known_on="2025-03-07").then_flags("R2").has_rows()

    def test_is_given_to_the_council_when_it_asks(self) -> None:
        GIVEN.then(information_requests).at("Q-1").has(
            direction="inbound", due="2025-03-19", answered_at="2025-03-14 12:00", days_to_answer=2
        )


class TestMeetings:
    def test_a_meeting_is_owed_until_one_turns_out_to_have_been_held(self) -> None:
        before = GIVEN.when_seen(known_on="2025-03-11").then_flags("R12")
        before.at("referral:R-CSC/strategy").has(due_at="2025-03-10 end")
        GIVEN.when_seen(known_on="2025-03-12").then_flags("R12").has_rows()

    def test_the_one_held_without_housing_is_challenged(self) -> None:
        # As on record in the hour between the news of it and the challenge.
        told = GIVEN.when_seen(recorded_by="2025-03-12 10:20").then_flags("R11")
        told.at("meeting:STRAT-1").has(due_at="2025-03-12 10:05")
        told.at("meeting:STRAT-1/minutes").has(due_at="2025-03-26 end")
        challenged = GIVEN.when_seen(recorded_by="2025-03-12 12:00").then_flags("R11")
        challenged.has_rows("meeting:STRAT-1/minutes")
        GIVEN.when_seen(recorded_by="2025-03-18 12:00").then_flags("R11").has_rows()

    def test_the_conference_is_called_without_housing_until_the_invitation_is_found(self) -> None:
        # It lies within five working days when it becomes known.
        uninvited = GIVEN.when_seen(known_on="2025-03-19").then_flags("R10")
        uninvited.at("meeting:ICPC-1").has(due_at="2025-03-19 09:00")
        GIVEN.when_seen(known_on="2025-03-20").then_flags("R10").has_rows()
        GIVEN.then(meetings).at("ICPC-1").has(status="held", invite_state="invited-late")

    def test_half_a_year_later_housing_is_there_from_the_first(self) -> None:
        GIVEN.then(meetings).at("STRAT-2").has(
            invite_state="invited-in-time", held_at="2025-09-23 14:00"
        )

    def test_no_marac_has_a_part_in_it(self) -> None:
        GIVEN.then_flags("R33").has_rows()
        assert "marac" not in {row.forum for row in GIVEN.then(meetings).rows.values()}


class TestTheFamily:
    def test_who_has_parental_responsibility_and_who_cares_for_her(self) -> None:
        rows = GIVEN.then(relationships).rows.values()
        of_her = {row.a: row for row in rows if row.b == CHILD}
        assert of_her[MOTHER].parental_responsibility == "yes"
        assert of_her[GRANDMOTHER].parental_responsibility == "no"
        assert of_her[GRANDMOTHER].informal_carer == "yes"

    def test_her_brother_is_18_three_months_before_the_first_record_had_it(self) -> None:
        before = GIVEN.when_seen(known_on="2025-03-06").then_flags("R22")
        before.at(f"{SIBLING}/turns-18").has(due_at="2025-09-20 00:00")
        GIVEN.when_seen(known_on="2025-03-10").then_flags("R22").at(f"{SIBLING}/turns-18").has(
            due_at="2025-06-20 00:00", soon_at="2025-03-22 00:00"
        )

    def test_a_plan_for_her_settles_nothing_for_him(self) -> None:
        planned = GIVEN.when_seen(known_on="2025-06-16").then_flags("R22")
        planned.at(f"{SIBLING}/turns-18")
        GIVEN.when_seen(known_on="2025-06-17").then_flags("R22").has_rows(f"{CHILD}/turns-18")

    def test_he_signs_for_a_flat_at_17_and_somebody_decides_who_holds_it(self) -> None:
        signed = GIVEN.when_seen(known_on="2025-05-20").then_flags("R22")
        signed.at(f"{SIBLING}/young-tenant").has(since="2025-05-12 14:00", effect="warning")
        decided = GIVEN.when_seen(known_on="2025-05-21").then_flags("R22")
        assert f"{SIBLING}/young-tenant" not in decided.rows
        GIVEN.then(people).at(SIBLING).has(date_of_birth="2007-06-20", tenure_role="tenant")


class TestTheReview:
    def test_has_the_landlords_part_within_15_working_days(self) -> None:
        asked = GIVEN.when_seen(known_on="2025-10-14").then_flags("R37")
        asked.at("review:RR-7").has(due_at="2025-10-20 end")
        GIVEN.when_seen(known_on="2025-10-15").then_flags("R37").has_rows()
        GIVEN.then(reviews).at("RR-7").has(latest_version=1, first_submitted_at="2025-10-15")

    def test_keeps_the_record_for_as_long_as_the_hold_stands(self) -> None:
        GIVEN.then(rights).at("hold:H-RR-7").has(hold_reason="review", is_open=True)
        GIVEN.then_flags("R41").has_rows()

    def test_calls_two_moments_missed(self) -> None:
        entries = GIVEN.then(chronology).rows.values()
        missed = {
            row.source_event_id for row in entries if row.significance == "missed-opportunity"
        }
        assert missed == {"rep-6101", "sg-6116"}

    def test_leads_to_a_change_before_its_day(self) -> None:
        accepted = GIVEN.when_seen(known_on="2026-02-19").then_flags("R34")
        accepted.at("recommendation:RR-7-1").has(due_at="2026-02-27 end", owner="staff:mg-02")
        GIVEN.when_seen(known_on="2026-02-20").then_flags("R34").has_rows()
        GIVEN.then(recommendations).at("RR-7-1").has(implemented_at="2026-02-20", days_late=-7)
        GIVEN.then(recommendations).at("RR-7-1").has(disseminated_at="2026-03-10")


def test_closed_without_full_assurance_it_comes_back() -> None:
    in_august = GIVEN.when_seen(known_on="2025-08-01")
    in_august.then(case_state).has(status="closed", assurance="partial")
    GIVEN.then(kpi_case).has(reopened_on=("2025-09-22",), concerns=3, assurance="confirmed")
