"""Hoarding: what follows from its level."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    action_agreed,
    case_closed,
    decision_recorded,
    given,
    hoarding_level_assessed,
    immediate_protection_taken,
    meeting_convened,
    meeting_held,
    monitoring_scheduled,
    plan_agreed,
    referral_sent,
    support_measure_provided,
)
from tests.support.telling import TENANT

_HIGH = hoarding_level_assessed("2024-03-28 10:00", level="high", ref="high")
_MEDIUM = hoarding_level_assessed("2024-03-04", ref="medium")
_LOW = hoarding_level_assessed("2024-03-04", level="low", ref="low")
_LOW_AGAIN = hoarding_level_assessed("2024-04-15", level="low")
_MONITORED = monitoring_scheduled("2024-03-05", next_date="2024-04-15", frequency="monthly")
_AFTER_COURT = _MONITORED.but(reason="after-court")

_ACTION = raised(since="2024-03-28 10:00", due="2024-03-28 end", item=f"{TENANT}/hoarding-action")
_REFERRAL = raised(
    since="2024-03-28 10:00", due="2024-04-02 end", item=f"{TENANT}/hoarding-referral"
)
_LOOK = raised(due="2024-04-11 end", item=f"{TENANT}/hoarding-inspection", because=["high"])

SCENARIOS = [
    Scenario("R31", "high, and nothing done", given(_HIGH), [_ACTION, _REFERRAL, _LOOK]),
    Scenario(
        "R31",
        "high, made safe at once",
        given(_HIGH, immediate_protection_taken("2024-03-28 11:00")),
        [_REFERRAL, _LOOK],
    ),
    Scenario(
        "R31",
        "made safe, as is not known yet",
        given(_HIGH, immediate_protection_taken("2024-03-28 11:00", known="2024-03-30")).when_seen(
            known_on="2024-03-29"
        ),
        [_ACTION, _REFERRAL, _LOOK],
    ),
    Scenario(
        "R31",
        "high, a safety action agreed and referred",
        given(
            _HIGH,
            action_agreed("2024-03-28 12:00", safety=True),
            referral_sent("2024-03-28 13:00"),
        ),
        [_LOOK],
    ),
    Scenario(
        "R31",
        "high, and what was agreed keeps nobody safe",
        given(_HIGH, action_agreed("2024-03-28 12:00")),
        [_ACTION, _REFERRAL, _LOOK],
    ),
    Scenario(
        "R31",
        "high, a fire kit ordered and a panel called",
        given(
            _HIGH,
            support_measure_provided("2024-03-28 12:00", kind="fire-kit", ordered_on="2024-03-28"),
            meeting_convened("2024-03-28 13:00", forum="hoarding-panel"),
        ),
        [_LOOK],
    ),
    Scenario(
        "R31",
        "high, and decided not to refer",
        given(_HIGH, decision_recorded("2024-03-28 12:00", kind="no-referral")),
        [_ACTION, _LOOK],
    ),
    Scenario(
        "R31",
        "high again asks for another look and nothing anew",
        given(
            _HIGH,
            immediate_protection_taken("2024-03-28 11:00"),
            decision_recorded("2024-03-28 12:00", kind="no-referral"),
            hoarding_level_assessed("2024-04-11", level="high"),
        ),
        [raised(since="2024-04-11", due="2024-04-25 end")],
    ),
    Scenario(
        "R31",
        "high, told late: the next look counts from when it was seen",
        given(
            hoarding_level_assessed("2024-03-28 10:00", known="2024-04-03", level="high"),
        ),
        [
            raised(due="2024-04-03 end", item=f"{TENANT}/hoarding-action"),
            raised(due="2024-04-04 end", item=f"{TENANT}/hoarding-referral"),
            raised(due="2024-04-11 end", item=f"{TENANT}/hoarding-inspection"),
        ],
    ),
    Scenario(
        "R31",
        "medium, without a plan",
        given(_MEDIUM),
        [
            raised(since="2024-03-04", due="2024-03-18 end", item=f"{TENANT}/hoarding-plan"),
            raised(due="2024-04-01 end", item=f"{TENANT}/hoarding-inspection"),
        ],
    ),
    Scenario(
        "R31",
        "medium, with a plan",
        given(_MEDIUM, plan_agreed("2024-03-06")),
        [raised(due="2024-04-01 end")],
    ),
    Scenario(
        "R31",
        "medium, with a plan from when it was high",
        given(
            hoarding_level_assessed("2024-02-01", level="high"),
            plan_agreed("2024-02-08"),
            _MEDIUM,
        ),
        [raised(due="2024-04-01 end")],
    ),
    Scenario(
        "R31", "low, looked at again after 90 days", given(_LOW), [raised(due="2024-06-02 end")]
    ),
    *(
        Scenario("R31", f"low, {title}", given(*told), [raised(due=f"{due} end")])
        for title, told, due in (
            ("a sooner day was set", [_LOW, _MONITORED], "2024-04-15"),
            ("a later day was set", [_LOW, _MONITORED.but(next_date="2024-07-15")], "2024-06-02"),
            (
                "looked at on the day, and again as often as was said",
                [_MONITORED, _LOW_AGAIN],
                "2024-05-15",
            ),
            (
                "looked at the once that was arranged",
                [_MONITORED.but(frequency=None), _LOW_AGAIN],
                "2024-07-14",
            ),
            ("a day was set for something else", [_LOW, _AFTER_COURT], "2024-06-02"),
        )
    ),
    Scenario(
        "R31",
        "low, and an older high that becomes known later",
        given(_LOW, hoarding_level_assessed("2024-03-01", known="2024-03-10", level="high")),
        [raised(due="2024-06-02 end", because=["low"])],
    ),
    Scenario("R31", "the case is closed", given(_HIGH, case_closed()), []),
    Scenario(
        "R31",
        "on the file of a property, which holds no referrals",
        given(_HIGH.but(person=None), stream="property:uprn-1"),
        [
            raised(due="2024-03-28 end", item="hoarding-action"),
            raised(due="2024-04-11 end", item="hoarding-inspection"),
        ],
    ),
    Scenario(
        "R31",
        "medium on the file of a property, which holds no plans",
        given(_MEDIUM, stream="property:uprn-1"),
        [raised(due="2024-04-01 end")],
    ),
    *(
        Scenario(
            "R31",
            f"high, and before a meeting of the kind {forum}",
            given(_HIGH, meeting_held("2024-03-28 13:00", forum=forum)),
            flags,
        )
        for forum, flags in (
            ("hoarding-panel", [_ACTION, _LOOK]),
            ("high-risk-panel", [_ACTION, _LOOK]),
            ("self-neglect-panel", [_ACTION, _LOOK]),
            ("complex-case-panel", [_ACTION, _LOOK]),
            ("marac", [_ACTION, _REFERRAL, _LOOK]),
        )
    ),
]
