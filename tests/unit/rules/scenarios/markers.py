"""What visitors are told: warning markers and precautions."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    given,
    incident_reported,
    marker_placed,
    marker_removed,
    marker_reviewed,
    visit_control_acknowledged,
    visit_control_lifted,
    visit_control_set,
)

_PLACED = (
    incident_reported("2024-03-01"),
    marker_placed("2024-03-04", review_due="2024-09-30", ref="placed"),
)
_SET = visit_control_set("2024-03-28 15:00", ref="set")

SCENARIOS = [
    Scenario(
        "R16",
        "reminded of 30 days before, also once the case is closed",
        given(*_PLACED, case_closed("2024-04-01")),
        [
            raised(
                since="2024-03-04",
                soon="2024-08-31 end",
                due="2024-09-30 end",
                because=["placed"],
                item="marker:W1",
            )
        ],
    ),
    Scenario(
        "R16",
        "12 months at most, though a leap year has a day more",
        given(_PLACED[0], marker_placed("2024-02-29", review_due="2025-03-01")),
        [raised(due="2025-02-28 end")],
    ),
    Scenario(
        "R16",
        "renewed",
        given(
            *_PLACED,
            marker_reviewed(
                "2024-09-20", outcome="renew", next_review="2025-03-31", ref="reviewed"
            ),
        ),
        [raised(since="2024-09-20", due="2025-03-31 end", because=["placed", "reviewed"])],
    ),
    Scenario(
        "R16",
        "amended without another day",
        given(*_PLACED, marker_reviewed("2024-05-20", outcome="amend")),
        [raised(due="2024-09-30 end")],
    ),
    Scenario(
        "R16",
        "renewed, as is not known yet",
        given(
            *_PLACED,
            marker_reviewed(
                "2024-09-20", known="2024-10-04", outcome="renew", next_review="2025-03-31"
            ),
        ).when_seen(known_on="2024-10-03"),
        [raised(due="2024-09-30 end")],
    ),
    Scenario("R16", "ended", given(*_PLACED, marker_reviewed("2024-09-20")), []),
    Scenario(
        "R16",
        "ended, and a renewal of before that is recorded late",
        given(
            *_PLACED,
            marker_reviewed("2024-09-20"),
            marker_reviewed(
                "2024-07-01", known="2024-09-25", outcome="renew", next_review="2025-01-31"
            ),
        ),
        [],
    ),
    Scenario("R16", "removed", given(*_PLACED, marker_removed("2024-06-01")), []),
    Scenario(
        "R17",
        "set on the Thursday before Easter and not taken over, the case closed",
        given(incident_reported("2024-03-01"), _SET, case_closed()),
        [raised(since="2024-03-28 15:00", due="2024-04-02 end", because=["set"])],
    ),
    Scenario("R17", "taken over", given(_SET, visit_control_acknowledged("2024-03-28 16:00")), []),
    Scenario(
        "R17",
        "taken over, as is not known yet",
        given(_SET, visit_control_acknowledged("2024-03-28 16:00", known="2024-03-30")).when_seen(
            known_on="2024-03-29"
        ),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R17",
        "another precaution was taken over",
        given(_SET, visit_control_acknowledged("2024-03-28 16:00", control="police")),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R17",
        "set again, and only the first time taken over",
        given(
            visit_control_set("2024-03-04"),
            visit_control_acknowledged("2024-03-05"),
            _SET,
        ),
        [raised(due="2024-04-02 end")],
    ),
    Scenario("R17", "lifted", given(_SET, visit_control_lifted("2024-03-29")), []),
]
