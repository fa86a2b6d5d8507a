"""Legal steps are shown beside warnings, and are owed a review as they are."""

from projections.case_state import case_state
from projections.risk import risk
from tests.support.stories import (
    TENANT,
    enforcement_action_taken,
    enforcement_reviewed,
    given,
    id_of,
    incident_reported,
    person_involved,
    role_changed,
    the,
)

STEP = enforcement_action_taken(
    "2024-03-10", ref="step", kind="possession", ground="Shouting.", against=TENANT
)
REVIEW = enforcement_reviewed("2024-03-20", action=the("step"), outcome="withdrawn")
ITEM = f"warning:{id_of('step')}"
HARMED = (incident_reported("2024-03-01"), person_involved(), STEP, role_changed())


def test_a_legal_step_stands_among_the_warnings() -> None:
    given(incident_reported(), STEP).then(risk).at(ITEM).has(
        kind="warning",
        in_force=True,
        set_at="2024-03-10",
        person=TENANT,
        rationale="Shouting.\nNothing less has helped.",
        warning_kind="possession",
        review_outcome=None,
    )


def test_a_review_that_withdraws_it_ends_it() -> None:
    given(incident_reported(), STEP, REVIEW).then(risk).at(ITEM).has(
        in_force=False, lifted_at="2024-03-20", review_outcome="withdrawn"
    )


def test_it_is_owed_a_review_once_the_person_is_seen_as_harmed() -> None:
    given(*HARMED).then(case_state).has(enforcement_to_review=(str(id_of("step")),))
    given(*HARMED, REVIEW).then(case_state).has(enforcement_to_review=())
