"""Events that may be the same as another, told again under another id."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    concern_raised,
    event_corrected,
    event_redacted,
    given,
    incident_reported,
    the,
)

_FIRST = incident_reported("2024-03-01 10:00", ref="first")
_AGAIN = incident_reported("2024-03-01 10:00", known="2024-03-05", ref="again")
_THIRD = incident_reported("2024-03-01 10:00", known="2024-03-06", ref="third")

SCENARIOS = [
    Scenario(
        "R44",
        "the same, told again days later",
        given(_FIRST, _AGAIN),
        [raised(since="2024-03-05", due="2024-03-05", because=["first", "again"])],
    ),
    Scenario(
        "R44",
        "a third time is another",
        given(_FIRST, _AGAIN, _THIRD),
        [raised(because=["first", "again"]), raised(because=["first", "third"])],
    ),
    Scenario(
        "R44",
        "not known yet",
        given(_FIRST, _AGAIN).when_seen(known_on="2024-03-04"),
        [],
    ),
    Scenario(
        "R44",
        "at another time, of another kind or of another type",
        given(
            _FIRST,
            incident_reported("2024-03-01 10:01"),
            incident_reported("2024-03-01 10:00", kind="noise"),
            concern_raised("2024-03-01 10:00"),
        ),
        [],
    ),
    Scenario(
        "R44",
        "corrected, so that they differ",
        given(
            _FIRST,
            _AGAIN,
            event_corrected(
                "2024-03-06",
                target=the("again"),
                field="occurred_at",
                was="2024-03-01T10:00:00Z",
                now="2024-03-02T10:00:00Z",
            ),
        ),
        [],
    ),
    Scenario(
        "R44",
        "one of them destroyed",
        given(_FIRST, _AGAIN, event_redacted("2024-03-06", target=the("again"))),
        [],
    ),
    Scenario("R44", "the case is closed", given(_FIRST, _AGAIN, case_closed("2024-03-07")), []),
]
