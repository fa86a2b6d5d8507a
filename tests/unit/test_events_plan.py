"""Safeguarding plans, oversight, actions opened again: what they hold, say and wait for."""

import pytest

from domain.case import fold
from domain.events.envelope import CaseEvent
from domain.events.plan import (
    ActionReopened,
    DecisionRecorded,
    ManagementOversightRecorded,
    SafeguardingPlanAgreed,
    SafeguardingPlanReviewed,
)
from domain.outcomes import Reason
from domain.vocabulary.plan import OversightKind, PersonInvolvement, PlanReviewOutcome
from tests.support.admitting import AUTHORITY, CASE, LANDLORD, PERSON, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    action_reopened,
    case_closed,
    decision_recorded,
    incident_reported,
    oversight_recorded,
    plan_agreed,
    plan_reviewed,
    tell,
)

EventType = type[CaseEvent]
OPENED = incident_reported("2024-03-01")


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (
            SafeguardingPlanAgreed,
            "plan_id aims review_due person_involved [not_involved_reason]",
        ),
        (
            SafeguardingPlanReviewed,
            "plan_id outcome [aims] [next_review_due] person_involved [not_involved_reason]",
        ),
        (ManagementOversightRecorded, "kind view [directions] [professional_curiosity]"),
        (ActionReopened, "action_id reason [new_due]"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(event_type: EventType, fields: str) -> None:
    assert own_fields(event_type) == fields


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (
            SafeguardingPlanAgreed,
            "Safeguarding plan item-7 agreed, review due 2024-12-31; person: not involved",
        ),
        (
            SafeguardingPlanReviewed,
            "Safeguarding plan item-7 reviewed: continues, amended, next review due 2024-12-31",
        ),
        (ManagementOversightRecorded, "Management oversight: case review, with directions"),
        (ActionReopened, "Action item-7 opened again, due 2024-12-31"),
    ],
)
def test_the_headline_with_everything_filled_in(event_type: EventType, headline: str) -> None:
    assert filled_in(event_type).headline() == headline


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (
            plan_reviewed(outcome="achieved", next_review_due=None),
            "Safeguarding plan P1 reviewed: ended, aims achieved",
        ),
        (action_reopened(), "Action A1 opened again"),
    ],
)
def test_the_headline_says_no_more_than_is_known(told: Told, headline: str) -> None:
    assert tell(told)[0].headline() == headline


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (plan_agreed(aims=()), "aims", "too_short"),
        (plan_agreed(person_involved="perhaps"), "person_involved", "enum"),
        (plan_agreed(person_involved="not-involved"), "", "missing-member"),
        (plan_agreed("2024-03-02", review_due="2024-03-01"), "", "due-before-agreed"),
        (plan_reviewed(person_involved="not-involved"), "", "missing-member"),
        (plan_reviewed(next_review_due="soon"), "next_review_due", "invalid-date"),
        (oversight_recorded(kind="chat"), "kind", "enum"),
        (action_reopened(new_due="soon"), "new_due", "invalid-date"),
        (decision_recorded(policy_refs=("",)), "policy_refs", "string_too_short"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


class TestPlans:
    def test_is_for_review_on_the_english_day_it_was_agreed_at_the_earliest(self) -> None:
        assert tell(plan_agreed("2024-07-02 00:30", review_due="2024-07-02"))
        too_early = plan_agreed("2024-07-02 00:30", review_due="2024-07-01")
        assert refusals(too_early) == {("", "due-before-agreed")}

    @pytest.mark.parametrize("involved", ["involved", "represented", "unknown"])
    def test_only_of_someone_left_out_it_must_be_said_why(self, involved: str) -> None:
        assert tell(plan_agreed(person_involved=involved))
        why = {"not_involved_reason": "She is in hospital."}
        assert tell(plan_agreed(person_involved=PersonInvolvement.NOT_INVOLVED, **why))
        assert tell(plan_agreed(), plan_reviewed(person_involved="not-involved", **why))

    @pytest.mark.parametrize("outcome", list(PlanReviewOutcome))
    def test_a_plan_that_goes_on_is_reviewed_again(self, outcome: PlanReviewOutcome) -> None:
        ended = {PlanReviewOutcome.ACHIEVED, PlanReviewOutcome.ENDED}
        no_more = plan_reviewed(outcome=outcome, next_review_due=None)
        if outcome in ended:
            assert tell(no_more)
        else:
            assert refusals(no_more) == {("", "missing-member")}

    def test_is_agreed_once_and_reviewed_after_that(self) -> None:
        on(CASE, OPENED).lets_wait(plan_reviewed(), "SafeguardingPlanAgreed", "plan P1")
        case = on(CASE, OPENED, plan_agreed())
        case.admits(plan_reviewed())
        case.contradicts(plan_agreed(), "plan P1", "already")
        case.admits(plan_agreed(plan_id="P2"))

    @pytest.mark.parametrize("stream", [LANDLORD, AUTHORITY, PERSON])
    @pytest.mark.parametrize(
        "told", [plan_agreed(), plan_reviewed(), oversight_recorded(), decision_recorded()]
    )
    def test_they_are_of_a_case(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)


@pytest.mark.parametrize("kind", list(OversightKind))
def test_a_manager_may_look_on_any_of_these_occasions(kind: OversightKind) -> None:
    assert kind.label.lower() in tell(oversight_recorded(kind=kind))[0].headline()
    on(CASE, OPENED).admits(oversight_recorded(kind=kind))


def test_a_decision_may_say_under_which_policy_who_disagreed_and_why_it_is_proportionate() -> None:
    (decision,) = tell(
        decision_recorded(
            policy_refs=("Domestic abuse policy 4.2",),
            dissenting_view="The social worker would wait.",
            proportionality="Nothing less keeps her safe.",
        )
    )
    assert isinstance(decision, DecisionRecorded)
    assert decision.policy_refs == ("Domestic abuse policy 4.2",)
    assert decision.dissenting_view == "The social worker would wait."
    assert decision.proportionality == "Nothing less keeps her safe."
    assert "would wait" not in decision.headline()


class TestActionsOpenedAgain:
    AGREED = action_agreed("2024-03-02", safety=True)
    DONE = action_completed("2024-03-04")
    AGAIN = action_reopened("2024-03-06")
    DONE_AGAIN = action_completed("2024-03-08")

    def is_open(self, *story: Told) -> bool:
        return fold(tell(OPENED, self.AGREED, *story)).actions["A1"].is_open

    def test_waits_for_the_action_and_for_its_end(self) -> None:
        on(CASE, OPENED).lets_wait(self.AGAIN, "ActionAgreed", "A1")
        agreed = on(CASE, OPENED, self.AGREED)
        agreed.lets_wait(self.AGAIN, "ActionCompleted", "ActionCancelled", "A1")

    @pytest.mark.parametrize("end", [action_completed(), action_cancelled()])
    def test_after_its_end_it_is_open_and_may_end_again(self, end: Told) -> None:
        on(CASE, OPENED, self.AGREED, end).admits(self.AGAIN)
        case = on(CASE, OPENED, self.AGREED, end, action_reopened())
        case.admits(action_completed())
        case.admits(action_cancelled())
        case.lets_wait(action_reopened(), "A1")

    def test_ends_again_once(self) -> None:
        case = on(CASE, OPENED, self.AGREED, self.DONE, self.AGAIN, self.DONE_AGAIN)
        case.contradicts(action_cancelled(), "A1", "not opened again")
        case.admits(action_reopened())

    def test_the_ends_may_arrive_the_later_first(self) -> None:
        story = (OPENED, self.AGREED, self.DONE_AGAIN, self.AGAIN)
        on(CASE, *story).admits(self.DONE)

    @pytest.mark.parametrize(
        ("story", "is_open"),
        [
            ((DONE,), False),
            ((DONE, AGAIN), True),
            ((DONE, AGAIN, DONE_AGAIN), False),
            ((DONE_AGAIN, AGAIN), False),
            ((DONE_AGAIN, AGAIN, DONE), False),
        ],
    )
    def test_is_open_as_what_happened_last_says(
        self, story: tuple[Told, ...], is_open: bool
    ) -> None:
        assert self.is_open(*story) is is_open

    def test_holds_up_closing_the_case_like_any_other(self) -> None:
        case = on(CASE, OPENED, self.AGREED, self.DONE, self.AGAIN)
        case.lets_wait(case_closed("2024-03-07"), "A1")
        case.admits(case_closed("2024-03-07", residual_actions=("A1",)))

    def test_does_not_hold_up_a_closing_from_before_it(self) -> None:
        case = on(CASE, OPENED, self.AGREED, self.DONE, self.AGAIN)
        case.admits(case_closed("2024-03-05"))

    @pytest.mark.parametrize("stream", [LANDLORD, AUTHORITY])
    def test_lies_wherever_actions_lie(self, stream: str) -> None:
        on(stream, self.AGREED, self.DONE).admits(self.AGAIN)
