"""What matters in the low-level pattern case, sentence by sentence."""

from domain.identity import event_id_of
from projections.action_plan import action_plan
from projections.authorities import authority_agreements
from projections.barriers import barriers
from projections.case_state import case_state
from projections.escalations import escalations
from projections.kpi_case import kpi_case
from projections.meetings import meetings
from projections.person_history import person_history
from projections.plans import plans
from projections.property_history import property_history
from projections.referrals import referrals
from projections.reports import reports
from projections.sharing import sharing
from projections.time_travel import hindsight
from projections.timeline import timeline
from tests.stories.cast import CONTACT_CENTRE, HOUSING, REPAIRS, SAFEGUARDING
from tests.stories.low_level import AUTHORITY, BLOCK, HOME, LOW_LEVEL, TENANT
from tests.stories.story import known_on

GIVEN = LOW_LEVEL.given


class TestSmallThings:
    def test_come_from_three_sides_and_each_is_small(self) -> None:
        GIVEN.when_seen(known_on="2025-03-18").then(kpi_case).has(
            concerns=4, low_level_concerns=4, classification="welfare"
        )

    def test_are_each_decided_on_by_the_authoritys_guide(self) -> None:
        authority = LOW_LEVEL.given_beside(f"authority:{AUTHORITY}")
        authority.then(authority_agreements).at("threshold WM-2024").has(mode="refer-serious")
        GIVEN.when_seen(known_on="2025-03-05").then_flags("R1").has_rows()

    def test_the_engineers_word_is_on_record_two_days_later(self) -> None:
        late = f"event:{event_id_of(REPAIRS, 'lift-9101')}/amber"
        GIVEN.when_seen(recorded_by="2025-02-13 09:00").then_flags("R2").has_rows(late)
        GIVEN.when_seen(known_on="2025-03-21").then_flags("R2").has_rows()

    def test_the_first_was_looked_at_and_does_not_count_again(self) -> None:
        # Three have come since then only with the last of them.
        GIVEN.when_seen(known_on="2025-03-17").then_flags("R21").has_rows()
        GIVEN.when_seen(known_on="2025-03-18").then_flags("R21").at(TENANT).has(
            due_at="2025-03-18 16:20",
            effect="warning",
            inputs=(
                event_id_of(REPAIRS, "lift-9101"),
                event_id_of(CONTACT_CENTRE, "cc-9102"),
                event_id_of(HOUSING, "ho-9108"),
            ),
        )

    def test_are_seen_together_two_days_after(self) -> None:
        GIVEN.when_seen(known_on="2025-03-20").then_flags("R21").has_rows()

    def test_had_been_at_her_door_before_anyone_spoke_of_her(self) -> None:
        block = LOW_LEVEL.given_beside(BLOCK)
        block.then(property_history).at("100099990091").has(is_own_file=True, property_ref=HOME)
        assert sum(row.report == "incident" for row in block.then(reports).rows.values()) == 2
        (link,) = GIVEN.then(person_history).at(TENANT).row.links
        assert (link.other_ref, link.relation) == (BLOCK, "history")


class TestHate:
    def test_is_named_once_somebody_asks_her(self) -> None:
        GIVEN.when_seen(known_on="2025-03-23").then(case_state).has(classification="welfare")
        GIVEN.when_seen(known_on="2025-03-24").then(case_state).has(
            classification="hate-crime", misbadged_days=63, strands=("hate-crime", "adult")
        )

    def test_makes_it_a_new_case_on_the_day_it_is_named(self) -> None:
        GIVEN.then(kpi_case).has(new_case_on="2025-03-24", new_case_via="reclassified")

    def test_was_in_her_own_call_and_is_put_right(self) -> None:
        call = event_id_of(CONTACT_CENTRE, "cc-9102")
        GIVEN.when_seen(known_on="2025-03-26").then(reports).at(call).has(hate_strands=())
        GIVEN.when_seen(known_on="2025-03-27").then(reports).at(call).has(
            hate_strands=("disability",)
        )
        (correction,) = GIVEN.then(timeline).at(call).row.corrections
        assert (correction.was, correction.now) == ("[]", '["disability"]')

    def test_is_told_to_the_police_the_next_day(self) -> None:
        suspected = GIVEN.when_seen(known_on="2025-03-20").then_flags("R19")
        suspected.at(f"concern:{event_id_of(SAFEGUARDING, 'sg-9103')}").has(due_at="2025-03-21 end")
        GIVEN.when_seen(known_on="2025-03-21").then_flags("R19").has_rows()


