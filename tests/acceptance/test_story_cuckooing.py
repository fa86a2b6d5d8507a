"""What matters in the cuckooing case, sentence by sentence."""

from domain.identity import event_id_of
from projections.action_plan import action_plan
from projections.case_state import case_state
from projections.enforcement_steps import enforcement
from projections.kpi_case import kpi_case
from projections.meetings import meetings
from projections.people import people
from projections.recommendations import recommendations
from projections.referrals import referrals
from projections.reviews import reviews
from projections.risk import risk
from projections.time_travel import hindsight
from tests.stories.cuckooing import (
    ASB,
    CUCKOOING,
    FOR_A_TIME,
    HOME,
    HOUSING,
    NEIGHBOUR,
    REPAIRS,
    TENANT,
    VISITOR,
)
from tests.stories.story import known_on

GIVEN = CUCKOOING.given

WARNING = f"enforcement:{event_id_of(ASB, 'asb-6612')}"
NOTICE = f"enforcement:{event_id_of(HOUSING, 'leg-6601')}"
FIRST_SIGN = f"event:{event_id_of(REPAIRS, 'plum-6601')}/red"
SECOND_SIGN = f"event:{event_id_of(REPAIRS, 'plum-6602')}/red"


class TestReadAsAntisocialBehaviour:
    def test_the_tenant_is_the_one_who_does_it(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-05-08")
        seen.then(case_state).has(classification="asb", risk_level="low", lead="staff:asb-07")
        seen.then(people).at(TENANT).has(current_roles=("alleged-perpetrator",))

    def test_nobody_asked_what_lies_behind_it(self) -> None:
        seen = GIVEN.when_seen(known_on="2025-04-09")
        seen.then_flags("R9").at("screen").has(due_at="2025-03-06 end")
        seen.then_flags("R42").at("section-42").has(due_at="2025-03-12 end")

    def test_with_the_third_report_the_neighbour_may_ask_for_a_review(self) -> None:
        GIVEN.when_seen(known_on="2025-04-06").then_flags("R38").has_rows()
        third = GIVEN.when_seen(known_on="2025-04-07").then_flags("R38")
        third.at("asb-case-review").has(effect="warning", due_at="2025-04-07 09:20")


class TestWhatRepairsSaw:
    def test_two_signs_were_known_a_fortnight_before_the_notice(self) -> None:
        known = GIVEN.when_seen(known_on="2025-05-06").then_flags("R9")
        known.at("exploitation").has(due_at="2025-04-22 13:15")

    def test_and_not_on_record_when_it_was_served(self) -> None:
        on_record = GIVEN.when_seen(recorded_by="2025-05-08 12:00")
        on_record.then_flags("R9").has_rows("screen")
        on_record.then(risk).at(f"warning:{event_id_of(HOUSING, 'leg-6601')}")

    def test_are_recorded_weeks_late_until_a_manager_has_looked(self) -> None:
        late = GIVEN.when_seen(recorded_by="2025-05-14 12:00").then_flags("R2")
        late.has_rows(FIRST_SIGN, SECOND_SIGN)
        GIVEN.when_seen(recorded_by="2025-05-16 16:00").then_flags("R2").has_rows()

    def test_the_engineers_concern_is_looked_at_after_the_tenant_was_seen(self) -> None:
        raised = GIVEN.when_seen(known_on="2025-05-15")
        concern = f"concern:{event_id_of(REPAIRS, 'gas-6603')}"
        raised.then_flags("R1").at(concern).has(due_at="2025-05-14 end")
        raised.then_flags("R19").at(concern).has(due_at="2025-05-14 end")
        raised.then_flags("R9").at(TENANT).has(due_at="2025-05-15 14:00")
        decided = GIVEN.when_seen(known_on="2025-05-16")
        for rule in ("R1", "R9", "R19"):
            decided.then_flags(rule).has_rows()


class TestSeenAnew:
    def test_it_was_misbadged_for_74_days(self) -> None:
        GIVEN.then(case_state).has(classification="adult", first_classification="asb")
        GIVEN.then(kpi_case).has(
            misbadged_days=74,
            new_case_on="2025-05-16",
            new_case_via="reclassified",
            asb_re_roled=1,
        )

    def test_everyone_is_in_another_role_and_the_earlier_ones_stay_on_record(self) -> None:
        everyone = GIVEN.then(people)
        everyone.at(TENANT).has(current_roles=("adult-at-risk",))
        everyone.at(NEIGHBOUR).has(current_roles=("additional-victim",))
        everyone.at(VISITOR).has(current_roles=("alleged-perpetrator",))
        assert "alleged-perpetrator" in {role.role for role in everyone.at(TENANT).row.roles}

    def test_what_was_done_against_him_is_owed_a_review_since_he_is_seen_at_risk(self) -> None:
        owed = GIVEN.when_seen(known_on="2025-05-13").then_flags("R8")
        owed.has_rows(WARNING, NOTICE)
        owed.at(NOTICE).has(due_at="2025-05-15 end")

    def test_the_warning_is_withdrawn_with_an_apology_and_the_notice_after_it(self) -> None:
        GIVEN.when_seen(known_on="2025-05-19").then_flags("R8").has_rows(NOTICE)
        GIVEN.when_seen(known_on="2025-05-22").then_flags("R8").has_rows()
        GIVEN.then(action_plan).at("A1").has(cancellation_reason="reclassified")

    def test_he_is_to_be_reached_in_person_and_not_in_writing(self) -> None:
        GIVEN.then(people).at(TENANT).has(
            communication={
                "safe_channels": ("face-to-face", "through-advocate"),
                "unsafe_channels": ("phone", "letter"),
                "written_ineffective": True,
            }
        )


class TestWithOthers:
    def test_social_care_takes_it_on_and_meets_within_five_working_days(self) -> None:
        called = GIVEN.when_seen(known_on="2025-05-19").then_flags("R12")
        called.at("referral:R-ASC/strategy").has(due_at="2025-05-23 end")
        GIVEN.when_seen(known_on="2025-05-20").then_flags("R12").has_rows()
        GIVEN.then(meetings).at("STRAT-1").has(invite_state="invited-in-time")
        GIVEN.then(kpi_case).has(days_to_meeting=7)

    def test_others_knew_of_it_before_anyone_told_the_landlord(self) -> None:
        late = hindsight(CUCKOOING.events, known_on("2025-05-08").view)
        assert [event.source_event_id for event in late] == ["ho-6606", "sg-6612", "sg-6613"]
        GIVEN.then(case_state).has(known_from_partners=2)

    def test_the_police_answer_after_they_are_chased(self) -> None:
        silent = GIVEN.when_seen(known_on="2025-06-15").then_flags("R5")
        silent.at("referral:R-POLICE/answer").has(due_at="2025-05-30 end")
        GIVEN.when_seen(known_on="2025-06-16").then_flags("R5").has_rows()
        GIVEN.then(referrals).at("R-POLICE").has(chases=1, assurance="mitigation-confirmed")

    def test_he_can_decide_for_himself_to_leave_for_a_time(self) -> None:
        away = GIVEN.when_seen(known_on="2025-05-20").then(people).at(TENANT)
        away.has(capacity=({"outcome": "has"},), tenure="temporary")
        assert [each.home for each in away.row.residences][-1] == FOR_A_TIME


class TestAtHomeAgain:
    def test_the_closure_order_is_against_the_others(self) -> None:
        steps = GIVEN.then(enforcement).rows.values()
        in_force = [(step.kind, step.against) for step in steps if step.in_force]
        assert in_force == [("closure", VISITOR)]
        GIVEN.when_seen(known_on="2025-05-30").then_flags("R8").has_rows()

    def test_the_door_is_late_beyond_excuse(self) -> None:
        ordered = GIVEN.when_seen(known_on="2025-06-09").then_flags("R27")
        ordered.at("measure:SEC1/target").has(due_at="2025-05-31 15:00")
        ordered.at("measure:SEC1/limit").has(due_at="2025-06-06 end")
        GIVEN.when_seen(known_on="2025-06-10").then_flags("R27").has_rows()

    def test_that_the_neighbour_is_well_does_not_put_off_a_managers_look(self) -> None:
        looked = GIVEN.when_seen(known_on="2025-06-09")
        looked.then_flags("R26").at("oversight").has(due_at="2025-05-30 end")

    def test_he_is_home_safer_and_says_so(self) -> None:
        home = GIVEN.then(people).at(TENANT)
        home.has(tenure="assured", outcome_feedback={"achieved": "fully", "safer": "yes"})
        assert [each.home for each in home.row.residences][-1] == HOME
        GIVEN.then(case_state).has(status="closed", risk_outcome="removed", assurance="confirmed")
        GIVEN.then_flags("R36").has_rows()


class TestTheReview:
    def test_is_asked_for_and_the_landlord_answers_in_time(self) -> None:
        asked = GIVEN.when_seen(known_on="2025-06-02")
        asked.then_flags("R38").has_rows()
        asked.then_flags("R37").at("review:ACR-7").has(due_at="2025-06-20 end")
        GIVEN.when_seen(known_on="2025-06-19").then_flags("R37").has_rows()
        GIVEN.then(reviews).at("ACR-7").has(latest_version=1, recommendations=2)

    def test_what_it_recommended_outlives_the_case(self) -> None:
        rows = GIVEN.then(recommendations)
        rows.at("REC-1").has(implemented_at="2025-09-22")
        GIVEN.then_flags("R34").has_rows("recommendation:REC-2")
