"""Risk assessments, visit controls and warnings of a case."""

from itertools import permutations

import pytest

from projections.risk import risk
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    enforcement_reviewed,
    given,
    id_of,
    risk_assessed,
    the,
    visit_control_lifted,
    visit_control_set,
    warning_issued,
)

CONTROL = "control:no-lone-visits:property"
WARNING = f"warning:{id_of('warning')}"
WARNED = warning_issued("2024-03-02", ref="warning")


def test_an_assessment_is_listed_with_its_level_and_reasons() -> None:
    given(
        risk_assessed(
            "2024-03-05",
            tool="dash",
            person=TENANT,
            level="high",
            score=15,
            previous="medium",
            review_due="2024-03-19",
            rationale="They know where he lives.",
        )
    ).then(risk).at(f"assessment:dash:{TENANT}").has(
        kind="assessment",
        tool="dash",
        person=TENANT,
        level="high",
        previous_level="medium",
        score=15,
        review_due="2024-03-19",
        rationale="They know where he lives.",
        set_at="2024-03-05",
        in_force=True,
        control=None,
        warning_kind=None,
    )


def test_each_tool_and_person_has_an_assessment_of_its_own() -> None:
    given(
        risk_assessed(tool="dash", person=TENANT),
        risk_assessed(tool="general", person=TENANT),
        risk_assessed(tool="dash", person=NEIGHBOUR),
        risk_assessed(tool="visitor", person=None),
    ).then(risk).has_rows(
        f"assessment:dash:{TENANT}",
        f"assessment:general:{TENANT}",
        f"assessment:dash:{NEIGHBOUR}",
        "assessment:visitor:-",
    )


def test_a_newer_assessment_replaces_the_one_before_and_remembers_its_level() -> None:
    given(
        risk_assessed("2024-03-05", level="critical"),
        risk_assessed("2024-03-15", level="medium"),
    ).then(risk).has(level="medium", previous_level="critical", set_at="2024-03-15")


def test_an_older_assessment_recorded_late_replaces_nothing() -> None:
    given(
        risk_assessed("2024-03-15", level="critical"),
        risk_assessed("2024-03-05", level="low"),
    ).then(risk).has(level="critical", set_at="2024-03-15")


def test_the_level_before_is_that_of_the_assessment_before_in_any_order() -> None:
    assessments = [
        risk_assessed("2024-03-01", level="low"),
        risk_assessed("2024-03-05", level="critical"),
        risk_assessed("2024-03-15", level="medium"),
    ]
    for story in permutations(assessments):
        given(*story).then(risk).has(
            level="medium", previous_level="critical", previous_at="2024-03-05"
        )


def test_the_level_before_as_stated_stands() -> None:
    stated = risk_assessed("2024-03-15", level="medium", previous="high")
    for story in permutations([risk_assessed("2024-03-05", level="low"), stated]):
        given(*story).then(risk).has(level="medium", previous_level="high", previous_at=None)


def test_a_visit_control_is_in_force_until_it_is_lifted() -> None:
    case = given(
        visit_control_set("2024-03-05", until="2024-09-05"),
        visit_control_lifted("2024-05-01", reason="They were charged."),
    )
    case.when_seen(known_on="2024-04-30").then(risk).at(CONTROL).has(
        kind="control",
        control="no-lone-visits",
        scope="property",
        until="2024-09-05",
        in_force=True,
        set_at="2024-03-05",
        lifted_at=None,
    )
    case.then(risk).at(CONTROL).has(
        in_force=False, lifted_at="2024-05-01", lifted_reason="They were charged."
    )


def test_a_visit_control_can_be_set_again() -> None:
    given(
        visit_control_set("2024-03-05"),
        visit_control_lifted("2024-05-01"),
        visit_control_set("2024-06-01"),
    ).then(risk).has(in_force=True, set_at="2024-06-01", lifted_at=None, lifted_reason=None)


def test_controls_of_another_scope_stand_apart() -> None:
    seen = given(
        visit_control_set(scope="property"),
        visit_control_set(scope="person"),
        visit_control_lifted(scope="person"),
    ).then(risk)
    seen.at(CONTROL).has(in_force=True)
    seen.at("control:no-lone-visits:person").has(in_force=False)


def test_a_warning_is_listed_as_not_reviewed() -> None:
    given(WARNED).then(risk).at(WARNING).has(
        kind="warning",
        person=TENANT,
        warning_kind="warning",
        rationale="A letter, as a first step.",
        in_force=True,
        set_at="2024-03-02",
        review_outcome=None,
        reviewed_at=None,
    )


def test_a_warning_gives_its_ground_first_then_why_it_was_proportionate() -> None:
    given(
        warning_issued(ground="Abusive on the phone.", proportionality_note="A letter first.")
    ).then(risk).has(rationale="Abusive on the phone.\nA letter first.")


@pytest.mark.parametrize(
    ("outcome", "in_force", "lifted_at"),
    [
        ("upheld", True, None),
        ("amended", True, None),
        ("withdrawn", False, "2024-04-01"),
        ("apology", False, "2024-04-01"),
    ],
)
def test_a_review_says_whether_the_warning_still_holds(
    outcome: str, in_force: bool, lifted_at: str | None
) -> None:
    review = enforcement_reviewed(
        "2024-04-01", action=the("warning"), outcome=outcome, reason="He shouted for help."
    )
    given(WARNED, review).then(risk).has(
        review_outcome=outcome,
        reviewed_at="2024-04-01",
        review_reason="He shouted for help.",
        in_force=in_force,
        lifted_at=lifted_at,
    )


def test_the_latest_review_holds() -> None:
    given(
        WARNED,
        enforcement_reviewed("2024-04-10", outcome="apology"),
        enforcement_reviewed("2024-04-01", outcome="upheld"),
    ).then(risk).has(review_outcome="apology", in_force=False)


@pytest.mark.parametrize("told", [visit_control_lifted(), enforcement_reviewed()])
def test_nothing_is_listed_of_what_is_not_in_view(told: Told) -> None:
    given(told).then(risk).has_rows()
