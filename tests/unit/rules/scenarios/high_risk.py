"""Referrals at high risk on which nobody has met."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    given,
    meeting_convened,
    meeting_held,
    meeting_missed,
    person_involved,
    referral_decided,
    referral_sent,
    referral_withdrawn,
    risk_assessed,
    rule_overridden,
)
from tests.support.telling import NEIGHBOUR, Told


def _overridden(rule: str, name: str, value: int) -> Told:
    return rule_overridden("2024-03-01", rule=rule, parameters=[{"name": name, "value": value}])


_HIGH = risk_assessed("2024-06-03 09:00", ref="high")
_REFERRED = referral_sent("2024-06-03 10:00", ref="sent")
_NO_STRATEGY = raised(item="referral:R1/strategy", due="2024-06-10 end", effect="duty")
_NOT_MET = raised(item="referral:R1/late", due="2024-06-17 end", effect="warning")

SCENARIOS = [
    Scenario(
        "R12",
        "a meeting within five working days, and a warning after 14 days",
        given(_HIGH, _REFERRED),
        [
            _NO_STRATEGY | raised(since="2024-06-03 10:00", because=["sent", "high"]),
            _NOT_MET | raised(because=["sent", "high"]),
        ],
    ),
    Scenario(
        "R12",
        "counted from when both hold",
        given(_REFERRED, risk_assessed("2024-06-05 09:00", level="critical")),
        [raised(due="2024-06-12 end"), raised(due="2024-06-19 end")],
    ),
    Scenario("R12", "not at a lower risk", given(_HIGH.but(level="medium"), _REFERRED), []),
    Scenario("R12", "nor at a risk to visitors", given(_HIGH.but(tool="visitor"), _REFERRED), []),
    *(
        Scenario(
            "R12",
            f"so it is through {route}",
            given(_HIGH, _REFERRED.but(route=route)),
            [_NO_STRATEGY, _NOT_MET],
        )
        for route in ("asc-front-door", "childrens-services")
    ),
    Scenario(
        "R12",
        "counted from when it was sent and assessed, whenever that came to be known",
        given(
            risk_assessed("2024-06-03 09:00", known="2024-06-20"),
            referral_sent("2024-06-03 10:00", known="2024-06-12"),
        ),
        [_NO_STRATEGY | raised(since="2024-06-03 10:00"), _NOT_MET],
    ),
    Scenario(
        "R12",
        "where two are at high risk, from the first of them",
        given(
            _REFERRED,
            risk_assessed("2024-06-04 09:00", known="2024-06-12", ref="first"),
            risk_assessed("2024-06-05 09:00", known="2024-06-05", person=NEIGHBOUR),
        ),
        [raised(because=["sent", "first"], due="2024-06-11 end"), raised(due="2024-06-18 end")],
    ),
    Scenario("R12", "nor of a referral elsewhere", given(_HIGH, _REFERRED.but(route="idva")), []),
    Scenario(
        "R12",
        "cleared when the risk is lower",
        given(_HIGH, _REFERRED, risk_assessed(level="low")),
        [],
    ),
    Scenario(
        "R12",
        "not by a lower risk to somebody else, nor by an older assessment",
        given(
            _HIGH,
            _REFERRED,
            risk_assessed("2024-06-05", level="low", person=NEIGHBOUR),
            risk_assessed("2024-05-20", level="low", known="2024-06-06"),
        ),
        [_NO_STRATEGY, _NOT_MET],
    ),
    Scenario(
        "R12",
        "assessing it high once more gives no more time",
        given(_HIGH, _REFERRED, risk_assessed("2024-06-06")),
        [_NO_STRATEGY, _NOT_MET],
    ),
    Scenario("R12", "cleared by a meeting", given(_HIGH, _REFERRED, meeting_held()), []),
    Scenario(
        "R12",
        "cleared by one that was missed",
        given(_HIGH, _REFERRED, meeting_missed(held_at="2024-06-05T09:00:00Z")),
        [],
    ),
    Scenario(
        "R12",
        "not by one from before",
        given(meeting_held("2024-05-20"), _HIGH, _REFERRED),
        [_NO_STRATEGY, _NOT_MET],
    ),
    Scenario(
        "R12",
        "one that is called for the second week comes late, but comes",
        given(_HIGH, _REFERRED, meeting_convened("2024-06-05", at="2024-06-14T09:00:00Z")),
        [_NO_STRATEGY],
    ),
    Scenario(
        "R12",
        "one that is called for the first week is in time",
        given(_HIGH, _REFERRED, meeting_convened("2024-06-05", at="2024-06-07T09:00:00Z")),
        [],
    ),
    Scenario(
        "R12",
        "a council that declines has still not met",
        given(_HIGH, _REFERRED, referral_decided(decision="rejected")),
        [_NO_STRATEGY, _NOT_MET],
    ),
    Scenario("R12", "cleared by withdrawing it", given(_HIGH, _REFERRED, referral_withdrawn()), []),
    Scenario("R12", "cleared by closing the case", given(_HIGH, _REFERRED, case_closed()), []),
    Scenario(
        "R12",
        "not before the meeting is known",
        given(_HIGH, _REFERRED, meeting_held("2024-06-05", known="2024-06-20")).when_seen(
            known_on="2024-06-19"
        ),
        [_NO_STRATEGY, _NOT_MET],
    ),
    Scenario(
        "R12",
        "a landlord may warn after a week",
        given(_HIGH, _REFERRED),
        [raised(due="2024-06-10 end"), raised(due="2024-06-10 end")],
        ruled(_overridden("R12", "warn_days", 7)),
    ),
    Scenario(
        "R12",
        "cleared when a risk of nobody in particular is taken up by name, and is lower",
        given(_HIGH.but(person=None), _REFERRED, risk_assessed(level="low")),
        [],
    ),
    Scenario(
        "R12",
        "not where somebody else at risk was not assessed since",
        given(
            person_involved("2024-06-01", person=NEIGHBOUR, role="adult-at-risk"),
            _HIGH.but(person=None),
            _REFERRED,
            risk_assessed(level="low"),
        ),
        [_NO_STRATEGY, _NOT_MET],
    ),
]
