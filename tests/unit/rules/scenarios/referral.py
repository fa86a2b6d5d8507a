"""Referrals: sent once decided on, acknowledged, and decided."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_opened,
    concern_raised,
    decision_recorded,
    feedback_agreement_made,
    feedback_received,
    given,
    referral_acknowledged,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
    rule_overridden,
    triage_completed,
)

_TRIAGED = triage_completed("2024-06-07 14:00", ref="triage")

_SENT = [
    Scenario(
        "R3",
        "decided on a Friday, to be sent by the end of Monday",
        given(_TRIAGED),
        [
            raised(
                item="referral",
                since="2024-06-07 14:00",
                due="2024-06-10 end",
                because=["triage"],
            )
        ],
    ),
    Scenario(
        "R3",
        "deciding it again gives no more time",
        given(_TRIAGED, triage_completed("2024-06-12")),
        [raised(due="2024-06-10 end", because=["triage"])],
    ),
    Scenario(
        "R3", "not where nothing is to be referred", given(_TRIAGED.but(decision="monitor")), []
    ),
    Scenario(
        "R3",
        "counted from the decision, whenever it came to be known and whatever went before",
        given(
            triage_completed("2024-06-04", decision="monitor"),
            decision_recorded("2024-06-05", kind="no-referral"),
            triage_completed("2024-06-07 14:00", known="2024-06-12"),
        ),
        [raised(since="2024-06-07 14:00", due="2024-06-10 end")],
    ),
    Scenario(
        "R3",
        "cleared by a referral sent before the decision came to be known",
        given(
            triage_completed("2024-06-07 14:00", known="2024-06-12"), referral_sent("2024-06-10")
        ),
        [],
    ),
    Scenario("R3", "cleared by the referral", given(_TRIAGED, referral_sent("2024-06-10")), []),
    Scenario(
        "R3",
        "cleared by a referral of which only the day is known",
        given(_TRIAGED, referral_sent("2024-06-07 00:00", occurred_precision="day")),
        [],
    ),
    Scenario(
        "R3",
        "not by one from before, nor by one within the landlord",
        given(
            referral_sent("2024-06-05"),
            _TRIAGED,
            referral_sent("2024-06-10", referral_id="R2", route="internal"),
        ),
        [raised(because=["triage"])],
    ),
    Scenario(
        "R3",
        "cleared by one that went out after the concern, before the decision was written down",
        given(concern_raised("2024-06-07 09:00"), referral_sent("2024-06-07 09:30"), _TRIAGED),
        [],
    ),
    Scenario(
        "R3",
        "not by one about an earlier concern",
        given(
            concern_raised("2024-06-02"),
            referral_sent("2024-06-04"),
            concern_raised("2024-06-03", known="2024-06-07 09:00"),
            _TRIAGED,
        ),
        [raised(because=["triage"])],
    ),
    Scenario(
        "R3",
        "a concern that nobody knew of when it was decided makes no difference",
        given(
            concern_raised("2024-06-03"),
            referral_sent("2024-06-04"),
            concern_raised("2024-06-07 09:00", known="2024-06-12"),
            _TRIAGED,
        ),
        [],
    ),
    Scenario(
        "R3",
        "cleared by deciding otherwise",
        given(_TRIAGED, triage_completed("2024-06-10", decision="landlord-led")),
        [],
    ),
    Scenario(
        "R3",
        "cleared by a decision not to refer",
        given(_TRIAGED, decision_recorded(kind="no-referral")),
        [],
    ),
    Scenario("R3", "not by another decision", given(_TRIAGED, decision_recorded()), [raised()]),
    Scenario("R3", "cleared by closing the case", given(_TRIAGED, case_closed()), []),
    Scenario(
        "R3",
        "not before it is known that it was sent",
        given(_TRIAGED, referral_sent("2024-06-08", known="2024-06-14")).when_seen(
            known_on="2024-06-11"
        ),
        [raised(due="2024-06-10 end")],
    ),
    Scenario(
        "R3",
        "a landlord may want it sent on the same day",
        given(_TRIAGED),
        [raised(due="2024-06-07 end")],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R3", parameters=[{"name": "working_days", "value": 0}]
            )
        ),
    ),
]

_CHILD = referral_sent(
    "2024-06-06 10:00",
    route="childrens-services",
    ref="sent",
    subjects=({"person": "person:child", "role": "child-at-risk"},),
)
_CHILD_ACKNOWLEDGED = "referral:R1/acknowledgement"

_OF_CHILDREN = [
    Scenario(
        "R4",
        "the referral of a child is acknowledged within a working day",
        given(_CHILD),
        [
            raised(
                item=_CHILD_ACKNOWLEDGED,
                since="2024-06-06 10:00",
                due="2024-06-07 end",
                because=["sent"],
            )
        ],
    ),
    Scenario("R4", "so is one that names the child", given(_CHILD.but(route="mash")), [raised()]),
    Scenario(
        "R4",
        "so is one that names nobody, in a case about a child",
        given(
            case_opened("2024-06-05", initial_classification="child"), referral_sent("2024-06-06")
        ),
        [raised(item=_CHILD_ACKNOWLEDGED)],
    ),
    Scenario(
        "R4",
        "or where the concern is about a child too",
        given(
            concern_raised("2024-06-05", strands=("adult", "child")), referral_sent("2024-06-06")
        ),
        [raised(item=_CHILD_ACKNOWLEDGED)],
    ),
    Scenario(
        "R4",
        "not where the concern is about an adult",
        given(concern_raised("2024-06-05", strands=("adult",)), referral_sent("2024-06-06")),
        [],
    ),
    Scenario(
        "R4",
        "not one about an adult in such a case",
        given(
            case_opened("2024-06-05", initial_classification="child"),
            referral_sent(
                "2024-06-06", subjects=({"person": "person:adult", "role": "adult-at-risk"},)
            ),
        ),
        [],
    ),
    Scenario("R4", "nor one to somebody else", given(_CHILD.but(route="idva")), []),
    Scenario(
        "R4",
        "once acknowledged, it is to be decided as soon",
        given(_CHILD, referral_acknowledged("2024-06-06 12:00")),
        [raised(item="referral:R1/decision", due="2024-06-07 end")],
    ),
    Scenario(
        "R4",
        "so it is where that is all the feedback there is",
        given(_CHILD, feedback_received(quality="acknowledgement-only")),
        [raised(item="referral:R1/decision")],
    ),
    Scenario(
        "R4",
        "to ask for more information is to acknowledge",
        given(_CHILD, referral_decided(decision="more-information")),
        [raised(item="referral:R1/decision")],
    ),
    Scenario(
        "R4",
        "silence is no acknowledgement, whatever it is recorded as",
        given(_CHILD, referral_decided(decision="no-response"), feedback_received(quality="none")),
        [raised(item=_CHILD_ACKNOWLEDGED)],
    ),
    Scenario("R4", "cleared by the decision", given(_CHILD, referral_decided(decision="s47")), []),
    Scenario(
        "R4",
        "counted from when it was sent, whenever that came to be known",
        given(referral_sent("2024-06-06 10:00", known="2024-06-12", route="childrens-services")),
        [raised(since="2024-06-06 10:00", due="2024-06-07 end")],
    ),
    Scenario("R4", "cleared by withdrawing it", given(_CHILD, referral_withdrawn()), []),
    Scenario(
        "R4",
        "owed anew once it is put again",
        given(
            _CHILD, referral_decided("2024-06-07"), referral_resubmitted("2024-06-11", ref="again")
        ),
        [raised(item=_CHILD_ACKNOWLEDGED, due="2024-06-12 end", because=["again"])],
    ),
    Scenario(
        "R4",
        "also if it had been withdrawn",
        given(_CHILD, referral_withdrawn("2024-06-07"), referral_resubmitted("2024-06-11")),
        [raised(item=_CHILD_ACKNOWLEDGED, due="2024-06-12 end")],
    ),
    Scenario("R4", "cleared by closing the case", given(_CHILD, case_closed()), []),
    Scenario(
        "R4",
        "not before the answer is known",
        given(_CHILD, referral_decided("2024-06-07", known="2024-06-12")).when_seen(
            known_on="2024-06-11"
        ),
        [raised(item=_CHILD_ACKNOWLEDGED)],
    ),
    Scenario(
        "R4",
        "an authority may have agreed to two days",
        given(case_opened("2024-06-05"), _CHILD),
        [raised(due="2024-06-10 end")],
        ruled(
            feedback_agreement_made("2024-03-01", acknowledgement_days=2, valid_from="2024-04-01"),
            stream="authority:E09000001",
        ),
    ),
]

SCENARIOS = [*_SENT, *_OF_CHILDREN]
