"""Safeguarding plans, decisions and the oversight of managers."""

from projections.decisions import decisions, oversight
from projections.plans import plans
from tests.support.stories import (
    TENANT,
    decision_recorded,
    event_corrected,
    given,
    id_of,
    oversight_recorded,
    plan_agreed,
    plan_reviewed,
    the,
)

AGREED = plan_agreed("2024-04-02", ref="agreed", review_due="2024-05-14")


class TestPlans:
    def test_a_plan_says_what_it_is_for_and_when_to_look_again(self) -> None:
        given(AGREED).then(plans).at("P1").has(
            agreed_at="2024-04-02",
            known_at="2024-04-02",
            aims=("He is safe at home.",),
            aims_agreed=("He is safe at home.",),
            person_involved="involved",
            not_involved_reason=None,
            is_active=True,
            first_review_due="2024-05-14",
            review_due="2024-05-14",
            reviews=(),
            review_count=0,
            last_reviewed_at=None,
            last_outcome=None,
            ended_at=None,
        )

    def test_its_latest_review_holds_and_all_of_them_stay(self) -> None:
        amended = plan_reviewed(
            "2024-05-10",
            ref="first",
            outcome="amended",
            aims=("He sleeps at night.",),
            next_review_due="2024-06-21",
        )
        again = plan_reviewed(
            "2024-06-20",
            ref="second",
            next_review_due="2024-08-01",
            person_involved="not-involved",
            not_involved_reason="He was in hospital.",
            sensitivity="restricted",
        )
        for reviews in ((amended, again), (again, amended)):
            given(AGREED, *reviews).then(plans).at("P1").has(
                aims=("He sleeps at night.",),
                aims_agreed=("He is safe at home.",),
                person_involved="not-involved",
                not_involved_reason="He was in hospital.",
                first_review_due="2024-05-14",
                review_due="2024-08-01",
                reviews=(
                    {
                        "event_id": id_of("first"),
                        "at": "2024-05-10",
                        "outcome": "amended",
                        "aims": ("He sleeps at night.",),
                        "next_review_due": "2024-06-21",
                    },
                    {"event_id": id_of("second"), "outcome": "continues", "aims": ()},
                ),
                review_count=2,
                last_reviewed_at="2024-06-20",
                last_outcome="continues",
                sensitivity="restricted",
            )

    def test_it_ends_with_a_review_that_ends_it(self) -> None:
        ended = plan_reviewed("2024-07-01", outcome="achieved", next_review_due=None)
        given(AGREED, ended).then(plans).at("P1").has(
            is_active=False, ended_at="2024-07-01", review_due=None, last_outcome="achieved"
        )

    def test_it_goes_on_while_a_review_is_not_known(self) -> None:
        ended = plan_reviewed("2024-07-01", known="2024-07-09", outcome="ended")
        seen = given(AGREED, ended).when_seen(known_on="2024-07-08")
        seen.then(plans).at("P1").has(is_active=True, review_due="2024-05-14")

    def test_each_plan_has_its_own_reviews(self) -> None:
        other = plan_agreed("2024-04-03", plan_id="P2")
        seen = given(AGREED, other, plan_reviewed(plan_id="P2")).then(plans)
        seen.at("P1").has(review_count=0)
        seen.at("P2").has(review_count=1)

    def test_a_review_alone_is_no_plan(self) -> None:
        given(plan_reviewed()).then(plans).has_rows()

    def test_a_corrected_day_holds(self) -> None:
        fixed = event_corrected(
            target=the("agreed"), field="review_due", was="2024-05-14", now="2024-05-10"
        )
        given(AGREED, fixed).then(plans).at("P1").has(review_due="2024-05-10")


class TestDecisions:
    def test_a_decision_says_what_was_weighed_and_by_whom(self) -> None:
        given(
            decision_recorded(
                "2024-04-05",
                ref="it",
                kind="legal",
                consulted=("staff:3", "staff:4"),
                privileged=True,
                review_on="2024-05-03",
                policy_refs=("Domestic abuse policy 4.2",),
                dissenting_view="The police would rather he stayed.",
                proportionality="Nothing less will do.",
                subjects=({"person": TENANT, "role": "victim"},),
                sensitivity="restricted",
            )
        ).then(decisions).at(id_of("it")).has(
            kind="legal",
            options=("Stay, with new locks.", "Move out of the borough."),
            chosen="Move out of the borough.",
            rationale="They know where he lives.",
            decider="staff:1",
            consulted=("staff:3", "staff:4"),
            privileged=True,
            review_on="2024-05-03",
            policy_refs=("Domestic abuse policy 4.2",),
            dissenting_view="The police would rather he stayed.",
            proportionality="Nothing less will do.",
            persons=(TENANT,),
            occurred_at="2024-04-05",
            sensitivity="restricted",
        )

    def test_one_known_late_is_not_there_before(self) -> None:
        story = given(decision_recorded("2024-04-05", known="2024-04-09"))
        story.when_seen(known_on="2024-04-08").then(decisions).has_rows()

    def test_a_corrected_choice_holds(self) -> None:
        given(
            decision_recorded(ref="it"),
            event_corrected(
                target=the("it"),
                field="chosen",
                was="Move out of the borough.",
                now="Stay, with new locks.",
            ),
        ).then(decisions).at(id_of("it")).has(chosen="Stay, with new locks.")


class TestOversight:
    def test_a_look_by_a_manager_says_what_they_made_of_it(self) -> None:
        given(
            oversight_recorded(
                "2024-04-10",
                ref="it",
                kind="case-review",
                directions="See him alone.",
                professional_curiosity="Who answers his phone?",
            )
        ).then(oversight).at(id_of("it")).has(
            kind="case-review",
            view="The plan is sound.",
            directions="See him alone.",
            professional_curiosity="Who answers his phone?",
            manager_role="Housing officer",
            recorded_by="staff:12",
            occurred_at="2024-04-10",
        )

    def test_one_known_late_is_not_there_before(self) -> None:
        story = given(oversight_recorded("2024-04-10", known="2024-04-20"))
        story.when_seen(known_on="2024-04-19").then(oversight).has_rows()

    def test_a_corrected_view_holds(self) -> None:
        given(
            oversight_recorded(ref="it"),
            event_corrected(target=the("it"), field="kind", was="supervision", now="approval"),
        ).then(oversight).at(id_of("it")).has(kind="approval")
