"""Actions that are due."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    action_agreed,
    action_cancelled,
    action_completed,
    action_reopened,
    action_rescheduled,
    case_allocated,
    case_closed,
    case_reopened,
    concern_raised,
    given,
    recommendation_accepted,
    recommendation_implemented,
)

_ACTION = action_agreed("2024-03-04", due="2024-03-31", ref="action")
_ON = concern_raised("2024-03-01")

SCENARIOS = [
    Scenario(
        "R34",
        "due soon a week before",
        given(_ON, case_allocated("2024-03-01"), _ACTION),
        [
            raised(
                since="2024-03-04",
                soon="2024-03-24 end",
                due="2024-03-31 end",
                because=["action"],
                item="action:A1",
                owner="Cromwood Homes",
            )
        ],
    ),
    Scenario(
        "R34",
        "owed by whoever owns it",
        given(_ON, _ACTION.but(owner="staff:7")),
        [raised(owner="staff:7")],
    ),
    Scenario(
        "R34",
        "due on another day",
        given(_ON, _ACTION, action_rescheduled("2024-03-20", new_due="2024-04-30", ref="later")),
        [raised(since="2024-03-20", due="2024-04-30 end", because=["later"])],
    ),
    Scenario(
        "R34",
        "an older other day becomes known later",
        given(
            _ON,
            _ACTION,
            action_rescheduled("2024-03-20", new_due="2024-04-30"),
            action_rescheduled("2024-03-10", known="2024-03-25", new_due="2024-04-15"),
        ),
        [raised(due="2024-04-30 end")],
    ),
    Scenario("R34", "completed", given(_ON, _ACTION, action_completed("2024-03-20")), []),
    Scenario(
        "R34",
        "completed, as is not known yet",
        given(_ON, _ACTION, action_completed("2024-03-20", known="2024-04-02")).when_seen(
            known_on="2024-04-01"
        ),
        [raised(due="2024-03-31 end")],
    ),
    Scenario("R34", "cancelled", given(_ON, _ACTION, action_cancelled("2024-03-20")), []),
    Scenario(
        "R34",
        "opened again, for another day",
        given(
            _ON,
            _ACTION,
            action_completed("2024-03-20"),
            action_reopened("2024-03-22", new_due="2024-05-31"),
        ),
        [raised(due="2024-05-31 end")],
    ),
    Scenario(
        "R34",
        "opened again, for the same day",
        given(_ON, _ACTION, action_completed("2024-03-20"), action_reopened("2024-03-22")),
        [raised(due="2024-03-31 end")],
    ),
    Scenario("R34", "the case was closed over it", given(_ON, _ACTION, case_closed()), []),
    Scenario(
        "R34",
        "carried over when the case was closed",
        given(_ON, _ACTION, case_closed(residual_actions=("A1",))),
        [raised(due="2024-03-31 end")],
    ),
    Scenario(
        "R34",
        "the case was opened again",
        given(_ON, _ACTION, case_closed("2024-03-10"), case_reopened("2024-03-12")),
        [raised(due="2024-03-31 end")],
    ),
    Scenario(
        "R34",
        "the landlord's own",
        given(_ACTION, stream="organisation:landlord"),
        [raised(due="2024-03-31 end")],
    ),
    Scenario(
        "R34",
        "taken up with an authority",
        given(_ACTION, stream="authority:E09000001"),
        [raised(due="2024-03-31 end", authority="E09000001")],
    ),
    Scenario(
        "R34",
        "a recommendation, though the case is closed",
        given(_ON, recommendation_accepted("2024-03-04", ref="accepted"), case_closed()),
        [
            raised(
                soon="2025-03-24 end",
                due="2025-03-31 end",
                because=["accepted"],
                owner="staff:1",
                item="recommendation:REC-1",
            )
        ],
    ),
    Scenario(
        "R34",
        "a recommendation carried out",
        given(recommendation_accepted("2024-03-04"), recommendation_implemented("2024-09-01")),
        [],
    ),
    Scenario(
        "R34",
        "another action was given another day",
        given(_ON, _ACTION, action_rescheduled("2024-03-20", action_id="A2")),
        [raised(due="2024-03-31 end")],
    ),
]
