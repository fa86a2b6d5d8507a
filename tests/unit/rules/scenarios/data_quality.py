"""What is still not known of a case."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_allocated,
    case_closed,
    case_opened,
    concern_raised,
    feedback_received,
    given,
    triage_completed,
)

_CONCERN = concern_raised("2024-03-22", known="2024-03-25", ref="concern")
_OPENED = (_CONCERN, case_opened("2024-03-25"), case_allocated("2024-03-25"))
_TRIAGE = triage_completed("2024-03-26", ref="triage")
_NO_ACTION = triage_completed(
    "2024-03-26", decision="nfa", decider="staff:12", unable_to_protect_self="no"
)
_FEEDBACK = feedback_received("2024-04-01 00:00", occurred_precision="month", ref="feedback")

SCENARIOS = [
    Scenario(
        "R42",
        "neither an owner nor an authority",
        given(_CONCERN),
        [
            raised(since="2024-03-25", due="2024-04-03 end", item="authority", because=["concern"]),
            raised(since="2024-03-25", due="2024-04-03 end", item="owner", because=["concern"]),
        ],
    ),
    Scenario("R42", "all is known", given(*_OPENED), []),
    Scenario(
        "R42",
        "opened without an authority",
        given(*_OPENED[::2], case_opened("2024-03-25", authority=None)),
        [raised(item="authority")],
    ),
    Scenario(
        "R42",
        "the owner is not known yet",
        given(*_OPENED[:2], case_allocated("2024-03-25", known="2024-04-02")).when_seen(
            known_on="2024-04-01"
        ),
        [raised(item="owner")],
    ),
    Scenario("R42", "the case is closed", given(_CONCERN, case_closed()), []),
    Scenario(
        "R42",
        "an answer on section 42 that could change the test",
        given(*_OPENED, _TRIAGE),
        [raised(since="2024-03-26", due="2024-04-04 end", item="section-42", because=["triage"])],
    ),
    Scenario(
        "R42",
        "the test fails whatever the answer",
        given(*_OPENED, _TRIAGE.but(at_risk_of_abuse="no")),
        [],
    ),
    Scenario(
        "R42",
        "answered since, though an older triage is recorded last",
        given(
            *_OPENED,
            triage_completed("2024-03-28", unable_to_protect_self="yes"),
            triage_completed("2024-03-26", known="2024-03-29"),
        ),
        [],
    ),
    Scenario(
        "R42",
        "section 42 is not about children",
        given(
            _CONCERN,
            case_opened("2024-03-25", initial_classification="child"),
            *_OPENED[2:],
            _TRIAGE,
        ),
        [],
    ),
    Scenario(
        "R42",
        "feedback that came some time in April",
        given(*_OPENED, _FEEDBACK),
        [raised(item="referral:R1/feedback-day", because=["feedback"])],
    ),
    Scenario("R42", "feedback of a day", given(*_OPENED, feedback_received("2024-04-05")), []),
    *(
        Scenario(
            "R42",
            f"the day of feedback known as {precision}",
            given(*_OPENED, _FEEDBACK.but(occurred_precision=precision)),
            [raised(item="referral:R1/feedback-day")],
        )
        for precision in ("year", "approximate")
    ),
    Scenario(
        "R42",
        "left at no further action",
        given(_CONCERN, _NO_ACTION),
        [],
    ),
    Scenario(
        "R42",
        "left so, but for what the decision rests on",
        given(_CONCERN, _NO_ACTION.but(unable_to_protect_self="unknown")),
        [raised(item="section-42")],
    ),
    Scenario(
        "R42",
        "left so until a concern comes",
        given(_CONCERN, _NO_ACTION, concern_raised("2024-04-02")),
        [raised(item="authority"), raised(item="owner")],
    ),
]
