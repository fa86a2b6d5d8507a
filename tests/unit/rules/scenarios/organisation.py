"""The landlord's own policies."""

from tests.support.judging import Scenario, raised
from tests.support.stories import given, policy_adopted, policy_reviewed

_LANDLORD = "organisation:landlord"
_ADOPTED = policy_adopted("2024-03-01", approved_on="2024-02-29", ref="adopted")

SCENARIOS = [
    Scenario(
        "R32",
        "after three years, reminded of half a year before",
        given(_ADOPTED, stream=_LANDLORD),
        [
            raised(
                since="2024-03-01",
                soon="2026-08-28 end",
                due="2027-02-28 end",
                because=["adopted"],
                item="policy:POL-1",
            )
        ],
    ),
    Scenario(
        "R32",
        "on the day that was set",
        given(_ADOPTED.but(review_due="2025-06-30"), stream=_LANDLORD),
        [raised(soon="2024-12-30 end", due="2025-06-30 end")],
    ),
    Scenario(
        "R32",
        "reviewed: three years on",
        given(
            _ADOPTED,
            policy_reviewed("2027-02-11", approved_on="2027-02-10", ref="reviewed"),
            stream=_LANDLORD,
        ),
        [raised(since="2027-02-11", due="2030-02-10 end", because=["reviewed"])],
    ),
    Scenario(
        "R32",
        "reviewed, as is not known yet",
        given(
            _ADOPTED,
            policy_reviewed("2027-02-11", known="2027-03-02"),
            stream=_LANDLORD,
        ).when_seen(known_on="2027-03-01"),
        [raised(due="2027-02-28 end")],
    ),
    Scenario(
        "R32",
        "reviewed, and its adoption becomes known later",
        given(
            policy_reviewed("2027-02-11", approved_on="2027-02-10"),
            policy_adopted("2024-03-01", known="2027-03-01"),
            stream=_LANDLORD,
        ),
        [raised(due="2030-02-10 end")],
    ),
    Scenario(
        "R32",
        "withdrawn",
        given(_ADOPTED, policy_reviewed("2025-02-11", outcome="withdrawn"), stream=_LANDLORD),
        [],
    ),
]
