"""Warnings and legal steps, what went before them, and the duty to look again."""

from itertools import permutations

import pytest

from projections.enforcement_steps import enforcement
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    capacity_considered,
    enforcement_action_taken,
    enforcement_reviewed,
    event_corrected,
    given,
    id_of,
    incident_reported,
    person_involved,
    reclassified,
    role_changed,
    the,
    warning_issued,
)

OPENED = incident_reported("2024-03-01", category="asb")
ACCUSED = person_involved("2024-03-01 10:00")
WARNED = warning_issued("2024-03-05", ref="warning", ground="Shouting.")
SEEN = role_changed("2024-03-10", known="2024-03-12", ref="seen")
REVIEWED = enforcement_reviewed("2024-03-20", outcome="apology", reason="He called for help.")
KEY = id_of("warning")


def test_a_warning_says_what_against_whom_and_why() -> None:
    given(OPENED, WARNED).then(enforcement).at(KEY).has(
        kind="warning",
        is_legal_step=False,
        against=TENANT,
        ground="Shouting.",
        proportionality_note="A letter, as a first step.",
        equality_check="no",
        possession_ground=None,
        capacity_considered=False,
        in_force=True,
        review_owed=False,
        review_owed_since=None,
        review_outcome=None,
        occurred_at="2024-03-05",
    )


def test_a_legal_step_says_on_what_ground_in_law() -> None:
    step = enforcement_action_taken(
        ref="step",
        kind="possession",
        possession_ground="discretionary",
        statutory_ground="Ground 14",
        block_override_reason="The court date was fixed.",
    )
    given(OPENED, step).then(enforcement).at(id_of("step")).has(
        is_legal_step=True,
        kind="possession",
        possession_ground="discretionary",
        statutory_ground="Ground 14",
        block_override_reason="The court date was fixed.",
        equality_check="yes",
    )


class TestCapacity:
    def test_is_that_which_the_step_names(self) -> None:
        named = capacity_considered("2024-03-02", ref="named", outcome="unclear")
        later = capacity_considered("2024-03-04", outcome="has")
        given(OPENED, named, later, WARNED.but(capacity_ref=the("named"))).then(enforcement).has(
            capacity_considered=True,
            capacity_event=id_of("named"),
            capacity_outcome="unclear",
            capacity_decision="Whether to move out of the borough.",
            capacity_at="2024-03-02",
        )

    def test_is_the_latest_before_it_where_it_names_none(self) -> None:
        told = [
            capacity_considered("2024-03-02", outcome="unclear"),
            capacity_considered("2024-03-04", outcome="has"),
            capacity_considered("2024-03-06", outcome="lacks"),
            capacity_considered("2024-03-04 12:00", person=NEIGHBOUR, outcome="lacks"),
        ]
        for story in permutations(told):
            given(OPENED, WARNED, *story).then(enforcement).has(
                capacity_considered=True, capacity_outcome="has"
            )

    def test_considered_only_afterwards_was_not(self) -> None:
        given(OPENED, WARNED, capacity_considered("2024-03-06")).then(enforcement).has(
            capacity_considered=False, capacity_event=None, capacity_outcome=None
        )

    def test_that_was_named_but_not_known_then_was_considered(self) -> None:
        late = capacity_considered("2024-03-02", known="2024-06-01", ref="named")
        step = WARNED.but(capacity_ref=the("named"))
        given(OPENED, late, step).when_seen(known_on="2024-05-01").then(enforcement).has(
            capacity_considered=True, capacity_event=None
        )


class TestReviewDuty:
    def test_arises_when_the_person_is_known_to_be_harmed(self) -> None:
        case = given(OPENED, ACCUSED, WARNED, SEEN)
        case.then(enforcement).has(
            review_owed=True, review_owed_since="2024-03-12", review_owed_by=id_of("seen")
        )
        case.when_seen(known_on="2024-03-11").then(enforcement).has(review_owed=False)

    def test_arises_with_reclassification(self) -> None:
        changes = ({"person": TENANT, "was": "alleged-perpetrator", "now": "victim"},)
        given(OPENED, ACCUSED, WARNED, reclassified("2024-03-10", role_changes=changes)).then(
            enforcement
        ).has(review_owed=True, review_owed_since="2024-03-10")

    def test_of_a_step_learned_of_later_is_owed_since_that_was_known(self) -> None:
        late = warning_issued("2024-03-05", known="2024-03-25", ref="warning")
        for story in permutations([ACCUSED, late, SEEN]):
            given(OPENED, *story).then(enforcement).has(review_owed_since="2024-03-25")

    @pytest.mark.parametrize(
        "story", [(SEEN.but(person=NEIGHBOUR),), (role_changed(to="witness"),), ()]
    )
    def test_does_not_arise_otherwise(self, story: tuple[Told, ...]) -> None:
        given(OPENED, ACCUSED, WARNED, *story).then(enforcement).has(review_owed=False)

    def test_ends_with_a_review_in_any_order(self) -> None:
        for story in permutations([ACCUSED, SEEN, REVIEWED]):
            given(OPENED, WARNED, *story).then(enforcement).has(
                review_owed=False,
                review_owed_since=None,
                in_force=False,
                review_outcome="apology",
                reviewed_at="2024-03-20",
                review_reason="He called for help.",
            )

    def test_is_not_met_by_a_review_from_before(self) -> None:
        before = enforcement_reviewed("2024-03-07", outcome="upheld")
        given(OPENED, ACCUSED, WARNED, before, SEEN).then(enforcement).has(
            review_owed=True, in_force=True, review_outcome="upheld"
        )


def test_the_latest_review_holds_and_all_are_kept_in_any_order() -> None:
    upheld = enforcement_reviewed("2024-03-25", outcome="upheld", reason="It was him.")
    for story in permutations([REVIEWED, upheld]):
        given(OPENED, WARNED, *story).then(enforcement).has(
            in_force=True,
            review_outcome="upheld",
            reviews=({"outcome": "apology"}, {"outcome": "upheld", "reason": "It was him."}),
        )


def test_a_corrected_step_is_against_another() -> None:
    given(
        OPENED,
        ACCUSED,
        WARNED,
        SEEN,
        event_corrected(target=the("warning"), field="against", was=TENANT, now=NEIGHBOUR),
    ).then(enforcement).has(against=NEIGHBOUR, review_owed=False)
