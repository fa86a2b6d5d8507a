"""Moves to another area and after domestic abuse, and hazards in the home."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    case_opened,
    concern_raised,
    decision_recorded,
    given,
    hazard_linked,
    housing_changed,
    person_involved,
    role_changed,
)
from tests.support.telling import NEIGHBOUR

_MOVE = housing_changed("2024-03-28", kind="move", to_authority="E09000099", ref="move")
_ABUSE = (
    concern_raised("2024-06-03", strands=("domestic-abuse",), ref="abuse"),
    person_involved("2024-06-03", role="victim", tenure_role="tenant"),
)
_FLED = housing_changed("2024-06-10", kind="tenancy-end", ref="fled")
_DAMP = hazard_linked("2026-03-02 10:00", reported_on="2026-03-02", ref="hazard")

SCENARIOS = [
    Scenario(
        "R23",
        "out of the borough on the Thursday before Easter, and the case closed",
        given(case_opened("2024-03-01"), _MOVE, case_closed("2024-03-28 17:00")),
        [raised(since="2024-03-28", due="2024-04-02 end", because=["move"])],
    ),
    Scenario(
        "R23",
        "within the borough",
        given(case_opened("2024-03-01", authority="E09000099"), _MOVE),
        [],
    ),
    Scenario(
        "R23",
        "handed over with the move",
        given(case_opened("2024-03-01"), _MOVE.but(handover_to="Another council")),
        [],
    ),
    Scenario(
        "R23",
        "handed over since",
        given(
            case_opened("2024-03-01"),
            _MOVE,
            housing_changed("2024-03-29", kind="move", handed_over_on="2024-03-29"),
        ),
        [],
    ),
    Scenario(
        "R23",
        "handed over, as is not known yet",
        given(
            case_opened("2024-03-01"),
            _MOVE,
            housing_changed(
                "2024-03-29", known="2024-04-10", kind="move", handed_over_on="2024-03-29"
            ),
        ).when_seen(known_on="2024-04-09"),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R23",
        "someone else was handed over",
        given(
            case_opened("2024-03-01"),
            _MOVE,
            housing_changed("2024-03-29", person=NEIGHBOUR, handed_over_on="2024-03-29"),
        ),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R30",
        "a tenant who fled, after which the case was closed",
        given(*_ABUSE, _FLED, case_closed("2024-06-12")),
        [raised(since="2024-06-10", due="2024-06-10", effect="stop", because=["abuse", "fled"])],
    ),
    Scenario(
        "R30",
        "their tenure was decided",
        given(*_ABUSE, _FLED, decision_recorded("2024-06-11", kind="tenure")),
        [],
    ),
    Scenario(
        "R30",
        "that decision is not known yet",
        given(
            *_ABUSE, _FLED, decision_recorded("2024-06-11", kind="tenure", known="2024-06-20")
        ).when_seen(known_on="2024-06-19"),
        [raised(effect="stop")],
    ),
    Scenario(
        "R30",
        "another decision settles nothing",
        given(*_ABUSE, _FLED, decision_recorded("2024-06-11")),
        [raised(effect="stop")],
    ),
    Scenario(
        "R30",
        "fled 90 days before it was reported, and a second change told with it",
        given(
            *_ABUSE,
            housing_changed("2024-03-05", known="2024-06-04", kind="move", ref="moved"),
            _FLED,
        ),
        [raised(since="2024-06-04", because=["abuse", "moved"])],
    ),
    Scenario(
        "R30",
        "moved 91 days before",
        given(*_ABUSE, housing_changed("2024-03-04", kind="move")),
        [],
    ),
    Scenario("R30", "no sign of domestic abuse", given(_ABUSE[1], _FLED), []),
    Scenario(
        "R30",
        "a child who moved along is not taken for a tenant",
        given(
            *_ABUSE,
            person_involved("2024-06-03", person="person:child", role="child-at-risk"),
            _FLED.but(person="person:child", kind="move"),
        ),
        [],
    ),
    Scenario(
        "R30",
        "someone else harmed who moved may have been a tenant, as nobody says",
        given(
            *_ABUSE,
            person_involved("2024-06-03", person=NEIGHBOUR, role="additional-victim"),
            _FLED.but(person=NEIGHBOUR),
        ),
        [raised(item=f"{NEIGHBOUR}/tenure")],
    ),
    Scenario(
        "R30",
        "who left is not the one harmed",
        given(*_ABUSE, _FLED.but(person=NEIGHBOUR)),
        [],
    ),
    Scenario(
        "R30",
        "a lodger has no tenancy to keep",
        given(_ABUSE[0], _ABUSE[1].but(tenure_role="household-member"), _FLED),
        [],
    ),
    Scenario(
        "R30",
        "arrears are no flight",
        given(*_ABUSE, _FLED.but(kind="arrears")),
        [],
    ),
    Scenario(
        "R30",
        "not seen as harmed after all",
        given(*_ABUSE, _FLED, role_changed("2024-06-20", from_="victim", to="witness")),
        [],
    ),
    Scenario(
        "R39",
        "damp, with each limit",
        given(concern_raised("2026-03-01"), _DAMP),
        [
            raised(due="2026-03-16 end", item="hazard:HZ-1/investigation", effect="warning"),
            raised(due="2026-03-19 end", item="hazard:HZ-1/summary"),
            raised(due="2026-03-23 end", item="hazard:HZ-1/safe"),
            raised(due="2026-03-23 end", item="hazard:HZ-1/works-start", because=["hazard"]),
            raised(due="2026-05-25 end", item="hazard:HZ-1/works"),
        ],
    ),
    Scenario(
        "R39",
        "an emergency, to the hour where that is known",
        given(_DAMP.but(hazard_class="emergency")),
        [raised(since="2026-03-02 10:00", due="2026-03-03 10:00", effect="warning")],
    ),
    Scenario(
        "R39",
        "an emergency told later",
        given(
            hazard_linked(
                "2026-03-04 10:00", reported_on="2026-03-02", hazard_class="emergency", damp="no"
            )
        ),
        [raised(since="2026-03-04 10:00", due="2026-03-03 end")],
    ),
    Scenario("R39", "not damp: a later phase", given(_DAMP.but(damp="no")), []),
    Scenario("R39", "before the law was in force", given(hazard_linked("2024-03-01")), []),
    Scenario("R39", "the case is closed", given(_DAMP, case_closed()), []),
    Scenario(
        "R39",
        "dealt with",
        given(
            _DAMP,
            housing_changed("2026-03-10", kind="property-condition", reference="HZ-1"),
        ),
        [],
    ),
    Scenario(
        "R39",
        "dealt with, as is not known yet",
        given(
            _DAMP.but(hazard_class="emergency"),
            housing_changed(
                "2026-03-10", known="2026-03-12", kind="property-condition", reference="HZ-1"
            ),
        ).when_seen(known_on="2026-03-11"),
        [raised(due="2026-03-03 10:00")],
    ),
    Scenario(
        "R39",
        "classed as an emergency since",
        given(
            _DAMP,
            hazard_linked("2026-03-03", reported_on="2026-03-03", hazard_class="emergency"),
        ),
        [raised(due="2026-03-04 09:00")],
    ),
    Scenario(
        "R23",
        "a move to who knows where",
        given(case_opened("2024-03-01"), _MOVE.but(to_authority=None)),
        [],
    ),
    Scenario("R23", "not a move", given(case_opened("2024-03-01"), _MOVE.but(kind="notice")), []),
    Scenario(
        "R30",
        "a new home let already",
        given(*_ABUSE, _FLED.but(kind="tenancy-start")),
        [raised(effect="stop", because=["abuse", "fled"])],
    ),
    Scenario(
        "R30",
        "the tenant moved first and reported then",
        given(
            housing_changed("2024-05-10", kind="move", ref="moved"),
            concern_raised("2024-06-03", strands=("domestic-abuse",), ref="abuse"),
            person_involved("2024-06-03", role="victim", tenure_role="former-tenant"),
        ),
        [raised(since="2024-06-03", due="2024-06-03", because=["abuse", "moved"])],
    ),
    Scenario(
        "R30",
        "gone to stay with someone",
        given(*_ABUSE, _FLED.but(kind="move", tenure_role="household-member")),
        [raised(effect="stop")],
    ),
    Scenario(
        "R30",
        "who it was is not known",
        given(*_ABUSE, _FLED.but(person=None)),
        [raised(item="tenure")],
    ),
    Scenario(
        "R39",
        "the condition of something else changed, or something else with the hazard",
        given(
            _DAMP.but(hazard_class="emergency"),
            housing_changed("2026-03-10", kind="property-condition", reference="HZ-2"),
            housing_changed("2026-03-11", kind="arrears", reference="HZ-1"),
        ),
        [raised(due="2026-03-03 10:00")],
    ),
    Scenario(
        "R39",
        "on the day the law came into force",
        given(
            hazard_linked("2025-10-27 10:00", reported_on="2025-10-27", hazard_class="emergency")
        ),
        [raised(due="2025-10-28 10:00")],
    ),
]
