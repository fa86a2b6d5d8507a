"""Tells events of the group plan: decisions, plans, oversight and actions."""

from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionReopened,
    ActionRescheduled,
    DecisionRecorded,
    ManagementOversightRecorded,
    SafeguardingPlanAgreed,
    SafeguardingPlanReviewed,
)
from tests.support.telling import teller

decision_recorded = teller(
    DecisionRecorded,
    kind="rehousing",
    options=("Stay, with new locks.", "Move out of the borough."),
    chosen="Move out of the borough.",
    rationale="They know where he lives.",
    decider="staff:1",
)
plan_agreed = teller(
    SafeguardingPlanAgreed,
    plan_id="P1",
    aims=("He is safe at home.",),
    review_due="2024-12-31",
    person_involved="involved",
)
plan_reviewed = teller(
    SafeguardingPlanReviewed,
    plan_id="P1",
    outcome="continues",
    next_review_due="2025-01-31",
    person_involved="represented",
)
oversight_recorded = teller(
    ManagementOversightRecorded, kind="supervision", view="The plan is sound."
)
action_agreed = teller(
    ActionAgreed,
    action_id="A1",
    text="Review lone working.",
    kind="policy-review",
    owner_org="Cromwood Homes",
    due="2024-12-31",
    safety=False,
    origin="meeting",
)
action_progressed = teller(ActionProgressed, action_id="A1", note="A draft is with the team.")
action_rescheduled = teller(
    ActionRescheduled, action_id="A1", new_due="2025-01-31", reason="The lead is away."
)
action_completed = teller(ActionCompleted, action_id="A1")
action_cancelled = teller(ActionCancelled, action_id="A1", reason="superseded")
action_reopened = teller(ActionReopened, action_id="A1", reason="It was done in part only.")
