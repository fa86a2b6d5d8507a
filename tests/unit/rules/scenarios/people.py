"""The people of a case: small concerns that add up, and coming of age."""

from typing import Any

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    concern_raised,
    decision_recorded,
    given,
    housing_changed,
    incident_reported,
    oversight_recorded,
    person_involved,
    plan_agreed,
    property_described,
    risk_assessed,
    role_changed,
    rule_overridden,
    triage_completed,
)
from tests.support.telling import NEIGHBOUR, TENANT, Teller, Told, id_of, teller

_small: Teller = teller(
    concern_raised.event_type,
    **concern_raised.defaults,
    low_level=True,
    subjects=({"person": TENANT, "role": "adult-at-risk"},),
)


def _three(last: str = "2024-05-30", **fields: Any) -> tuple[Told, ...]:
    return (
        _small("2024-03-01", ref="first", **fields),
        _small("2024-04-01", ref="second", **fields),
        _small(last, ref="third", **fields),
    )


_PLACE = property_described("2024-02-01", authority="E09000001")
_A_CHILD = person_involved(
    "2024-03-01", ref="child", role="child-at-risk", date_of_birth="2006-07-10"
)

SCENARIOS = [
    Scenario(
        "R21",
        "three small concerns about one person within 90 days",
        given(*_three()),
        [
            raised(
                since="2024-05-30",
                due="2024-05-30",
                effect="warning",
                because=["first", "second", "third"],
                item=TENANT,
            )
        ],
    ),
    Scenario("R21", "over 91 days", given(*_three("2024-05-31")), []),
    Scenario("R21", "two", given(*_three()[:2]), []),
    Scenario(
        "R21",
        "the second became known last",
        given(
            *_three()[::2],
            _small("2024-04-01", known="2024-06-03", ref="second"),
        ),
        [raised(since="2024-06-03", because=["first", "second", "third"])],
    ),
    Scenario(
        "R21",
        "which is not known yet",
        given(
            *_three()[::2],
            _small("2024-04-01", known="2024-06-03"),
        ).when_seen(known_on="2024-06-02"),
        [],
    ),
    Scenario(
        "R21",
        "about two people, reported by one neighbour",
        given(
            *_three()[:2],
            _small(
                "2024-04-02",
                subjects=(
                    {"person": "person:other", "role": "adult-at-risk"},
                    {"person": NEIGHBOUR, "role": "reporter"},
                ),
            ),
        ),
        [],
    ),
    Scenario(
        "R21",
        "about one property",
        given(*_three(subjects=(), property_ref="uprn:1")),
        [raised(effect="warning")],
    ),
    Scenario(
        "R21",
        "about a person in one property: told once",
        given(*_three(property_ref="uprn:1")),
        [raised(item=TENANT)],
    ),
    Scenario(
        "R21",
        "about two properties, nobody named",
        given(
            *_three(subjects=(), property_ref="uprn:1")[:2],
            _small("2024-04-02", subjects=(), property_ref="uprn:2"),
        ),
        [],
    ),
    Scenario(
        "R21",
        "one of them was not small",
        given(*_three()[:2], _small("2024-04-02", low_level=False)),
        [],
    ),
    Scenario(
        "R21", "a manager looked at them", given(*_three(), oversight_recorded("2024-06-03")), []
    ),
    Scenario("R21", "the risk was assessed", given(*_three(), risk_assessed("2024-06-03")), []),
    Scenario(
        "R21",
        "a concern was raised over the pattern",
        given(*_three(), concern_raised("2024-06-03", basis="pattern")),
        [],
    ),
    Scenario("R21", "the case is closed", given(*_three(), case_closed()), []),
    Scenario(
        "R21",
        "incidents on the file of a property",
        given(
            incident_reported("2024-03-01"),
            incident_reported("2024-03-11"),
            incident_reported("2024-03-21"),
            stream="property:uprn-1",
        ),
        [raised(effect="warning", due="2024-03-21")],
    ),
    *(
        Scenario(
            "R21",
            f"judged under the authority that the property lies with, {title}",
            given(
                *described,
                incident_reported("2024-03-01"),
                incident_reported("2024-03-11"),
                stream="property:uprn-1",
            ),
            [raised(authority="E09000001")],
            ruled(
                rule_overridden(
                    "2024-01-01",
                    rule="R21",
                    parameters=[{"name": "concerns_count", "value": 2}],
                    valid_from="2024-01-01",
                ),
                stream="authority:E09000001",
            ),
        )
        for title, described in (
            ("as it was described", [_PLACE]),
            ("also where another description says none", [_PLACE, _PLACE.but(authority=None)]),
        )
    ),
    Scenario(
        "R22",
        "a child turns 18",
        given(_A_CHILD),
        [
            raised(
                since="2024-03-01",
                soon="2024-04-11 00:00",
                due="2024-07-10 00:00",
                because=["child"],
                item=f"{TENANT}/turns-18",
            )
        ],
    ),
    Scenario(
        "R22",
        "their birthday is not known yet",
        given(
            person_involved("2024-03-01", role="child-at-risk"),
            person_involved("2024-03-01", known="2024-03-20", date_of_birth="2006-07-10"),
        ).when_seen(known_on="2024-03-19"),
        [],
    ),
    Scenario(
        "R22",
        "known to be an adult",
        given(person_involved("2024-07-11", date_of_birth="2006-07-10")),
        [],
    ),
    Scenario("R22", "the case is closed", given(_A_CHILD, case_closed()), []),
    Scenario(
        "R22",
        "now seen as an adult at risk",
        given(
            _A_CHILD,
            role_changed("2024-07-01", from_="child-at-risk", to="adult-at-risk"),
        ),
        [],
    ),
    Scenario(
        "R22",
        "the role of someone else has changed",
        given(_A_CHILD, role_changed("2024-07-01", person=NEIGHBOUR)),
        [raised(due="2024-07-10 00:00")],
    ),
    Scenario("R22", "triage in time", given(_A_CHILD, triage_completed("2024-04-12")), []),
    Scenario(
        "R22",
        "a plan for someone else alone",
        given(
            _A_CHILD,
            plan_agreed(
                "2024-04-12",
                review_due="2024-10-01",
                subjects=({"person": NEIGHBOUR, "role": "child-at-risk"},),
            ),
        ),
        [raised(due="2024-07-10 00:00", item=f"{TENANT}/turns-18")],
    ),
    Scenario(
        "R22",
        "a plan for them and someone else",
        given(
            _A_CHILD,
            plan_agreed(
                "2024-04-12",
                review_due="2024-10-01",
                subjects=(
                    {"person": NEIGHBOUR, "role": "child-at-risk"},
                    {"person": TENANT, "role": "child-at-risk"},
                ),
            ),
        ),
        [],
    ),
    Scenario(
        "R22",
        "triage long before",
        given(_A_CHILD, triage_completed("2024-03-12")),
        [raised(due="2024-07-10 00:00")],
    ),
    Scenario(
        "R22",
        "a tenant of 16, who will be 18 two years on",
        given(
            person_involved(
                "2024-03-01",
                role="victim",
                date_of_birth="2008-02-01",
                tenure_role="tenant",
                ref="tenant",
            )
        ),
        [
            raised(due="2026-02-01 00:00", item=f"{TENANT}/turns-18", effect="duty"),
            raised(
                since="2024-03-01",
                soon="2024-03-01",
                due="2026-02-01 00:00",
                item=f"{TENANT}/young-tenant",
                effect="warning",
                because=["tenant"],
            ),
        ],
    ),
    Scenario(
        "R22",
        "one of the household who takes up a tenancy",
        given(
            _A_CHILD.but(tenure_role="household-member"),
            housing_changed("2024-03-20", tenure_role="tenant", ref="tenancy"),
        ),
        [
            raised(item=f"{TENANT}/turns-18", because=["child"]),
            raised(item=f"{TENANT}/young-tenant", since="2024-03-20", because=["child", "tenancy"]),
        ],
    ),
    Scenario(
        "R22",
        "a tenancy that ended",
        given(
            _A_CHILD.but(tenure_role="tenant"),
            housing_changed("2024-03-20", kind="tenancy-end"),
        ),
        [raised(item=f"{TENANT}/turns-18")],
    ),
    Scenario(
        "R22",
        "a tenancy that somebody decided about",
        given(_A_CHILD.but(tenure_role="tenant"), decision_recorded("2024-03-20", kind="tenure")),
        [raised(item=f"{TENANT}/turns-18")],
    ),
    *(
        Scenario(
            "R21",
            f"the same {role} each time",
            given(
                *(
                    _small(
                        f"2024-03-0{number}",
                        subjects=(
                            {"person": f"person:{number}", "role": "adult-at-risk"},
                            {"person": NEIGHBOUR, "role": role},
                        ),
                    )
                    for number in (1, 2, 3)
                )
            ),
            [],
        )
        for role in ("reporter", "witness", "professional", "advocate")
    ),
    Scenario(
        "R21",
        "about nobody and nothing in particular: about the case",
        given(*_three(subjects=())),
        [raised(item=f"concern:{id_of('third')}")],
    ),
    Scenario(
        "R21",
        "looked at before, and three more since",
        given(_small("2024-02-01"), oversight_recorded("2024-02-20"), *_three()),
        [raised(because=["first", "second", "third"])],
    ),
    Scenario(
        "R22",
        "a tenant to be, now 15",
        given(_A_CHILD.but(date_of_birth="2008-07-10", tenure_role="tenant")),
        [
            raised(item=f"{TENANT}/turns-18"),
            raised(item=f"{TENANT}/young-tenant", since="2024-07-10 00:00"),
        ],
    ),
    Scenario(
        "R22",
        "a tenant, of whom something else is told later",
        given(
            _A_CHILD.but(tenure_role="tenant"),
            person_involved("2024-03-05", role="witness"),
            housing_changed("2024-03-06", kind="arrears"),
        ),
        [raised(item=f"{TENANT}/turns-18"), raised(item=f"{TENANT}/young-tenant")],
    ),
]
