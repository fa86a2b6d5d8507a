"""Referrals on which no decision is known."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_opened,
    escalation_raised,
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

_OF_ANOTHER = (
    referral_acknowledged("2024-06-04", referral_id="R2"),
    referral_decided("2024-06-04", referral_id="R2"),
    feedback_received("2024-06-04", referral_id="R2"),
    feedback_chased("2024-06-04", referral_id="R2"),
    referral_withdrawn("2024-06-04", referral_id="R2"),
    referral_resubmitted("2024-06-12", referral_id="R2"),
)
"""What is said of another referral, which says nothing of this one."""

_ADULT = referral_sent("2024-06-03 10:00", route="asc-front-door", ref="sent")

SCENARIOS = [
    Scenario(
        "R5",
        "a decision is owed after two working days, chased after five, escalated after ten",
        given(_ADULT),
        [
            raised(
                item="referral:R1/decision",
                since="2024-06-03 10:00",
                due="2024-06-05 end",
                because=["sent"],
                effect="warning",
            ),
            raised(
                item="referral:R1/chase",
                since="2024-06-05 end",
                due="2024-06-10 end",
                effect="duty",
            ),
            raised(
                item="referral:R1/escalate",
                since="2024-06-10 end",
                due="2024-06-17 end",
                effect="duty",
            ),
        ],
    ),
    Scenario(
        "R5",
        "an acknowledgement decides nothing",
        given(_ADULT, referral_acknowledged(), feedback_received(quality="acknowledgement-only")),
        [raised(), raised(), raised()],
    ),
    Scenario(
        "R5",
        "to ask for more, or to say nothing, decides nothing",
        given(
            _ADULT,
            referral_decided(decision="more-information"),
            referral_decided(decision="no-response"),
        ),
        [raised(), raised(), raised()],
    ),
    Scenario(
        "R5",
        "once chased, it is to be escalated in time",
        given(_ADULT, feedback_chased("2024-06-10")),
        [raised(item="referral:R1/decision"), raised(item="referral:R1/escalate")],
    ),
    Scenario(
        "R5",
        "once escalated, only the decision is missing",
        given(_ADULT, escalation_raised("2024-06-12")),
        [raised(item="referral:R1/decision")],
    ),
    Scenario(
        "R5",
        "not by an escalation over something else",
        given(
            _ADULT,
            escalation_raised("2024-06-12", about_ref="R9"),
            escalation_raised("2024-06-12", about="meeting", about_ref=None),
        ),
        [raised(), raised(), raised()],
    ),
    Scenario(
        "R5",
        "whatever is said of another",
        given(_ADULT, *_OF_ANOTHER),
        [
            raised(item="referral:R1/decision", due="2024-06-05 end"),
            raised(item="referral:R1/chase", due="2024-06-10 end"),
            raised(item="referral:R1/escalate", due="2024-06-17 end"),
        ],
    ),
    Scenario(
        "R5",
        "counted from when it was sent, whenever that came to be known",
        given(referral_sent("2024-06-03 10:00", known="2024-06-20")),
        [
            raised(since="2024-06-03 10:00", due="2024-06-05 end"),
            raised(due="2024-06-10 end"),
            raised(due="2024-06-17 end"),
        ],
    ),
    Scenario(
        "R5",
        "an escalation that names no referral counts",
        given(_ADULT, escalation_raised("2024-06-12", about_ref=None)),
        [raised(item="referral:R1/decision")],
    ),
    *(
        Scenario(
            "R5",
            f"cleared by {confirmed}, however little else is said",
            given(_ADULT, feedback_received(quality="none", **{confirmed: "yes"})),
            [],
        )
        for confirmed in ("risk_assessed_confirmed", "mitigation_confirmed")
    ),
    Scenario("R5", "cleared by a decision", given(_ADULT, referral_decided(decision="nfa")), []),
    Scenario("R5", "cleared by feedback", given(_ADULT, feedback_received()), []),
    Scenario("R5", "cleared by withdrawing it", given(_ADULT, referral_withdrawn()), []),
    Scenario("R5", "cleared by closing the case", given(_ADULT, case_closed()), []),
    Scenario("R5", "not within the landlord", given(_ADULT.but(route="internal")), []),
    Scenario("R5", "nor of a 999 call", given(_ADULT.but(route="police-999")), []),
    Scenario("R5", "nor of a child", given(_ADULT.but(route="childrens-services")), []),
    Scenario(
        "R5",
        "anybody else answers by the day that the referral names",
        given(
            referral_sent(
                "2024-06-03 10:00",
                known="2024-06-04",
                route="fire-home-safety",
                feedback_due="2024-06-28",
            )
        ),
        [raised(item="referral:R1/answer", since="2024-06-03 10:00", due="2024-06-28 end")],
    ),
    Scenario(
        "R5",
        "whatever was heard or chased before it was put again does not count",
        given(
            _ADULT,
            feedback_chased("2024-06-10"),
            escalation_raised("2024-06-10"),
            referral_decided("2024-06-11", decision="rejected"),
            referral_resubmitted("2024-06-12 10:00"),
        ),
        [
            raised(item="referral:R1/decision", since="2024-06-12 10:00", due="2024-06-14 end"),
            raised(item="referral:R1/chase", due="2024-06-19 end"),
            raised(item="referral:R1/escalate", due="2024-06-26 end"),
        ],
    ),
    Scenario(
        "R5",
        "an answer recorded in the wrong order still counts",
        given(
            _ADULT,
            referral_resubmitted("2024-06-12 10:00"),
            referral_decided("2024-06-13", known="2024-06-20"),
            feedback_chased("2024-06-14"),
        ),
        [],
    ),
    Scenario(
        "R5",
        "nor does it matter when it is known that it was put again",
        given(
            _ADULT,
            referral_resubmitted("2024-06-12 10:00", known="2024-06-20"),
            escalation_raised("2024-06-13"),
        ),
        [raised(item="referral:R1/decision", due="2024-06-14 end")],
    ),
    Scenario(
        "R5",
        "even if the answer was known before that",
        given(
            _ADULT,
            referral_resubmitted("2024-06-12 10:00", known="2024-06-20"),
            referral_decided("2024-06-14"),
        ),
        [],
    ),
    Scenario(
        "R5",
        "not before the decision is known",
        given(_ADULT, referral_decided("2024-06-04", known="2024-06-20")).when_seen(
            known_on="2024-06-19"
        ),
        [raised(), raised(), raised()],
    ),
    Scenario(
        "R5",
        "a landlord may leave its partners longer",
        given(_ADULT),
        [raised(), raised(item="referral:R1/chase", due="2024-06-12 end"), raised()],
        ruled(rule_overridden("2024-03-01")),
    ),
    Scenario(
        "R5",
        "where an authority was given seven days it is not chased before",
        given(case_opened("2024-06-01"), _ADULT),
        [
            raised(item="referral:R1/chase", due="2024-06-12 end"),
            raised(item="referral:R1/decision", due="2024-06-12 end"),
            raised(item="referral:R1/escalate", due="2024-06-17 end"),
        ],
        ruled(feedback_agreement_made("2024-03-01", decision_days=7), stream="authority:E09000001"),
    ),
]