class TestBelowTheThreshold:
    def test_the_authority_is_asked_first_without_a_name(self) -> None:
        GIVEN.then(sharing).at(event_id_of(SAFEGUARDING, "sg-9102")).has(
            agency="adult-social-care", identities_disclosed=False, persons=()
        )

    def test_it_has_three_working_days_and_takes_them(self) -> None:
        waiting = GIVEN.when_seen(known_on="2025-03-25").then_flags("R5")
        waiting.at("referral:R-ASC/decision").has(due_at="2025-03-26 end")
        GIVEN.when_seen(known_on="2025-03-26").then(referrals).at("R-ASC").has(
            decision="rejected", decision_reason_code="below-threshold"
        )

    def test_its_answer_is_challenged_and_the_barrier_written_down(self) -> None:
        raised = GIVEN.when_seen(known_on="2025-04-01").then_flags("R7")
        raised.at("escalation:ESC-1").has(due_at="2025-04-01 end")
        GIVEN.then(escalations).at("ESC-1").has(outcome="explained", resolved=True, days_late=1)
        GIVEN.when_seen(known_on="2025-04-02").then_flags("R7").has_rows()
        met = {(str(row.code), str(row.agency)) for row in GIVEN.then(barriers).rows.values()}
        assert met == {
            ("threshold", "adult-social-care"),
            ("hate-crime-awareness", "landlord"),
        }

    def test_nobody_asks_it_to_confirm_what_it_did_not_take_on(self) -> None:
        GIVEN.when_seen(known_on="2025-06-20").then_flags("R6").has_rows("referral:R-POLICE")


class TestTheLandlordsPlan:
    def test_stands_in_for_the_statutory_route(self) -> None:
        GIVEN.then(kpi_case).has(
            no_statutory_route="below-threshold", no_statutory_route_on="2025-04-03"
        )
        GIVEN.then(plans).at("P1").has(last_outcome="achieved", is_active=False)

    def test_the_panel_met_before_the_record_shows_it(self) -> None:
        on_record = GIVEN.when_seen(recorded_by="2025-04-25 12:00").then(meetings).at("HCP-4")
        on_record.has(status="convened", held_at=None)
        known = GIVEN.when_seen(known_on="2025-04-25").then(meetings).at("HCP-4")
        known.has(status="held", held_at="2025-04-24 14:00")

    def test_ends_with_partial_assurance_and_one_thing_undone(self) -> None:
        closed = GIVEN.when_seen(known_on="2025-07-10")
        closed.then(case_state).has(status="closed", assurance="partial")
        closed.then_flags("R34").at("action:A-STORE").has(due_at="2025-09-05 end")
        closed.then_flags("R36").at(f"{TENANT}/closing-interview").has(due_at="2025-08-27 end")


class TestItComesBack:
    def test_a_concern_about_a_closed_case_is_looked_at_too(self) -> None:
        again = GIVEN.when_seen(known_on="2025-08-26")
        again.then(case_state).has(status="closed")
        concern = f"concern:{event_id_of(CONTACT_CENTRE, 'cc-9103')}"
        again.then_flags("R1").at(concern).has(due_at="2025-08-27 end")
        GIVEN.when_seen(known_on="2025-08-27").then_flags("R1").has_rows()

    def test_the_authority_keeps_its_word(self) -> None:
        GIVEN.then(case_state).has(status="open", risk_level="high", reopenings=1)
        GIVEN.then(referrals).at("R-ASC-2").has(decision="accepted-s42")
        GIVEN.then(meetings).at("STRAT-1").has(invite_state="invited-in-time")

    def test_the_police_had_warned_the_families_and_nobody_was_told(self) -> None:
        late = hindsight(GIVEN.events, known_on("2025-08-25").view)
        assert [event.source_event_id for event in late] == ["pol-2"]

    def test_what_was_left_undone_is_overdue(self) -> None:
        GIVEN.then(action_plan).at("A-STORE").has(
            first_due="2025-06-27", due="2025-09-05", reschedules=1, carried_over=True
        )
        GIVEN.then_flags("R34").at("action:A-STORE").has(due_at="2025-09-05 end")
