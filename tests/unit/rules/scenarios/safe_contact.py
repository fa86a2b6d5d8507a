"""Contact that may reach the one a person has to be kept safe from."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    communication_preference_recorded,
    given,
    housing_changed,
    person_involved,
    relationship_ended,
    relationship_recorded,
    role_changed,
)
from tests.support.telling import NEIGHBOUR, TENANT

_BOTH = (
    person_involved("2024-03-01", role="victim"),
    person_involved("2024-03-01", person=NEIGHBOUR, role="alleged-perpetrator"),
)
_POINTS = (
    communication_preference_recorded(
        "2024-03-04",
        ref="hers",
        contact_points=({"method": "phone", "address": "0123 456 789"},),
    ),
    communication_preference_recorded(
        "2024-03-05",
        ref="his",
        person=NEIGHBOUR,
        contact_points=({"method": "phone", "address": "0123-456789"},),
    ),
)
_HOMES = (
    housing_changed("2024-03-04", ref="hers", property_ref="uprn:1"),
    housing_changed(
        "2024-03-05",
        ref="his",
        known="2024-03-07",
        person=NEIGHBOUR,
        kind="household-change",
        property_ref="uprn:1",
    ),
)
_PARTNERS = relationship_recorded("2024-03-04", relationship="partner", ref="partners")

SCENARIOS = [
    Scenario(
        "R29",
        "one telephone for both",
        given(*_BOTH, *_POINTS),
        [
            raised(
                since="2024-03-05",
                due="2024-03-05",
                effect="stop",
                because=["hers", "his"],
                item="person:tenant",
            )
        ],
    ),
    Scenario(
        "R29",
        "the number is known to be unsafe",
        given(
            *_BOTH,
            *_POINTS,
            communication_preference_recorded(
                "2024-03-06",
                method="email",
                safe_channels=("email",),
                unsafe_channels=("phone",),
                contact_points=({"method": "phone", "address": "0123 456 789"},),
            ),
        ),
        [],
    ),
    Scenario(
        "R29",
        "no channel is known to be safe",
        given(*_BOTH, _POINTS[0].but(safe_channels=()), _POINTS[1]),
        [raised(effect="stop")],
    ),
    Scenario(
        "R29",
        "two telephones",
        given(
            *_BOTH,
            _POINTS[0],
            _POINTS[1].but(contact_points=({"method": "phone", "address": "0987 654 321"},)),
        ),
        [],
    ),
    Scenario(
        "R29",
        "one home for both",
        given(*_BOTH, *_HOMES),
        [raised(since="2024-03-07", due="2024-03-07", effect="stop", because=["hers", "his"])],
    ),
    Scenario(
        "R29",
        "one home for both, and arrears there",
        given(*_BOTH, *_HOMES, housing_changed("2024-03-10", kind="arrears")),
        [raised(effect="stop")],
    ),
    Scenario("R29", "which is not known yet", given(*_BOTH, *_HOMES).when_seen("2024-03-06"), []),
    Scenario(
        "R29",
        "one of them has moved away",
        given(
            *_BOTH,
            *_HOMES,
            housing_changed("2024-03-10", kind="move", property_ref="uprn:1", to_property="uprn:2"),
        ),
        [],
    ),
    Scenario(
        "R29",
        "nothing is sent home, as another channel alone is safe",
        given(*_BOTH, *_HOMES, communication_preference_recorded("2024-03-08")),
        [],
    ),
    Scenario(
        "R29",
        "homes told with who is part of the case",
        given(
            *(told.but(tenure_role="joint-tenant", property_ref="uprn:1") for told in _BOTH),
        ),
        [raised(effect="stop")],
    ),
    Scenario(
        "R29",
        "partners, of whom it is not known where they live",
        given(*_BOTH, _PARTNERS),
        [raised(since="2024-03-04", effect="stop", because=["partners"])],
    ),
    Scenario(
        "R29",
        "partners who live apart",
        given(*_BOTH, _PARTNERS, _HOMES[0], _HOMES[1].but(property_ref="uprn:2")),
        [],
    ),
    Scenario(
        "R29",
        "partners no more",
        given(*_BOTH, _PARTNERS, relationship_ended("2024-03-09", relationship="partner")),
        [],
    ),
    Scenario(
        "R29",
        "former partners",
        given(*_BOTH, _PARTNERS.but(relationship="ex-partner")),
        [],
    ),
    Scenario(
        "R29",
        "the other is not seen as the perpetrator any more",
        given(
            *_BOTH,
            *_HOMES,
            role_changed("2024-03-11", person=NEIGHBOUR, to="witness"),
        ),
        [],
    ),
    Scenario("R29", "the case is closed", given(*_BOTH, *_HOMES, case_closed()), []),
    Scenario(
        "R29",
        "someone who is seen as both shares with nobody else",
        given(
            person_involved("2024-03-01", person=TENANT, role="perpetrator-also-at-risk"),
            _POINTS[0],
        ),
        [],
    ),
    Scenario(
        "R29",
        "the number is unsafe, and nothing yet known to be safe",
        given(*_BOTH, _POINTS[0].but(safe_channels=(), unsafe_channels=("phone",)), _POINTS[1]),
        [],
    ),
    Scenario(
        "R29",
        "brothers, who need not share",
        given(*_BOTH, _PARTNERS.but(relationship="sibling")),
        [],
    ),
    Scenario(
        "R29", "the partner of someone else", given(*_BOTH, _PARTNERS.but(a="person:third")), []
    ),
    Scenario("R29", "partners until a day", given(*_BOTH, _PARTNERS.but(until="2024-03-08")), []),
    *(
        Scenario(
            "R29",
            f"who lives there as {role}",
            given(
                _BOTH[0].but(tenure_role=role, property_ref="uprn:1"),
                _BOTH[1].but(tenure_role="tenant", property_ref="uprn:1"),
            ),
            flags,
        )
        for role, flags in (
            ("leaseholder", [raised()]),
            ("shared-owner", [raised()]),
            ("licensee", [raised()]),
            ("household-member", [raised()]),
            ("visitor", []),
        )
    ),
]
