"""Domestic abuse: locks ordered, measures that end, and the way to a MARAC."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    case_opened,
    concern_raised,
    decision_recorded,
    given,
    incident_reported,
    meeting_convened,
    meeting_held,
    reclassified,
    referral_sent,
    risk_assessed,
    support_measure_provided,
    support_offered,
    support_responded,
)
from tests.support.telling import NEIGHBOUR, Told

_ABUSE = concern_raised("2024-03-01", strands=("domestic-abuse",))
_LOCKS = support_measure_provided("2024-03-28 15:00", ordered_on="2024-03-28", ref="order")
_ALARM = support_measure_provided(
    "2024-03-04",
    measure_id="AL1",
    kind="alarm",
    ordered_on="2024-03-04",
    completed_on="2024-03-05",
    ends_on="2024-06-30",
    ref="alarm",
)
_LOCKS_AGAIN = support_measure_provided("2024-03-29", ordered_on="2024-03-28")
_TWO_STAGES = [raised(item="measure:L1/target"), raised(item="measure:L1/limit")]
_DASH = risk_assessed("2024-03-28", tool="dash", score=14, ref="dash")


def _referred(happened: str, **how: str) -> Told:
    return referral_sent(happened, route="marac", ref="referral", **how)


def _incident(happened: str, ref: str | None = None, **how: str) -> Told:
    return incident_reported(happened, kind="domestic", ref=ref, **how)


_THREE = (
    _incident("2023-03-31", "first"),
    _incident("2023-09-01", "second"),
    _incident("2024-03-28", "third", known="2024-04-02"),
)

SCENARIOS = [
    Scenario(
        "R27",
        "locks after domestic abuse: a target and a limit",
        given(_ABUSE, _LOCKS),
        [
            raised(
                since="2024-03-28 15:00",
                due="2024-03-29 15:00",
                item="measure:L1/target",
                because=["order"],
            ),
            raised(due="2024-04-08 end", item="measure:L1/limit"),
        ],
    ),
    Scenario(
        "R27",
        "ordered as a priority, told the day after",
        given(
            support_measure_provided("2024-03-29 15:00", ordered_on="2024-03-28", urgent=True),
        ),
        [raised(due="2024-03-29 end"), raised(due="2024-04-08 end")],
    ),
    Scenario("R27", "locks for no such reason", given(_LOCKS), []),
    Scenario("R27", "an alarm is no lock", given(_ABUSE, _LOCKS.but(kind="alarm")), []),
    Scenario(
        "R27",
        "completed",
        given(
            _ABUSE,
            _LOCKS,
            support_measure_provided(
                "2024-03-29", ordered_on="2024-03-28", completed_on="2024-03-29"
            ),
        ),
        [],
    ),
    Scenario(
        "R27",
        "completed, as is not known yet",
        given(
            _ABUSE,
            _LOCKS,
            support_measure_provided(
                "2024-03-29", known="2024-04-03", ordered_on="2024-03-28", completed_on="2024-03-29"
            ),
        ).when_seen(known_on="2024-04-02"),
        [raised(due="2024-03-29 15:00"), raised(due="2024-04-08 end")],
    ),
    Scenario("R27", "the case is closed", given(_ABUSE, _LOCKS, case_closed()), []),
    Scenario(
        "R28",
        "an alarm lent for a time",
        given(_ALARM),
        [
            raised(
                since="2024-03-04",
                soon="2024-06-16 end",
                due="2024-06-30 end",
                because=["alarm"],
                item="measure:AL1",
            )
        ],
    ),
    Scenario(
        "R28",
        "lent for longer",
        given(_ALARM, _ALARM.but(ends_on="2024-12-31")),
        [raised(due="2024-12-31 end")],
    ),
    Scenario("R28", "for as long as need be", given(_ALARM.but(ends_on=None)), []),
    Scenario("R28", "looked at in time", given(_ALARM, risk_assessed("2024-06-17")), []),
    Scenario(
        "R28",
        "looked at in time, as is not known yet",
        given(_ALARM, risk_assessed("2024-06-17", known="2024-06-19")).when_seen("2024-06-18"),
        [raised(due="2024-06-30 end")],
    ),
    Scenario(
        "R28",
        "looked at long before",
        given(_ALARM, risk_assessed("2024-06-16")),
        [raised(due="2024-06-30 end")],
    ),
    Scenario("R28", "the case is closed", given(_ALARM, case_closed()), []),
    Scenario(
        "R33",
        "a DASH score of 14",
        given(_DASH),
        [raised(since="2024-03-28", due="2024-04-02 end", because=["dash"], item="marac")],
    ),
    Scenario("R33", "a score of 13", given(_DASH.but(score=13)), []),
    Scenario(
        "R33",
        "judged to meet the criteria, whatever the score",
        given(_DASH.but(score=9, marac_criteria=("professional-judgement",))),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R33", "high, with no score", given(_DASH.but(score=None)), [raised(due="2024-04-02 end")]
    ),
    Scenario("R33", "not assessed with DASH", given(_DASH.but(tool="general", score=None)), []),
    Scenario(
        "R33",
        "scored anew since, and lower",
        given(_DASH, risk_assessed("2024-04-20", tool="dash", score=8, level="low")),
        [],
    ),
    Scenario("R33", "referred", given(_DASH, _referred("2024-03-28 12:00")), []),
    Scenario(
        "R33",
        "referred, and scored high once more",
        given(_DASH, _referred("2024-03-28 12:00"), risk_assessed("2024-04-20", tool="dash")),
        [],
    ),
    Scenario(
        "R33",
        "referred, and someone else scored high",
        given(
            _DASH,
            _referred("2024-03-28 12:00"),
            risk_assessed("2024-04-22", tool="dash", person=NEIGHBOUR, score=16),
        ),
        [raised(due="2024-04-23 end")],
    ),
    Scenario(
        "R33",
        "referred, as is not known yet",
        given(_DASH, _referred("2024-03-28 12:00", known="2024-04-05")).when_seen("2024-04-04"),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R33",
        "a referral by another route is none to the MARAC",
        given(_DASH, referral_sent("2024-03-28 12:00")),
        [raised(due="2024-04-02 end")],
    ),
    Scenario("R33", "the MARAC met", given(_DASH, meeting_held("2024-04-02", forum="marac")), []),
    Scenario(
        "R33",
        "decided not to refer",
        given(_DASH, decision_recorded("2024-04-02", kind="no-referral")),
        [],
    ),
    Scenario("R33", "the case is closed", given(_DASH, case_closed()), []),
    Scenario(
        "R33",
        "three incidents within 12 months",
        given(*_THREE),
        [raised(since="2024-04-02", due="2024-04-03 end", because=["first", "second", "third"])],
    ),
    Scenario(
        "R33",
        "three incidents within 12 months and a day",
        given(_incident("2023-03-27"), *_THREE[1:]),
        [],
    ),
    Scenario("R33", "two incidents", given(*_THREE[1:]), []),
    Scenario(
        "R33",
        "violence counts where abuse is known",
        given(_ABUSE, *(told.but(kind="violence") for told in _THREE)),
        [raised(due="2024-04-03 end")],
    ),
    Scenario(
        "R33",
        "and does not where it is not",
        given(*(told.but(kind="violence") for told in _THREE)),
        [],
    ),
    Scenario(
        "R33",
        "a repeat, 12 months after the last referral",
        given(_referred("2023-04-02"), _incident("2024-04-02", "again")),
        [raised(since="2024-04-02", due="2024-04-03 end", because=["referral", "again"])],
    ),
    Scenario(
        "R33",
        "a repeat, more than 12 months after",
        given(_referred("2023-04-02"), _incident("2024-04-03")),
        [],
    ),
    Scenario(
        "R33",
        "a repeat that was referred again",
        given(_referred("2023-04-02"), _incident("2024-04-02"), _referred("2024-04-03")),
        [],
    ),
    Scenario(
        "R27",
        "other security, after domestic abuse",
        given(_ABUSE, _LOCKS.but(kind="security")),
        [raised(due="2024-03-29 15:00"), raised(due="2024-04-08 end")],
    ),
    *(
        Scenario("R27", f"domestic abuse shown by {sign}", given(told, _LOCKS), flags)
        for sign, told, flags in (
            ("its kind", concern_raised("2024-03-01", abuse_types=("domestic",)), _TWO_STAGES),
            (
                "a behaviour",
                concern_raised("2024-03-01", domestic_abuse_behaviours=("economic",)),
                _TWO_STAGES,
            ),
            ("an incident", _incident("2024-03-01"), _TWO_STAGES),
            (
                "part of an incident",
                incident_reported("2024-03-01", further_kinds=("domestic",)),
                _TWO_STAGES,
            ),
            (
                "how an incident was badged",
                incident_reported("2024-03-01", category="domestic-abuse"),
                _TWO_STAGES,
            ),
            (
                "the opening",
                case_opened("2024-03-01", initial_classification="domestic-abuse"),
                _TWO_STAGES,
            ),
            ("reclassification", reclassified("2024-03-01", to="domestic-abuse"), _TWO_STAGES),
            ("a DASH", risk_assessed("2024-03-01", tool="dash"), _TWO_STAGES),
            ("no opening as ASB", case_opened("2024-03-01"), []),
            ("no other reclassification", reclassified("2024-03-01"), []),
            ("no general assessment", risk_assessed("2024-03-01"), []),
        )
    ),
    Scenario("R33", "the MARAC is called", given(_DASH, meeting_convened(forum="marac")), []),
    Scenario(
        "R33",
        "another meeting is called",
        given(_DASH, meeting_convened()),
        [raised(due="2024-04-02 end")],
    ),
    *(
        Scenario(
            "R33",
            f"{kind} counts where abuse is known, also beside something else",
            given(
                _ABUSE,
                *(told.but(kind="other", further_kinds=(kind,)) for told in _THREE),
            ),
            [raised(due="2024-04-03 end")],
        )
        for kind in ("threats", "harassment", "property-damage")
    ),
    Scenario(
        "R27",
        "the person turned down the offer behind it",
        given(
            _ABUSE,
            support_offered("2024-03-27", offer_id="O1"),
            _LOCKS.but(offer_id="O1"),
            support_responded("2024-03-29", offer_id="O1", response="declined"),
        ),
        [],
    ),
    *(
        Scenario(
            "R27",
            title,
            given(
                _ABUSE,
                support_offered("2024-03-27", offer_id="O1"),
                support_offered("2024-03-27", offer_id="O2"),
                _LOCKS.but(offer_id="O1"),
                *answers,
            ),
            _TWO_STAGES,
        )
        for title, answers in (
            (
                "the person turned down another offer",
                [support_responded("2024-03-29", offer_id="O2", response="declined")],
            ),
            (
                "the person wants it after all",
                [
                    support_responded("2024-03-29", offer_id="O1", response="declined"),
                    support_responded("2024-03-30", offer_id="O1", response="accepted"),
                ],
            ),
        )
    ),
    Scenario(
        "R27",
        "over without having been done: the order was withdrawn",
        given(_ABUSE, _LOCKS, _LOCKS_AGAIN.but(ends_on="2024-03-29")),
        [],
    ),
    Scenario(
        "R27",
        "for a time, which has yet to end",
        given(_ABUSE, _LOCKS, _LOCKS_AGAIN.but(ends_on="2024-03-30")),
        _TWO_STAGES,
    ),
    Scenario(
        "R28",
        "lent, but turned down before it came",
        given(
            support_offered("2024-03-01", offer_id="O1"),
            _ALARM.but(offer_id="O1", completed_on=None),
            support_responded("2024-03-05", offer_id="O1", response="declined"),
        ),
        [],
    ),
    Scenario(
        "R28",
        "there until the day it was told, and so to be looked at",
        given(_ALARM.but(ends_on="2024-03-04", completed_on="2024-03-04")),
        [raised(due="2024-03-04 end")],
    ),
]
