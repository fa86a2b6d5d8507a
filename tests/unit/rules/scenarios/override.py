"""Overrides of consent, of which the person is told."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    consent_overridden,
    given,
    person_informed,
    rule_overridden,
)
from tests.support.telling import NEIGHBOUR, TENANT, id_of

_OVERRIDDEN = consent_overridden("2024-06-07 12:00", person=TENANT, ref="overridden")

SCENARIOS = [
    Scenario(
        "R20",
        "who was overridden on a Friday is told by the end of Monday",
        given(_OVERRIDDEN),
        [
            raised(
                item=f"override:{id_of('overridden')}",
                since="2024-06-07 12:00",
                due="2024-06-10 end",
            )
        ],
    ),
    Scenario(
        "R20",
        "even if the case is closed",
        given(_OVERRIDDEN, case_closed()),
        [raised(due="2024-06-10 end")],
    ),
    Scenario(
        "R20", "cleared by telling of the referral", given(_OVERRIDDEN, person_informed()), []
    ),
    Scenario(
        "R20",
        "cleared by saying why not",
        given(
            _OVERRIDDEN,
            person_informed(
                about="override", informed=False, not_informed_reason="He lives with them."
            ),
        ),
        [],
    ),
    Scenario(
        "R20",
        "not by telling of something else, or somebody else",
        given(_OVERRIDDEN, person_informed(about="sharing"), person_informed(person=NEIGHBOUR)),
        [raised(because=["overridden"])],
    ),
    Scenario(
        "R20",
        "nor by what was told before",
        given(person_informed("2024-06-06"), _OVERRIDDEN),
        [raised(because=["overridden"])],
    ),
    Scenario(
        "R20",
        "where it is not said who was told, it counts",
        given(_OVERRIDDEN, person_informed(person=None)),
        [],
    ),
    Scenario(
        "R20",
        "counted from the override, whenever it came to be known",
        given(consent_overridden("2024-06-07 12:00", known="2024-06-14")),
        [raised(since="2024-06-07 12:00", due="2024-06-10 end")],
    ),
    Scenario(
        "R20",
        "cleared by what was told before it was known",
        given(
            consent_overridden("2024-06-07 12:00", known="2024-06-14"),
            person_informed("2024-06-08"),
        ),
        [],
    ),
    Scenario(
        "R20",
        "where nobody is named, whoever is told counts",
        given(consent_overridden("2024-06-07", scope="share"), person_informed(about="sharing")),
        [],
    ),
    Scenario(
        "R20",
        "not before it is known that the person was told",
        given(_OVERRIDDEN, person_informed("2024-06-08", known="2024-06-20")).when_seen(
            known_on="2024-06-12"
        ),
        [raised(due="2024-06-10 end")],
    ),
    Scenario(
        "R20",
        "a landlord may allow itself three days",
        given(_OVERRIDDEN),
        [raised(due="2024-06-12 end")],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R20", parameters=[{"name": "working_days", "value": 3}]
            )
        ),
    ),
]
