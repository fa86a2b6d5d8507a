"""Openings in an emergency that nobody has reviewed."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    concern_raised,
    given,
    glass_broken,
    glass_reviewed,
)

_BROKEN = glass_broken("2024-03-08 18:30")
_AGAIN = glass_broken("2024-03-11 09:00", glass_id="B-2")

SCENARIOS = [
    Scenario(
        "R43",
        "by the next working day, over a weekend",
        given(concern_raised("2024-03-01"), _BROKEN),
        [
            raised(
                since="2024-03-08 18:30",
                due="2024-03-11 end",
                item="glass:B-1",
            )
        ],
    ),
    Scenario(
        "R43",
        "each opening by itself, and though the case is closed",
        given(
            concern_raised("2024-03-01"),
            _BROKEN,
            _AGAIN,
            glass_reviewed("2024-03-11 10:00"),
            case_closed("2024-03-11 12:00"),
        ),
        [raised(due="2024-03-12 end", item="glass:B-2")],
    ),
    Scenario(
        "R43",
        "cleared by a review, whatever it came to",
        given(
            concern_raised("2024-03-01"),
            _BROKEN,
            glass_reviewed("2024-03-09", finding="not-justified"),
        ),
        [],
    ),
]
