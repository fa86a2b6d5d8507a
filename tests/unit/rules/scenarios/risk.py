"""Risk over time: a manager's eye on it, and its reviews."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    case_reopened,
    concern_raised,
    given,
    oversight_recorded,
    plan_agreed,
    plan_reviewed,
    risk_assessed,
)
from tests.support.telling import NEIGHBOUR, TENANT

_RISK = risk_assessed("2024-03-04", ref="risk")
_PLAN = plan_agreed("2024-03-04", ref="plan")

SCENARIOS = [
    Scenario(
        "R26",
        "high risk and no manager's oversight",
        given(_RISK, risk_assessed("2024-03-11", level="critical")),
        [raised(since="2024-03-04", due="2024-03-18 end", because=["risk"])],
    ),
    Scenario(
        "R26",
        "medium",
        given(_RISK.but(level="medium")),
        [raised(due="2024-04-01 end")],
    ),
    Scenario("R26", "low", given(_RISK.but(level="low")), [raised(due="2024-04-29 end")]),
    Scenario(
        "R26",
        "counted from the last oversight",
        given(_RISK, oversight_recorded("2024-03-15", ref="oversight")),
        [raised(since="2024-03-15", due="2024-03-29 end", because=["risk", "oversight"])],
    ),
    Scenario(
        "R26",
        "that oversight is not known yet",
        given(_RISK, oversight_recorded("2024-03-15", known="2024-03-20")).when_seen("2024-03-19"),
        [raised(due="2024-03-18 end")],
    ),
    Scenario(
        "R26",
        "the risk rises long after anybody looked",
        given(_RISK.but(level="low"), risk_assessed("2024-04-10", ref="risen")),
        [raised(since="2024-04-10", due="2024-04-10", because=["risen", "risk"])],
    ),
    Scenario(
        "R26",
        "that someone else is at low risk does not put it off",
        given(_RISK, risk_assessed("2024-03-11", person=NEIGHBOUR, level="low")),
        [raised(since="2024-03-04", due="2024-03-18 end", because=["risk"])],
    ),
    Scenario(
        "R26",
        "of two at the same risk, since the first was",
        given(_RISK, risk_assessed("2024-03-11", person=NEIGHBOUR, level="critical")),
        [raised(since="2024-03-04", due="2024-03-18 end", because=["risk"])],
    ),
    Scenario(
        "R26",
        "whoever was at high risk no longer is",
        given(
            _RISK,
            risk_assessed("2024-03-05", person=NEIGHBOUR, level="medium", ref="neighbour"),
            risk_assessed("2024-03-11", level="low"),
        ),
        [raised(since="2024-03-05", due="2024-04-01 end", because=["neighbour", "risk"])],
    ),
    Scenario(
        "R26",
        "reopened: it counts from then",
        given(_RISK, case_closed("2024-03-05"), case_reopened("2024-06-03", ref="reopened")),
        [raised(since="2024-06-03", due="2024-06-17 end", because=["risk", "reopened"])],
    ),
    Scenario("R26", "the case is closed", given(_RISK, case_closed()), []),
    Scenario(
        "R26",
        "no risk but to visitors was assessed",
        given(concern_raised("2024-03-01"), risk_assessed("2024-03-04", tool="visitor")),
        [],
    ),
    Scenario(
        "R35",
        "on the day that was set",
        given(_RISK.but(review_due="2024-03-11")),
        [
            raised(
                since="2024-03-04",
                due="2024-03-11 end",
                because=["risk"],
                item=f"{TENANT}/risk",
            )
        ],
    ),
    Scenario("R35", "high: at the latest in 14 days", given(_RISK), [raised(due="2024-03-18 end")]),
    Scenario(
        "R35",
        "medium: at the latest in 28 days",
        given(_RISK.but(level="medium")),
        [raised(due="2024-04-01 end")],
    ),
    Scenario(
        "R35",
        "low: at the latest in 90 days",
        given(_RISK.but(level="low", review_due="2025-03-04")),
        [raised(due="2024-06-02 end")],
    ),
    Scenario(
        "R35",
        "counted from the last assessment, with whatever tool",
        given(_RISK, risk_assessed("2024-03-15", tool="dash", ref="dash")),
        [raised(due="2024-03-29 end", because=["dash"])],
    ),
    Scenario(
        "R35",
        "an older assessment becomes known later",
        given(_RISK, risk_assessed("2024-02-01", known="2024-03-20", level="low")),
        [raised(due="2024-03-18 end", because=["risk"])],
    ),
    Scenario(
        "R35",
        "another assessment is not known yet",
        given(_RISK, risk_assessed("2024-03-15", known="2024-03-20")).when_seen("2024-03-19"),
        [raised(due="2024-03-18 end")],
    ),
    Scenario(
        "R35",
        "the risks to two people and to visitors are three",
        given(
            _RISK,
            risk_assessed("2024-03-05", person=NEIGHBOUR),
            risk_assessed("2024-03-06", person=None, tool="visitor"),
        ),
        [
            raised(item=f"{TENANT}/risk"),
            raised(item=f"{NEIGHBOUR}/risk"),
            raised(item="visitor-risk", due="2024-03-20 end"),
        ],
    ),
    Scenario("R35", "the case is closed", given(_RISK, _PLAN, case_closed()), []),
    Scenario(
        "R35",
        "a plan is reviewed after six weeks at the latest",
        given(_PLAN),
        [raised(since="2024-03-04", due="2024-04-15 end", because=["plan"], item="plan:P1")],
    ),
    Scenario(
        "R35",
        "a plan on the day that was set",
        given(_PLAN.but(review_due="2024-04-01")),
        [raised(due="2024-04-01 end")],
    ),
    Scenario(
        "R35",
        "a plan that was reviewed",
        given(_PLAN, plan_reviewed("2024-04-10", ref="reviewed")),
        [raised(since="2024-04-10", due="2025-01-31 end", because=["reviewed"])],
    ),
    Scenario(
        "R35",
        "a plan that has ended",
        given(_PLAN, plan_reviewed("2024-04-10", outcome="achieved", next_review_due=None)),
        [],
    ),
    Scenario(
        "R35",
        "a plan that has ended, whatever day was named",
        given(_PLAN, plan_reviewed("2024-04-10", outcome="ended")),
        [],
    ),
    Scenario(
        "R35",
        "another plan was reviewed",
        given(_PLAN, plan_reviewed("2024-04-10", plan_id="P2")),
        [raised(due="2024-04-15 end")],
    ),
]
