"""Risk over time: a manager's eye on it, and its reviews."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    case_reopened,
    concern_raised,
    contact_made,
    given,
    hoarding_level_assessed,
    incident_reported,
    monitoring_scheduled,
    oversight_recorded,
    person_involved,
    plan_agreed,
    plan_reviewed,
    reclassified,
    referral_sent,
    risk_assessed,
    triage_completed,
)
from tests.support.telling import NEIGHBOUR, TENANT

_RISK = risk_assessed("2024-03-04", ref="risk")
_PLAN = plan_agreed("2024-03-04", ref="plan")
_CONCERN = concern_raised("2024-03-01")
_NO_ACTION = triage_completed("2024-03-05", decision="nfa", decider="staff:12")
_RISK_AGAIN = risk_assessed("2024-03-06", level="low", ref="again")
_BECAUSE = {"R26": ["risk"], "R35": ["again"]}
_OPENED_AGAIN = (case_closed("2024-03-06"), case_reopened("2024-03-07"))
_MONITORED = monitoring_scheduled(
    "2024-03-04",
    reason="after-court",
    next_date="2024-06-03",
    frequency=None,
    ref="monitored",
)

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
    Scenario(
        "R26",
        "a risk of nobody in particular, taken up by name since",
        given(
            _RISK.but(person=None),
            risk_assessed("2024-03-05", level="low", ref="named"),
        ),
        [raised(since="2024-03-05", due="2024-04-30 end", because=["named"])],
    ),
    *(
        Scenario(
            "R26",
            f"a risk of nobody in particular, {title}",
            given(person_involved("2024-03-01", role="adult-at-risk"), *told),
            [raised(due="2024-03-18 end")],
        )
        for title, told in (
            (
                "that was assessed again after the named one",
                [
                    risk_assessed("2024-03-04", level="low"),
                    risk_assessed("2024-03-04 10:00", person=None),
                ],
            ),
            (
                "where only somebody else was assessed by name since",
                [
                    _RISK.but(person=None),
                    risk_assessed("2024-03-05", person=NEIGHBOUR, level="low"),
                ],
            ),
        )
    ),
    Scenario(
        "R35",
        "a risk of nobody in particular, taken up by name since",
        given(
            _RISK.but(person=None),
            risk_assessed("2024-03-05", level="low", ref="named"),
        ),
        [raised(item=f"{TENANT}/risk", because=["named"])],
    ),
    Scenario(
        "R35",
        "the risk to visitors, or of fire, is another than that to the person",
        given(
            risk_assessed("2024-03-03", person=None, tool="fire"),
            risk_assessed("2024-03-04", person=None, tool="visitor"),
            risk_assessed("2024-03-05"),
        ),
        [raised(item="fire-risk"), raised(item="visitor-risk"), raised(item=f"{TENANT}/risk")],
    ),
    *(
        Scenario(
            rule,
            f"{title}: left at no further action",
            given(_CONCERN, _RISK.but(level=level), _NO_ACTION, *since),
            flags,
        )
        for rule in ("R26", "R35")
        for title, level, since, flags in (
            ("a low risk", "low", [], []),
            ("a medium risk is watched until the case is closed", "medium", [], [raised()]),
            ("until a concern comes", "low", [concern_raised("2024-03-06")], [raised()]),
            ("until an incident comes", "low", [incident_reported("2024-03-06")], [raised()]),
            ("until it is assessed again", "low", [_RISK_AGAIN], [raised(because=_BECAUSE[rule])]),
            ("until it is opened again", "low", [*_OPENED_AGAIN], [raised()]),
            ("until it is seen otherwise", "low", [reclassified("2024-03-06")], [raised()]),
            ("until it is referred", "low", [referral_sent("2024-03-06")], [raised()]),
            (
                "until triage decides otherwise",
                "low",
                [triage_completed("2024-03-06", decision="monitor")],
                [raised()],
            ),
        )
    ),
    Scenario(
        "R35",
        "left at no further action until there is a plan",
        given(_CONCERN, _RISK.but(level="low"), _NO_ACTION, plan_agreed("2024-03-06")),
        [raised(item="plan:P1"), raised(item=f"{TENANT}/risk")],
    ),
    Scenario(
        "R35",
        "a day set to look again",
        given(_MONITORED),
        [
            raised(
                since="2024-03-04",
                soon="2024-06-02 end",
                due="2024-06-03 end",
                because=["monitored"],
                item="monitoring",
            )
        ],
    ),
    Scenario(
        "R35",
        "a day set anew",
        given(_MONITORED, monitoring_scheduled("2024-05-01", next_date="2024-08-01", ref="anew")),
        [raised(due="2024-08-01 end", because=["anew"])],
    ),
    *(
        Scenario("R35", f"{title}: looked at again", given(_MONITORED, look), [])
        for title, look in (
            ("seen", contact_made("2024-06-03", seen="yes")),
            ("hoarding", hoarding_level_assessed("2024-06-03")),
            ("the plan", plan_reviewed("2024-06-03", outcome="ended")),
            ("triage", triage_completed("2024-06-03")),
            ("seven days early", contact_made("2024-05-27", seen="yes")),
        )
    ),
    *(
        Scenario(
            "R35",
            f"{title}: not looked at again",
            given(_MONITORED, look),
            [raised(due="2024-06-03 end", because=["monitored"])],
        )
        for title, look in (
            ("rung", contact_made("2024-06-03", seen="no")),
            ("eight days early", contact_made("2024-05-26", seen="yes")),
        )
    ),
    Scenario(
        "R35",
        "a look, after which only its own review is due",
        given(_MONITORED, risk_assessed("2024-06-03", level="low")),
        [raised(item=f"{TENANT}/risk")],
    ),
    *(
        Scenario(
            "R35",
            f"looked at, and to be looked at again {frequency}",
            given(
                _MONITORED.but(frequency=frequency),
                contact_made("2024-06-05", seen="yes", ref="seen"),
            ),
            [raised(since="2024-06-05", due=f"{due} end", because=["monitored", "seen"])],
        )
        for frequency, due in (
            ("weekly", "2024-06-12"),
            ("fortnightly", "2024-06-19"),
            ("monthly", "2024-07-05"),
            ("quarterly", "2024-09-05"),
            ("half-yearly", "2024-12-05"),
            ("yearly", "2025-06-05"),
        )
    ),
    Scenario(
        "R35",
        "looked at the once that was arranged",
        given(_MONITORED.but(frequency="once"), contact_made("2024-06-05", seen="yes")),
        [],
    ),
    Scenario(
        "R35",
        "a low level of hoarding, while nobody has assessed it",
        given(_MONITORED.but(reason="hoarding-low")),
        [raised(item="monitoring")],
    ),
    Scenario(
        "R35",
        "a low level of hoarding, which R31 has looked at by then",
        given(_MONITORED.but(reason="hoarding-low"), hoarding_level_assessed("2024-03-05")),
        [],
    ),
    Scenario("R35", "monitored until the case is closed", given(_MONITORED, case_closed()), []),
]
