"""Tells events of the group plan: decisions and actions."""

from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionRescheduled,
    DecisionRecorded,
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
