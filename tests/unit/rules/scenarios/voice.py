"""The person's own voice: what they want, and what they make of the outcome."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    case_reopened,
    concern_raised,
    desired_outcomes_recorded,
    given,
    incident_reported,
    outcome_feedback_recorded,
    triage_completed,
)
from tests.support.telling import NEIGHBOUR, TENANT

_CONCERN = concern_raised("2024-03-04", known="2024-03-05", ref="concern")
_WISHES = desired_outcomes_recorded("2024-03-11", ref="wishes")
_NO_ACTION = triage_completed("2024-03-06", decision="nfa", decider="staff:12")
_CLOSED = case_closed("2024-06-03", ref="closed")

SCENARIOS = [
    Scenario(
        "R36",
        "nobody asked",
        given(_CONCERN, concern_raised("2024-03-09")),
        [raised(since="2024-03-05", due="2024-03-19 end", because=["concern"], item="wishes")],
    ),
    Scenario("R36", "asked", given(_CONCERN, _WISHES), []),
    Scenario(
        "R36",
        "asked, as is not known yet",
        given(_CONCERN, desired_outcomes_recorded("2024-03-11", known="2024-03-20")).when_seen(
            known_on="2024-03-19"
        ),
        [raised(due="2024-03-19 end")],
    ),
    Scenario(
        "R36",
        "said not to have been asked",
        given(_CONCERN, _WISHES.but(asked="not-asked", outcomes=())),
        [raised(due="2024-03-19 end")],
    ),
    Scenario(
        "R36",
        "not asked, for a reason",
        given(
            _CONCERN,
            _WISHES.but(asked="not-asked", outcomes=(), reason_not_asked="In hospital."),
        ),
        [],
    ),
    Scenario("R36", "only an incident", given(incident_reported("2024-03-04")), []),
    Scenario("R36", "a small concern", given(_CONCERN.but(low_level=True)), []),
    Scenario("R36", "about a child", given(_CONCERN.but(strands=("child",))), []),
    Scenario("R36", "closed before anybody asked", given(_CONCERN, _CLOSED), []),
    Scenario(
        "R36",
        "closed, and not asked how far it was achieved",
        given(_CONCERN, _WISHES, _CLOSED),
        [
            raised(
                since="2024-06-03",
                due="2024-07-29 end",
                because=["wishes", "closed"],
                item=f"{TENANT}/closing-interview",
            )
        ],
    ),
    Scenario(
        "R36",
        "asked shortly before closing",
        given(_CONCERN, _WISHES, outcome_feedback_recorded("2024-05-31"), _CLOSED),
        [],
    ),
    Scenario(
        "R36",
        "asked after closing, as becomes known later",
        given(
            _CONCERN, _WISHES, _CLOSED, outcome_feedback_recorded("2024-06-20", known="2024-07-01")
        ),
        [],
    ),
    Scenario(
        "R36",
        "asked of someone else",
        given(
            _CONCERN, _WISHES, _CLOSED, outcome_feedback_recorded("2024-06-20", person=NEIGHBOUR)
        ),
        [raised(due="2024-07-29 end")],
    ),
    Scenario(
        "R36",
        "no wishes were expressed",
        given(_CONCERN, _WISHES.but(asked="asked-none-expressed", outcomes=()), _CLOSED),
        [],
    ),
    Scenario(
        "R36", "the person died", given(_CONCERN, _WISHES, _CLOSED.but(reason="person-died")), []
    ),
    Scenario(
        "R36", "opened again", given(_CONCERN, _WISHES, _CLOSED, case_reopened("2024-06-10")), []
    ),
    Scenario(
        "R36",
        "asked, and nothing in particular was wanted",
        given(_CONCERN, _WISHES.but(asked="asked-none-expressed", outcomes=())),
        [],
    ),
    Scenario(
        "R36",
        "it was not said whose wishes they were",
        given(_CONCERN, _WISHES.but(person=None), _CLOSED, outcome_feedback_recorded("2024-06-20")),
        [],
    ),
    Scenario("R36", "left at no further action", given(_CONCERN, _NO_ACTION), []),
    Scenario(
        "R36",
        "left so until another concern comes",
        given(_CONCERN, _NO_ACTION, concern_raised("2024-03-20")),
        [raised(because=["concern"])],
    ),
    Scenario(
        "R36",
        "monitored",
        given(_CONCERN, _NO_ACTION.but(decision="monitor")),
        [raised(because=["concern"])],
    ),
]
