"""Triage, what is monitored, and hazards beside a case."""

from itertools import permutations

from projections.case_state import case_state
from projections.hazards import hazards
from projections.monitoring import monitoring
from projections.triages import triages
from tests.support.stories import (
    case_closed,
    case_reopened,
    event_corrected,
    given,
    hazard_linked,
    id_of,
    incident_reported,
    monitoring_scheduled,
    the,
    triage_completed,
)


class TestTriages:
    def test_says_how_the_test_was_answered_and_what_was_decided_why_by_whom(self) -> None:
        given(
            triage_completed(
                "2024-03-05",
                basis="He has no sight in one eye and lives alone.",
                unable_to_protect_self="yes",
                decider="staff:1",
                threshold_policy_version="2024-1",
            )
        ).then(triages).has(
            occurred_at="2024-03-05",
            sensitivity="restricted",
            has_care_needs="yes",
            at_risk_of_abuse="yes",
            unable_to_protect_self="yes",
            meets_section_42="yes",
            basis="He has no sight in one eye and lives alone.",
            decision="refer",
            rationale="He cannot keep them out.",
            decider="staff:1",
            threshold_policy_version="2024-1",
            enforcement_check="done",
            no_statutory_route=None,
        )

    def test_each_is_kept_and_unknown_stays_unknown(self) -> None:
        seen = given(
            triage_completed("2024-03-05", ref="first"),
            triage_completed("2024-03-12", ref="second", has_care_needs="no"),
        ).then(triages)
        seen.at(id_of("first")).has(meets_section_42="unknown", threshold_policy_version=None)
        seen.at(id_of("second")).has(meets_section_42="no")

    def test_a_corrected_answer_holds(self) -> None:
        correction = event_corrected(
            target=the("it"), field="unable_to_protect_self", was="unknown", now="yes"
        )
        given(triage_completed(ref="it"), correction).then(triages).has(meets_section_42="yes")


class TestMonitoring:
    def test_says_why_and_when_to_look_again(self) -> None:
        given(
            monitoring_scheduled("2024-03-31", ref="low", details="Look at the kitchen."),
            monitoring_scheduled("2024-09-30", ref="court", reason="after-court", frequency=None),
        ).then(monitoring).at(id_of("low")).has(
            occurred_at="2024-03-31",
            reason="hoarding-low",
            next_date="2024-06-30",
            frequency="quarterly",
            details="Look at the kitchen.",
        )

    def test_known_late_is_not_there_before(self) -> None:
        story = given(monitoring_scheduled("2024-03-31", known="2024-04-02"))
        story.when_seen(known_on="2024-04-01").then(monitoring).has_rows()


class TestHazards:
    def test_the_latest_record_of_each_holds_in_any_order(self) -> None:
        first = hazard_linked("2024-03-02", property_ref="uprn:1", details="Black mould.")
        worse = hazard_linked("2024-03-09", hazard_class="emergency", property_ref="uprn:1")
        other = hazard_linked("2024-03-03", hazard_ref="HZ-2", damp="no")
        for story in permutations([first, worse, other]):
            seen = given(*story).then(hazards)
            seen.has_rows("HZ-1", "HZ-2").at("HZ-1").has(
                hazard_class="emergency",
                damp="yes",
                reported_on="2024-03-01",
                details=None,
                home="uprn:1",
                told_at="2024-03-09",
            )


def test_why_a_case_was_closed_without_assurance_stands_until_it_is_reopened() -> None:
    closing = case_closed(
        "2024-04-01", assurance="none", no_assurance_reason="The council did not answer."
    )
    story = (incident_reported("2024-03-01"), closing)
    given(*story).then(case_state).has(
        assurance="none", no_assurance_reason="The council did not answer."
    )
    given(*story, case_reopened("2024-05-01")).then(case_state).has(no_assurance_reason=None)
