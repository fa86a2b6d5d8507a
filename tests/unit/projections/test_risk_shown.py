"""What the risk read model shows beside levels: all tools, who took precautions over, signs."""

from itertools import permutations

import pytest

from domain.vocabulary.risk import RiskTool
from projections.risk import risk
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    exploitation_indicator_observed,
    given,
    risk_assessed,
    visit_control_acknowledged,
    visit_control_lifted,
    visit_control_set,
)

CONTROL = "control:no-lone-visits:property"
SET = visit_control_set("2024-03-05", instruction="Ring the office first.", reason="Threats.")
TAKEN_OVER = visit_control_acknowledged("2024-03-06")


@pytest.mark.parametrize("tool", list(RiskTool))
def test_an_assessment_with_any_tool_is_shown(tool: RiskTool) -> None:
    given(risk_assessed(tool=tool)).then(risk).at(f"assessment:{tool}:{TENANT}").has(tool=tool)


def test_an_assessment_is_shown_in_full() -> None:
    given(
        risk_assessed(
            tool="dash",
            score=15,
            direction="worsening",
            confidence="medium",
            amplifiers=("isolation",),
            escape_barriers=("relies-on-abuser",),
            marac_criteria=("visible-high-risk",),
            answers=({"question": "Are you frightened?", "answer": "Yes, of him."},),
        )
    ).then(risk).has(
        direction="worsening",
        confidence="medium",
        amplifiers=("isolation",),
        escape_barriers=("relies-on-abuser",),
        marac_criteria=("visible-high-risk",),
        answers=({"question": "Are you frightened?", "answer": "Yes, of him."},),
        subject=None,
    )


def test_the_risk_to_others_is_shown_apart_from_that_to_the_person() -> None:
    given(
        risk_assessed(subject="person", level="high"),
        risk_assessed(subject="neighbours", level="low"),
        risk_assessed(person=None, subject="staff", level="medium"),
        risk_assessed(person=None, subject="property", level="low"),
    ).then(risk).has_rows(
        f"assessment:general:{TENANT}",
        f"assessment:general:{TENANT}:neighbours",
        "assessment:general:-:staff",
        "assessment:general:-:property",
    )


class TestPrecautions:
    def test_say_what_to_do_and_why(self) -> None:
        given(SET).then(risk).at(CONTROL).has(
            instruction="Ring the office first.", rationale="Threats.", acknowledged_by=()
        )

    def test_say_which_systems_took_them_over(self) -> None:
        calls = visit_control_acknowledged("2024-03-07", consumer="urn:cromwood:gas")
        case = given(SET, TAKEN_OVER, calls)
        case.then(risk).has(
            acknowledged_by=("urn:cromwood:repairs", "urn:cromwood:gas"),
            acknowledgements=({"at": "2024-03-06"}, {"at": "2024-03-07"}),
        )
        case.when_seen(known_on="2024-03-06").then(risk).has(
            acknowledged_by=("urn:cromwood:repairs",)
        )

    def test_set_anew_have_to_be_taken_over_anew(self) -> None:
        again = visit_control_set("2024-04-01")
        stories = [
            story for story in permutations([SET, TAKEN_OVER, again]) if story[0] is not TAKEN_OVER
        ]
        for story in stories:
            given(*story).then(risk).has(set_at="2024-04-01", acknowledged_by=())
            anew = visit_control_acknowledged("2024-04-02")
            given(*story, anew).then(risk).has(acknowledged_by=("urn:cromwood:repairs",))

    def test_taken_over_on_the_day_they_were_set_were_taken_over(self) -> None:
        by_day = visit_control_acknowledged("2024-03-05 00:00", occurred_precision="day")
        given(SET, by_day).then(risk).has(acknowledged_by=("urn:cromwood:repairs",))

    def test_lifted_keep_who_had_taken_them_over(self) -> None:
        given(SET, TAKEN_OVER, visit_control_lifted("2024-05-01")).then(risk).has(
            in_force=False, acknowledged_by=("urn:cromwood:repairs",)
        )

    def test_not_in_view_are_not_shown(self) -> None:
        given(TAKEN_OVER).then(risk).has_rows()


class TestSignsOfExploitation:
    FIRST = exploitation_indicator_observed("2024-03-01", form="cuckooing-drugs")
    AGAIN = exploitation_indicator_observed("2024-03-20", observed_by="Caretaker")
    BETWEEN = exploitation_indicator_observed("2024-03-10")

    def test_are_shown_with_how_often_and_by_whom_in_any_order(self) -> None:
        for story in permutations([self.FIRST, self.BETWEEN, self.AGAIN]):
            row = given(*story).then(risk).at(f"indicator:unfamiliar-visitors:{TENANT}")
            row.has(
                kind="indicator",
                indicator="unfamiliar-visitors",
                person=TENANT,
                set_at="2024-03-01",
                last_seen_at="2024-03-20",
                sightings=3,
                forms=("cuckooing-drugs",),
            )
            assert set(row.row.observed_by) == {"Gas engineer", "Caretaker"}

    @pytest.mark.parametrize(
        ("told", "item"),
        [
            (AGAIN.but(person=NEIGHBOUR), f"indicator:unfamiliar-visitors:{NEIGHBOUR}"),
            (AGAIN.but(person=None), "indicator:unfamiliar-visitors:-"),
            (AGAIN.but(indicator="money-taken"), f"indicator:money-taken:{TENANT}"),
        ],
    )
    def test_stand_apart_by_sign_and_person(self, told: Told, item: str) -> None:
        seen = given(self.FIRST, told).then(risk)
        seen.has_rows(f"indicator:unfamiliar-visitors:{TENANT}", item)
        seen.at(item).has(sightings=1)
