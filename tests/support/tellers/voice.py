"""Tells events of the group voice: capacity, desired outcomes, advocates."""

from domain.events.voice import (
    AdvocateInvolved,
    CapacityConsidered,
    DesiredOutcomesRecorded,
    OutcomeFeedbackRecorded,
)
from tests.support.telling import TENANT, teller

capacity_considered = teller(
    CapacityConsidered,
    person=TENANT,
    decision="Whether to move out of the borough.",
    outcome="not-doubted",
    basis="He weighed both homes and kept to his choice.",
    assessed_by="Housing officer",
    sensitivity="restricted",
)
desired_outcomes_recorded = teller(
    DesiredOutcomesRecorded,
    person=TENANT,
    asked="asked-expressed",
    outcomes=("To sleep at home again.",),
    told_by="person",
)
outcome_feedback_recorded = teller(OutcomeFeedbackRecorded, person=TENANT, achieved="partially")
advocate_involved = teller(AdvocateInvolved, person=TENANT, kind="care-act", since="2024-04-01")
