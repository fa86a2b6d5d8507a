"""What a case makes of events that arrive after others that happened later."""

import pytest

from domain.case import Admitted, CaseState, Contradiction, Verdict, Waiting, admit, evolve, fold
from domain.events.envelope import CaseEvent
from tests.support.stories import (
    TENANT,
    Told,
    action_agreed,
    case_allocated,
    case_closed,
    concern_raised,
    consent_decided,
    incident_reported,
    person_involved,
    reclassified,
    referral_decided,
    referral_sent,
    risk_assessed,
    role_changed,
    tell,
    visit_control_lifted,
    visit_control_set,
)

INCIDENT = incident_reported("2024-03-01", category="asb")
CONCERN = concern_raised("2024-03-07", strands=("adult",))


def the_last_of(*story: Told) -> Verdict:
    """What the case makes of the last event, after those before it."""
    *before, last = tell(*story)
    return admit(fold(before), last, {event.event_id: event for event in before})


def state_after(*story: Told) -> CaseState:
    return fold(tell(*story))


class TestOpening:
    @pytest.mark.parametrize("story", [(INCIDENT, CONCERN), (CONCERN, INCIDENT)])
    def test_the_case_begins_as_what_happened_first(self, story: tuple[Told, ...]) -> None:
        assert state_after(*story).classification == "asb"
        assert the_last_of(*story, reclassified("2024-03-08", from_="asb")) == Admitted()
        last = the_last_of(*story, reclassified("2024-03-08", from_="adult", to="asb"))
        assert isinstance(last, Contradiction)

    def test_what_it_was_reclassified_from_stands(self) -> None:
        story = (CONCERN, reclassified("2024-03-08", from_="adult", to="child"), INCIDENT)
        assert state_after(*story).classification == "child"

    @pytest.mark.parametrize(
        ("happened", "precision", "began_as"),
        [
            ("2024-03-07", "day", "adult"),
            ("2024-03-01", "month", "adult"),
            ("2024-03-06", "day", "asb"),
            ("2024-02-01", "month", "asb"),
        ],
    )
    def test_where_the_times_do_not_settle_it_what_arrived_first_does(
        self, happened: str, precision: str, began_as: str
    ) -> None:
        late = incident_reported(f"{happened} 00:00", category="asb", occurred_precision=precision)
        assert state_after(CONCERN, late).classification == began_as

    def test_an_opening_cannot_take_back_a_reclassification_that_is_all_there_is(self) -> None:
        (incident,) = tell(INCIDENT)
        (later,) = tell(reclassified("2024-03-08", from_="asb", to="adult"))
        assert evolve(evolve(CaseState(), later), incident).classification == "adult"


class TestClosing:
    CLOSED = case_closed("2024-03-06")

    def test_does_not_wait_for_a_safety_action_agreed_since(self) -> None:
        since = action_agreed("2024-03-22", safety=True)
        assert the_last_of(INCIDENT, since, self.CLOSED) == Admitted()

    @pytest.mark.parametrize("agreed", ["2024-03-05", "2024-03-06"])
    def test_waits_for_one_agreed_by_then(self, agreed: str) -> None:
        verdict = the_last_of(INCIDENT, action_agreed(agreed, safety=True), self.CLOSED)
        assert verdict == Waiting("safety actions to end or to be carried over: A1")

    @pytest.mark.parametrize("reverse", [False, True])
    def test_the_latest_assessment_and_lead_say_who_may_approve(self, reverse: bool) -> None:
        story = [
            risk_assessed("2024-03-02", level="low"),
            risk_assessed("2024-03-05", level="high"),
            case_allocated("2024-03-02", lead="staff:1"),
            case_allocated("2024-03-05", lead="staff:2"),
        ]
        told = story[::-1] if reverse else story
        by_lead = the_last_of(INCIDENT, *told, self.CLOSED.but(approved_by="staff:2"))
        assert isinstance(by_lead, Contradiction)
        by_another = the_last_of(INCIDENT, *told, self.CLOSED.but(approved_by="staff:1"))
        assert by_another == Admitted()


class TestVisitControls:
    FIRST, LIFTED = visit_control_set("2024-03-01"), visit_control_lifted("2024-03-15")
    AGAIN, LIFTED_AGAIN = visit_control_set("2024-04-01"), visit_control_lifted("2024-04-15")

    def test_a_lift_waits_for_a_setting_from_before_it(self) -> None:
        assert isinstance(the_last_of(INCIDENT, self.AGAIN, self.LIFTED), Waiting)
        assert the_last_of(INCIDENT, self.AGAIN, self.FIRST, self.LIFTED) == Admitted()

    def test_a_lift_does_not_wait_because_of_another_that_happened_later(self) -> None:
        both_set = (INCIDENT, self.FIRST, self.AGAIN)
        assert the_last_of(*both_set, self.LIFTED_AGAIN, self.LIFTED) == Admitted()

    def test_a_lift_waits_while_the_control_is_lifted_already(self) -> None:
        once = (INCIDENT, self.FIRST, self.LIFTED)
        assert isinstance(the_last_of(*once, self.LIFTED_AGAIN), Waiting)
        assert the_last_of(*once, self.AGAIN, self.LIFTED_AGAIN) == Admitted()

    def test_a_lift_dated_by_the_day_may_follow_a_setting_of_that_day(self) -> None:
        lifted = visit_control_lifted("2024-03-01 00:00", occurred_precision="day")
        assert the_last_of(INCIDENT, self.FIRST, lifted) == Admitted()
        # In doubt it lifted nothing, so one that does may follow.
        assert the_last_of(INCIDENT, self.FIRST, lifted, self.LIFTED) == Admitted()


class TestOthers:
    def test_a_question_from_before_a_decision_may_arrive_after_it(self) -> None:
        sent = (INCIDENT, consent_decided(ref="consent"), referral_sent(), referral_decided())
        question = referral_decided(decision="more-information")
        assert the_last_of(*sent, question) == Admitted()
        again = the_last_of(*sent, question, referral_decided(decision="rejected"))
        assert isinstance(again, Contradiction)

    def test_a_role_that_was_changed_before_may_be_changed_by_what_arrives_late(self) -> None:
        changed = role_changed("2024-03-10", to="victim")
        earlier = role_changed("2024-03-05", to="witness")
        verdict = the_last_of(INCIDENT, person_involved("2024-03-02"), changed, earlier)
        assert verdict == Admitted()

    def test_a_role_that_nobody_spoke_of_is_still_waited_for(self) -> None:
        story: tuple[Told, ...] = (INCIDENT, person_involved(role="witness"), role_changed())
        verdict = the_last_of(*story)
        assert verdict == Waiting(f"the PersonInvolved of {TENANT} as alleged-perpetrator")


def test_a_case_keeps_when_its_actions_were_agreed() -> None:
    events: list[CaseEvent] = tell(INCIDENT, action_agreed("2024-03-04"))
    assert fold(events).actions["A1"].agreed_at == events[1].occurred_at
