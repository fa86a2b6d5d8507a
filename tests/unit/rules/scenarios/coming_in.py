"""What comes in: triage, and recording in time."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_reopened,
    concern_raised,
    contact_attempt_failed,
    contact_made,
    decision_recorded,
    exploitation_indicator_observed,
    given,
    hoarding_level_assessed,
    immediate_protection_taken,
    incident_reported,
    information_received,
    oversight_recorded,
    risk_assessed,
    rule_overridden,
    staff_allegation_raised,
    triage_completed,
)
from tests.support.telling import id_of

_A_CONCERN = (incident_reported("2024-03-28"), concern_raised("2024-03-28 15:00", ref="concern"))
_TRIAGED = (risk_assessed("2024-03-28 16:00"), triage_completed("2024-03-28 17:00"))

_TRIAGE = [
    Scenario(
        "R1",
        "a concern on the Thursday before Easter is due by the end of Tuesday",
        given(*_A_CONCERN),
        [
            raised(
                since="2024-03-28 15:00",
                soon="2024-04-01 end",
                due="2024-04-02 end",
                because=["concern"],
            )
        ],
    ),
    Scenario(
        "R1",
        "with immediate danger, within the hour",
        given(concern_raised("2024-03-28 15:00", immediate_danger=True)),
        [raised(since="2024-03-28 15:00", due="2024-03-28 16:00")],
    ),
    Scenario("R1", "cleared by the triage", given(*_A_CONCERN, *_TRIAGED), []),
    Scenario(
        "R1",
        "cleared by a triage of which only the day is known",
        given(
            *_A_CONCERN,
            triage_completed("2024-03-28 00:00", known="2024-03-29", occurred_precision="day"),
        ),
        [],
    ),
    Scenario(
        "R1",
        "not before the triage is known",
        given(
            *_A_CONCERN,
            risk_assessed("2024-03-28 16:00"),
            triage_completed("2024-03-28 17:00", known="2024-04-03"),
        ).when_seen(known_on="2024-04-02"),
        [raised(due="2024-04-02 end")],
    ),
    Scenario(
        "R1",
        "a concern that comes to light after the triage has not been triaged",
        given(
            *_A_CONCERN,
            *_TRIAGED,
            concern_raised("2024-03-28 16:30", known="2024-04-10 10:00", ref="late"),
        ),
        [raised(since="2024-04-10 10:00", due="2024-04-11 end", because=["late"])],
    ),
    Scenario(
        "R1",
        "cleared by a triage that came in just before its concern",
        given(
            triage_completed("2024-03-28 17:00", known="2024-03-29 10:00:01"),
            concern_raised("2024-03-28 15:00", known="2024-03-29 10:00:55"),
        ),
        [],
    ),
    Scenario(
        "R1",
        "not by one that came in minutes before",
        given(
            triage_completed("2024-03-28 17:00", known="2024-03-29 10:00:00"),
            concern_raised("2024-03-28 15:00", known="2024-03-29 10:01:30", ref="late"),
        ),
        [raised(because=["late"])],
    ),
    Scenario(
        "R1",
        "nor by one that was made before the concern, however shortly",
        given(
            triage_completed("2024-03-28 17:00:00"),
            concern_raised("2024-03-28 17:00:30", ref="concern"),
        ),
        [raised(because=["concern"])],
    ),
    Scenario(
        "R1",
        "cleared by a triage that names it, whichever was recorded first",
        given(
            triage_completed("2024-03-28 17:00", causation_id="late"),
            concern_raised("2024-03-28 15:00", known="2024-04-02 10:00", ref="late"),
        ),
        [],
    ),
    Scenario(
        "R1",
        "not by one of another system, with references of its own",
        given(
            triage_completed(
                "2024-03-28 17:00", causation_id="late", source="urn:cromwood:repairs"
            ),
            concern_raised("2024-03-28 15:00", known="2024-04-02 10:00", ref="late"),
        ),
        [raised(because=["late"])],
    ),
    Scenario(
        "R1",
        "cleared for good by closing the case",
        given(*_A_CONCERN, case_closed(), case_reopened()),
        [],
    ),
    Scenario(
        "R1",
        "a concern after the case was closed has to be looked at",
        given(*_A_CONCERN, case_closed("2024-04-02"), concern_raised("2024-06-03", ref="again")),
        [raised(due="2024-06-04 end", because=["again"])],
    ),
    Scenario(
        "R1",
        "the landlord may give itself longer, from the day it says so",
        given(*_A_CONCERN),
        [raised(due="2024-04-03 end", rule_version=1)],
        ruled(
            rule_overridden(
                "2024-03-01",
                rule="R1",
                parameters=[{"name": "working_days", "value": 2}],
                valid_from="2024-03-01",
            )
        ),
    ),
]

_AMBER = incident_reported(
    "2024-06-02", known="2024-06-03 09:00", recorded="2024-06-04 09:30", ref="amber"
)
_RED = concern_raised("2024-06-03 09:00", recorded="2024-06-06 21:00", ref="red")

_RECORDED_LATE = [
    Scenario(
        "R2",
        "amber when it is on record half an hour more than a day after it was known",
        given(_AMBER),
        [
            raised(
                item=f"event:{id_of('amber')}/amber",
                since="2024-06-04 09:30",
                due="2024-06-04 09:30",
                because=["amber"],
                effect="warning",
                why="Something was recorded more than 24 hours after the landlord knew of it.",
            )
        ],
    ),
    Scenario(
        "R2",
        "red when it is on record half a day more than three days after it was known",
        given(_RED),
        [
            raised(
                item=f"event:{id_of('red')}/red",
                due="2024-06-06 21:00",
                because=["red"],
                why="Something was recorded more than 3 days after the landlord knew of it.",
            )
        ],
    ),
    Scenario(
        "R2",
        "not before it was recorded, from wherever it is seen: as of that day it was not late yet",
        given(_RED).when_seen(known_on="2024-06-03"),
        [raised(since="2024-06-06 21:00", due="2024-06-06 21:00")],
    ),
    Scenario(
        "R2",
        "each of them by itself",
        given(
            concern_raised("2024-06-01"),
            information_received("2024-06-03 09:00", recorded="2024-06-05", ref="told"),
            risk_assessed("2024-06-03 10:00", recorded="2024-06-05 11:00", ref="risk"),
        ),
        [raised(because=["told"]), raised(because=["risk"])],
    ),
    Scenario(
        "R2",
        "not what happened long ago and was recorded as soon as it was known",
        given(incident_reported("2024-01-03", known="2024-06-03")),
        [],
    ),
    Scenario(
        "R2",
        "not the visits of a Friday that are written up on the Monday",
        given(
            concern_raised("2024-06-01"),
            contact_made("2024-06-07 15:00", recorded="2024-06-10 09:00"),
            contact_attempt_failed("2024-06-07 16:00", recorded="2024-06-10 09:05"),
        ),
        [],
    ),
    Scenario(
        "R2",
        "not paperwork, on which nobody's safety waits",
        given(concern_raised("2024-06-01"), decision_recorded("2024-06-03", recorded="2024-06-10")),
        [],
    ),
    Scenario(
        "R2",
        "seen by a manager who looked at the case afterwards",
        given(_RED, oversight_recorded("2024-06-07")),
        [],
    ),
    Scenario(
        "R2",
        "not seen by a manager who looked before it was on record",
        given(_RED, oversight_recorded("2024-06-05", recorded="2024-06-07")),
        [raised(because=["red"])],
    ),
    Scenario(
        "R2",
        "a day is in time, and three days are amber",
        given(
            concern_raised("2024-06-03 09:00", recorded="2024-06-04 09:00"),
            concern_raised("2024-06-03 09:00", recorded="2024-06-06 09:00", ref="amber"),
        ),
        [raised(item=f"event:{id_of('amber')}/amber")],
    ),
    Scenario(
        "R2",
        "not what was kept elsewhere for months and taken over from there",
        given(incident_reported("2024-03-05 09:00", recorded="2024-06-03 10:30")),
        [],
    ),
    Scenario(
        "R2",
        "red up to ninety days",
        given(incident_reported("2024-03-05 09:00", recorded="2024-06-03 09:30", ref="late")),
        [raised(because=["late"])],
    ),
    Scenario("R2", "cleared by closing the case", given(_AMBER, case_closed()), []),
    Scenario(
        "R2",
        "a landlord may be content with two days",
        given(_AMBER),
        [],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R2", parameters=[{"name": "amber_hours", "value": 48}]
            )
        ),
    ),
]

_NEWS = (
    incident_reported,
    concern_raised,
    risk_assessed,
    hoarding_level_assessed,
    exploitation_indicator_observed,
    immediate_protection_taken,
    staff_allegation_raised,
    information_received,
)
_NOTES = (contact_made, contact_attempt_failed)
_ALL_NEWS = [
    Scenario(
        "R2",
        f"{tell_of.event_type.__name__} is news",
        given(tell_of("2024-06-03 09:00", recorded="2024-06-05", ref="news")),
        [raised(because=["news"])],
    )
    for tell_of in _NEWS
] + [
    Scenario(
        "R2",
        f"{tell_of.event_type.__name__} is written up more than three days later",
        given(
            concern_raised("2024-06-01"),
            tell_of("2024-06-03 09:00", recorded="2024-06-06 10:00", ref="note"),
        ),
        [raised(item=f"event:{id_of('note')}/red", due="2024-06-06 10:00")],
    )
    for tell_of in _NOTES
]

SCENARIOS = [*_TRIAGE, *_RECORDED_LATE, *_ALL_NEWS]
