"""What matters in the case of a persistent service refuser, sentence by sentence."""

from domain.identity import event_id_of
from projections.case_state import case_state
from projections.chronology import chronology
from projections.information_requests import information_requests
from projections.kpi_case import kpi_case
from projections.people import people
from projections.person_history import person_history
from projections.reviews import reviews
from projections.sharing import sharing
from projections.support import support
from projections.time_travel import hindsight
from tests.stories.cast import HOUSING, SAFEGUARDING
from tests.stories.refuser import REFUSER, TENANT
from tests.stories.story import known_on

GIVEN = REFUSER.given

NO_CONTACT = f"{TENANT}/no-contact"
NOT_SEEN = f"{TENANT}/not-seen"


class TestRefusal:
    def test_two_offers_and_a_visit_come_to_nothing_within_60_days(self) -> None:
        GIVEN.when_seen(known_on="2024-10-07").then_flags("R15").has_rows()
        third = GIVEN.when_seen(known_on="2024-10-08").then_flags("R15")
        third.at(NO_CONTACT).has(effect="warning", due_at="2024-10-08 10:00")

    def test_a_word_through_the_letter_box_is_contact(self) -> None:
        GIVEN.when_seen(known_on="2024-10-10").then_flags("R15").has_rows()

    def test_what_was_declined_stays_on_record(self) -> None:
        offers = GIVEN.then(support)
        offers.at("offer:S1").has(response="declined", response_reason="No.")
        offers.at("offer:S2").has(response="no-reply")
        offers.at("offer:S3").has(response="accepted")

    def test_his_capacity_is_thought_of_and_not_in_doubt(self) -> None:
        considered = GIVEN.then(people).at(TENANT).row.capacity
        assert [each.outcome for each in considered] == ["not-doubted"]

    def test_his_refusal_is_respected_and_looked_at_again(self) -> None:
        parked = GIVEN.when_seen(known_on="2024-12-03").then_flags("R13")
        parked.at("no-referral").has(due_at="2024-11-29 end")
        again = GIVEN.when_seen(known_on="2024-12-11").then_flags("R13")
        again.at("no-referral").has(due_at="2025-03-26 end")


class TestTheLandlordStays:
    def test_with_a_plan_of_its_own_as_no_statutory_route_is_open(self) -> None:
        GIVEN.then(kpi_case).has(
            no_statutory_route="refuses-support", no_statutory_route_on="2024-09-05"
        )
        # It is reviewed nine days late.
        late = GIVEN.when_seen(known_on="2024-12-10").then_flags("R35")
        late.at("plan:P1").has(due_at="2024-12-02 end")

    def test_three_letters_to_a_man_who_does_not_read_them_are_noticed(self) -> None:
        GIVEN.when_seen(known_on="2024-12-02").then_flags("R25").has_rows()
        GIVEN.when_seen(known_on="2024-12-03").then_flags("R25").has_rows(TENANT)
        # Someone knocks, even though the door stays shut.
        GIVEN.when_seen(known_on="2024-12-10").then_flags("R25").has_rows()

    def test_instead_of_closing_the_risk_is_looked_at_again(self) -> None:
        GIVEN.when_seen(known_on="2024-12-10").then_flags("R15").has_rows(NO_CONTACT)
        GIVEN.when_seen(known_on="2024-12-11").then_flags("R15").has_rows()
        GIVEN.when_seen(known_on="2024-12-11").then(case_state).has(
            status="open", risk_level="medium"
        )


