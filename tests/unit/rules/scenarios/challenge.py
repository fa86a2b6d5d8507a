"""Challenges, stage by stage."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_opened,
    escalation_raised,
    escalation_responded,
    given,
    rule_overridden,
)

_FIRST = escalation_raised("2024-06-03 10:00", ref="first", response_due="2024-06-30")
_SECOND = escalation_raised(
    "2024-06-07 10:00", escalation_id="E2", stage=2, ref="second", response_due="2024-06-30"
)
_ANSWERED = escalation_responded("2024-06-05 10:00", ref="answer")

SCENARIOS = [
    Scenario(
        "R7",
        "stage 1 is answered within three working days",
        given(_FIRST),
        [
            raised(
                item="escalation:E1",
                since="2024-06-03 10:00",
                due="2024-06-06 end",
                because=["first"],
            )
        ],
    ),
    Scenario(
        "R7",
        "or sooner, where that was asked for",
        given(_FIRST.but(response_due="2024-06-04")),
        [raised(due="2024-06-04 end")],
    ),
    Scenario(
        "R7",
        "stage 2 within one, after which stage 1 is over",
        given(_FIRST, _SECOND),
        [raised(item="escalation:E2", due="2024-06-10 end", because=["second"])],
    ),
    Scenario(
        "R7",
        "also where the higher stage does not name the matter, or the first did not",
        given(
            _FIRST,
            _FIRST.but(escalation_id="E3", about="meeting", about_ref=None),
            _SECOND.but(about_ref=None),
            _SECOND.but(escalation_id="E4", about="meeting", about_ref="M1"),
        ),
        [raised(item="escalation:E2"), raised(item="escalation:E4")],
    ),
    Scenario(
        "R7",
        "a higher stage over something else ends nothing",
        given(_FIRST, _SECOND.but(about_ref="R2")),
        [raised(item="escalation:E1"), raised(item="escalation:E2")],
    ),
    Scenario(
        "R7",
        "cleared by an answer that resolves it",
        given(_FIRST, _ANSWERED.but(resolved=True)),
        [],
    ),
    Scenario(
        "R7",
        "an answer that does not is taken higher within a working day",
        given(_FIRST, _ANSWERED),
        [
            raised(
                item="escalation:E1/next",
                since="2024-06-05 10:00",
                due="2024-06-06 end",
                because=["first", "answer"],
            )
        ],
    ),
    Scenario(
        "R7",
        "counted from when the landlord knew of it",
        given(_FIRST, escalation_responded("2024-06-05", known="2024-06-10 10:00")),
        [raised(since="2024-06-10 10:00", due="2024-06-11 end")],
    ),
    Scenario(
        "R7",
        "and until it was known there was no answer",
        given(_FIRST, escalation_responded("2024-06-05", known="2024-06-10")).when_seen(
            known_on="2024-06-09"
        ),
        [raised(item="escalation:E1", due="2024-06-06 end")],
    ),
    Scenario(
        "R7",
        "of several answers the last counts",
        given(
            _FIRST,
            escalation_responded("2024-06-06", resolved=True, known="2024-06-06"),
            escalation_responded("2024-06-05", known="2024-06-10"),
        ),
        [],
    ),
    Scenario(
        "R7",
        "there is nothing higher than the last stage",
        given(_FIRST.but(stage=4), _ANSWERED),
        [],
    ),
    Scenario(
        "R7",
        "the answer to another counts for nothing",
        given(_FIRST, escalation_responded("2024-06-05", escalation_id="E9", resolved=True)),
        [raised(item="escalation:E1")],
    ),
    Scenario(
        "R7",
        "a higher stage of an earlier round does not end a new one",
        given(
            escalation_raised("2024-05-01", escalation_id="E0", stage=2),
            escalation_responded("2024-05-02", escalation_id="E0", resolved=True),
            _FIRST,
        ),
        [raised(item="escalation:E1")],
    ),
    Scenario(
        "R7",
        "counted from when it was raised, whenever that came to be known",
        given(escalation_raised("2024-06-03 10:00", known="2024-06-10", response_due="2024-06-30")),
        [raised(since="2024-06-03 10:00", due="2024-06-06 end")],
    ),
    Scenario(
        "R7",
        "even if it was taken higher before that",
        given(escalation_raised("2024-06-03 10:00", known="2024-06-10"), _SECOND),
        [raised(item="escalation:E2")],
    ),
    Scenario("R7", "cleared by closing the case", given(_FIRST, case_closed()), []),
    Scenario(
        "R7",
        "an authority may have five days at stage 1",
        given(case_opened("2024-06-01"), _FIRST),
        [raised(due="2024-06-10 end")],
        ruled(
            rule_overridden(
                "2024-03-01",
                rule="R7",
                parameters=[{"name": "first_stage_working_days", "value": 5}],
            ),
            stream="authority:E09000001",
        ),
    ),
]
