"""Whether somebody confirms that the risk was dealt with."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_opened,
    feedback_agreement_made,
    feedback_chased,
    feedback_received,
    given,
    referral_acknowledged,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
    rule_overridden,
)

_SENT = referral_sent("2024-06-03 10:00")
_TAKEN_ON = (_SENT, referral_decided("2024-06-05 12:00", ref="answer"))

SCENARIOS = [
    Scenario(
        "R6",
        "28 days after the referral was taken on",
        given(*_TAKEN_ON),
        [
            raised(
                item="referral:R1",
                since="2024-06-05 12:00",
                due="2024-07-03 end",
                because=["answer"],
            )
        ],
    ),
    Scenario(
        "R6",
        "also where feedback was all that came",
        given(_SENT, feedback_received("2024-06-06")),
        [raised(due="2024-07-04 end")],
    ),
    Scenario("R6", "not while nothing was heard", given(_SENT, referral_acknowledged()), []),
    *(
        Scenario(
            "R6",
            f"nor where the decision is {decision}",
            given(_SENT, referral_decided(decision=decision), feedback_received()),
            [],
        )
        for decision in ("rejected", "nfa", "signposted")
    ),
    Scenario(
        "R6",
        "counted from the answer, and from the chase, whenever that came to be known",
        given(
            _SENT,
            feedback_received("2024-06-06 12:00", known="2024-06-20"),
            feedback_chased("2024-06-10", known="2024-07-20"),
        ),
        [raised(since="2024-06-06 12:00", due="2024-07-10 end")],
    ),
    Scenario(
        "R6",
        "nor of what stays within the landlord",
        given(_SENT.but(route="internal"), feedback_received()),
        [],
    ),
    Scenario(
        "R6",
        "once chased, a month later, and then every month",
        given(
            *_TAKEN_ON,
            feedback_chased("2024-07-04", ref="first"),
            feedback_chased("2024-07-31", attempt=2, ref="second"),
        ),
        [raised(due="2024-08-31 end", because=["answer", "first", "second"])],
    ),
    Scenario(
        "R6",
        "chasing early does not bring it forward",
        given(*_TAKEN_ON, feedback_chased("2024-06-01"), feedback_chased("2024-06-05 15:00")),
        [raised(due="2024-07-05 end")],
    ),
    Scenario(
        "R6",
        "cleared when it is confirmed",
        given(*_TAKEN_ON, feedback_received(mitigation_confirmed="yes")),
        [],
    ),
    Scenario(
        "R6",
        "not by feedback that says they are not there yet",
        given(
            *_TAKEN_ON,
            feedback_received("2024-06-20", mitigation_confirmed="yes", known="2024-06-28"),
            feedback_received("2024-06-24", mitigation_confirmed="no", known="2024-06-24"),
        ),
        [raised(due="2024-07-03 end")],
    ),
    Scenario("R6", "cleared by withdrawing it", given(*_TAKEN_ON, referral_withdrawn()), []),
    Scenario("R6", "cleared by closing the case", given(*_TAKEN_ON, case_closed()), []),
    Scenario(
        "R6",
        "what was heard before it was put again does not count",
        given(*_TAKEN_ON, referral_resubmitted()),
        [],
    ),
    Scenario(
        "R6",
        "not before the confirmation is known",
        given(
            *_TAKEN_ON,
            feedback_received("2024-06-20", mitigation_confirmed="yes", known="2024-07-10"),
        ).when_seen(known_on="2024-07-09"),
        [raised(due="2024-07-03 end")],
    ),
    Scenario(
        "R6",
        "an authority may have agreed to ten working days",
        given(case_opened("2024-06-01"), *_TAKEN_ON),
        [raised(due="2024-06-19 end")],
        ruled(
            feedback_agreement_made("2024-03-01", feedback_days=10), stream="authority:E09000001"
        ),
    ),
    Scenario(
        "R6",
        "a landlord may want to ask after two weeks",
        given(*_TAKEN_ON),
        [raised(due="2024-06-19 end")],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R6", parameters=[{"name": "confirmation_days", "value": 14}]
            )
        ),
    ),
]