class TestTheWinter:
    def test_a_manager_looks_away_for_seven_weeks(self) -> None:
        lapsed = GIVEN.when_seen(recorded_by="2025-02-28 12:00").then_flags("R26")
        lapsed.at("oversight").has(due_at="2025-01-30 end")
        looked = GIVEN.when_seen(known_on="2025-03-06").then_flags("R26")
        looked.at("oversight").has(due_at="2025-03-20 end")

    def test_at_high_risk_he_has_to_be_seen_and_is_not(self) -> None:
        unseen = GIVEN.when_seen(known_on="2025-03-11").then_flags("R15")
        unseen.at(NOT_SEEN).has(due_at="2025-02-12 end", effect="duty")
        GIVEN.when_seen(known_on="2025-03-13").then_flags("R15").has_rows()

    def test_the_name_he_gave_is_on_record_a_week_after_he_gave_it(self) -> None:
        GIVEN.when_seen(recorded_by="2025-02-28 12:00").then_flags("R15").has_rows(
            NOT_SEEN, NO_CONTACT
        )
        GIVEN.when_seen(known_on="2025-02-28").then_flags("R15").has_rows(NOT_SEEN)
        late = GIVEN.when_seen(recorded_by="2025-03-04 12:00").then_flags("R2")
        late.has_rows(f"event:{event_id_of(HOUSING, 'ho-8116')}/red")


class TestOneWhomHeTrusts:
    def test_is_let_in_and_speaks_for_him(self) -> None:
        before = GIVEN.when_seen(known_on="2025-03-11").then(people).at(TENANT).row
        after = GIVEN.then(people).at(TENANT).row
        assert before.advocates == ()
        assert [each.kind for each in after.advocates] == ["friend"]

    def test_lets_the_risk_come_down(self) -> None:
        GIVEN.when_seen(known_on="2025-04-09").then(case_state).has(status="open", risk_level="low")


class TestTheSurgery:
    def test_never_answers_while_the_case_is_open(self) -> None:
        asked = GIVEN.when_seen(known_on="2025-10-26").then_flags("R14")
        asked.at("request:Q-GP").has(due_at="2024-11-04 end")
        GIVEN.when_seen(known_on="2025-10-27").then_flags("R14").has_rows()

    def test_knew_in_may_2024_what_the_landlord_learned_from_the_review(self) -> None:
        late = hindsight(GIVEN.events, known_on("2024-12-03").view)
        assert [event.source_event_id for event in late] == ["gp-1"]
        GIVEN.then(information_requests).at("Q-GP").has(days_late=455)


class TestTheReview:
    def test_he_died_and_the_case_is_closed_without_assurance(self) -> None:
        GIVEN.then(case_state).has(
            status="closed", closure_reason="person-died", assurance="none", risk_outcome="remained"
        )
        GIVEN.then_flags("R36").has_rows()

    def test_the_boards_request_is_owed_though_the_case_is_closed(self) -> None:
        owed = GIVEN.when_seen(known_on="2026-02-10").then_flags("R14")
        owed.at("request:Q-S45").has(due_at="2026-02-09 end")
        GIVEN.when_seen(known_on="2026-02-11").then_flags("R14").has_rows()
        GIVEN.then(information_requests).at("Q-S45").has(
            legal_basis="care-act-s45", direction="inbound", days_late=2
        )

    def test_is_given_what_it_asked_for_on_an_override_that_says_why_he_was_not_told(self) -> None:
        GIVEN.then_flags("R20").has_rows()
        GIVEN.then(sharing).at(event_id_of(SAFEGUARDING, "sg-8142")).has(
            rests_on=event_id_of(SAFEGUARDING, "sg-8140"), legal_basis="care-act-s45"
        )

    def test_waits_for_the_chronology(self) -> None:
        waiting = GIVEN.then_flags("R37")
        waiting.at("review:SAR-4").has(soon_at="2026-03-17 end", due_at="2026-03-31 end")
        GIVEN.then(reviews).at("SAR-4").has(latest_version=None)

    def test_calls_keeping_it_open_good_practice_and_one_question_missed(self) -> None:
        rows = GIVEN.then(chronology).rows.values()
        said = {row.source_event_id: str(row.significance) for row in rows if row.curated_at}
        assert said == {"sg-8120": "good-practice", "sg-8134": "missed-opportunity"}

    def test_finds_what_was_known_of_him_before_any_case(self) -> None:
        file = REFUSER.given_beside(TENANT).then(person_history).at(TENANT)
        file.has(is_own_file=True, first_mention_at="2024-03-12", mentions=2)
        assert [link.other_ref for link in GIVEN.then(person_history).at(TENANT).row.links] == [
            TENANT
        ]
