"""Refusals and decisions not to refer, which are looked at again."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    advice_sought,
    case_closed,
    case_opened,
    concern_raised,
    consent_decided,
    consent_overridden,
    decision_recorded,
    given,
    information_shared,
    referral_sent,
    rule_overridden,
    triage_completed,
)
from tests.support.telling import NEIGHBOUR, TENANT

_REFUSED = consent_decided("2024-06-03 11:00", state="refused", ref="refused")
_NOT_REFERRED = decision_recorded("2024-06-04 11:00", kind="no-referral", ref="decided")
_NEXT = concern_raised("2024-06-12 16:00", ref="next")

SCENARIOS = [
    Scenario(
        "R13",
        "a refusal is looked at again within 28 days",
        given(_REFUSED),
        [
            raised(
                item=f"{TENANT}/consent/refer",
                since="2024-06-03 11:00",
                due="2024-07-01 end",
                because=["refused"],
            )
        ],
    ),
    Scenario(
        "R13",
        "so is a matter in which consent was not sought, whosever it would have been",
        given(
            consent_decided(
                "2024-06-03", person=None, state="not-sought", reason_not_sought="He was asleep."
            )
        ),
        [raised(item="consent/refer", due="2024-07-01 end")],
    ),
    Scenario("R13", "not a consent", given(consent_decided("2024-06-03")), []),
    Scenario(
        "R13",
        "nor one that a representative gave",
        given(_REFUSED.but(state="via-representative")),
        [],
    ),
    Scenario(
        "R13",
        "counted from the refusal, whatever went before and whenever it is known",
        given(
            concern_raised("2024-05-20"),
            triage_completed("2024-05-21", decision="monitor"),
            advice_sought("2024-05-22"),
            consent_overridden("2024-05-23"),
            referral_sent("2024-05-24"),
            information_shared("2024-05-25"),
            consent_decided("2024-05-26", person=NEIGHBOUR),
            consent_decided("2024-06-03 11:00", known="2024-06-05", state="refused"),
            consent_decided("2024-06-03 11:00", known="2024-06-05", state="refused", scope="share"),
        ),
        [
            raised(item=f"{TENANT}/consent/refer", since="2024-06-03 11:00", due="2024-07-01 end"),
            raised(item=f"{TENANT}/consent/share", since="2024-06-03 11:00", due="2024-07-01 end"),
        ],
    ),
    Scenario(
        "R13",
        "a concern known before it, and not looked at, was in view",
        given(concern_raised("2024-06-01"), _REFUSED),
        [raised(due="2024-07-01 end", because=["refused"])],
    ),
    Scenario(
        "R13",
        "nor support that was declined",
        given(_REFUSED.but(scope="support")),
        [],
    ),
    Scenario(
        "R13",
        "at once when a concern comes up meanwhile",
        given(_REFUSED, _NEXT),
        [raised(due="2024-06-12 16:00", because=["refused", "next"])],
    ),
    Scenario(
        "R13",
        "also when one from before comes to light",
        given(_REFUSED, concern_raised("2024-05-20", known="2024-06-12 16:00", ref="next")),
        [raised(due="2024-06-12 16:00", because=["refused", "next"])],
    ),
    Scenario(
        "R13",
        "not when one from before comes in just after the refusal",
        given(_REFUSED, concern_raised("2024-05-20", known="2024-06-03 11:00:40")),
        [raised(due="2024-07-01 end", because=["refused"])],
    ),
    Scenario(
        "R13",
        "also where the refusal was before the concern and came to be known only after it",
        given(
            consent_decided("2024-06-03 11:00", known="2024-06-14", state="refused", ref="refused"),
            _NEXT,
        ),
        [raised(due="2024-06-12 16:00", because=["refused", "next"])],
    ),
    Scenario(
        "R13",
        "not before that concern is known",
        given(_REFUSED, concern_raised("2024-06-05", known="2024-06-12")).when_seen(
            known_on="2024-06-11"
        ),
        [raised(due="2024-07-01 end", because=["refused"])],
    ),
    Scenario(
        "R13",
        "after somebody looked at that concern, again 28 days later",
        given(_REFUSED, _NEXT, triage_completed("2024-06-13", decision="monitor")),
        [raised(since="2024-06-13", due="2024-07-11 end", because=["refused"])],
    ),
    Scenario(
        "R13",
        "asking once more counts, and what was said last holds",
        given(_REFUSED, consent_decided("2024-06-20", state="withdrawn", ref="again")),
        [raised(due="2024-07-18 end", because=["again"])],
    ),
    Scenario(
        "R13",
        "so does asking for advice",
        given(_REFUSED, advice_sought("2024-06-10")),
        [raised(due="2024-07-08 end")],
    ),
    Scenario(
        "R13",
        "each person and each thing asked by itself",
        given(
            _REFUSED,
            consent_decided("2024-06-04", person=NEIGHBOUR, scope="share", state="refused"),
            consent_decided("2024-06-04", person=NEIGHBOUR),
        ),
        [
            raised(item=f"{NEIGHBOUR}/consent/share", due="2024-07-02 end"),
            raised(item=f"{TENANT}/consent/refer", due="2024-07-02 end"),
        ],
    ),
    Scenario(
        "R13", "cleared by consent", given(_REFUSED, _NEXT, consent_decided("2024-06-13")), []
    ),
    Scenario("R13", "cleared by an override", given(_REFUSED, consent_overridden()), []),
    Scenario(
        "R13",
        "also by one of this person's, made before the refusal came to be known",
        given(
            consent_decided("2024-06-03", state="refused", known="2024-06-10"),
            consent_overridden("2024-06-04", person=TENANT),
        ),
        [],
    ),
    Scenario(
        "R13",
        "not by an override about somebody else, or about something else",
        given(
            _REFUSED,
            consent_overridden(person=NEIGHBOUR),
            consent_overridden(person=TENANT, scope="share"),
        ),
        [raised(item=f"{TENANT}/consent/refer")],
    ),
    Scenario("R13", "cleared by the referral", given(_REFUSED, referral_sent()), []),
    Scenario(
        "R13",
        "cleared by sharing what was not to be shared",
        given(_REFUSED.but(scope="share"), information_shared()),
        [],
    ),
    Scenario("R13", "cleared by closing the case", given(_REFUSED, _NEXT, case_closed()), []),
    Scenario(
        "R13",
        "a decision not to refer takes the place of the refusal it was taken in the face of",
        given(_REFUSED, _NOT_REFERRED),
        [raised(item="no-referral", due="2024-07-02 end", because=["decided"])],
    ),
    Scenario(
        "R13",
        "and is looked at again on the day that it names",
        given(_NOT_REFERRED.but(review_on="2024-08-30")),
        [raised(item="no-referral", due="2024-08-30 end")],
    ),
    Scenario(
        "R13",
        "looking before that day does not put it off, nor bring it forward",
        given(_NOT_REFERRED.but(review_on="2024-08-30"), advice_sought("2024-06-10")),
        [raised(item="no-referral", since="2024-06-10", due="2024-08-30 end")],
    ),
    Scenario(
        "R13",
        "looking on that day does, for 28 days",
        given(
            _NOT_REFERRED.but(review_on="2024-06-20"),
            triage_completed("2024-06-20 10:00", decision="monitor"),
        ),
        [raised(item="no-referral", due="2024-07-18 end")],
    ),
    Scenario(
        "R13",
        "a refusal after it is a look at it",
        given(_NOT_REFERRED, consent_decided("2024-06-10", state="refused")),
        [raised(item="no-referral", due="2024-07-08 end")],
    ),
    Scenario(
        "R13",
        "what is not to be shared stands beside it",
        given(_REFUSED.but(scope="share"), _NOT_REFERRED),
        [raised(item=f"{TENANT}/consent/share"), raised(item="no-referral")],
    ),
    Scenario(
        "R13",
        "once it is referred, a refusal from then on counts again",
        given(
            _NOT_REFERRED,
            referral_sent("2024-06-05"),
            consent_decided("2024-06-10", state="refused"),
        ),
        [raised(item=f"{TENANT}/consent/refer", due="2024-07-08 end")],
    ),
    Scenario(
        "R13",
        "a referral from before does not end it",
        given(referral_sent("2024-06-03"), _NOT_REFERRED),
        [raised(item="no-referral")],
    ),
    Scenario(
        "R13",
        "or at the next concern",
        given(_NOT_REFERRED.but(review_on="2024-08-30"), _NEXT),
        [raised(item="no-referral", due="2024-06-12 16:00", because=["decided", "next"])],
    ),
    Scenario("R13", "until it is referred", given(_NOT_REFERRED, _NEXT, referral_sent()), []),
    Scenario("R13", "other decisions are left alone", given(decision_recorded()), []),
    Scenario(
        "R13",
        "an authority may want it after 14 days",
        given(case_opened("2024-06-01"), _REFUSED),
        [raised(due="2024-06-17 end")],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R13", parameters=[{"name": "revisit_days", "value": 14}]
            ),
            stream="authority:E09000001",
        ),
    ),
]
