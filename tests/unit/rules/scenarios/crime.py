"""Crime that is suspected and that the police do not know of."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    concern_raised,
    decision_recorded,
    given,
    immediate_protection_taken,
    information_received,
    information_shared,
    meeting_held,
    referral_sent,
    rule_overridden,
)

_CRIME = concern_raised("2024-06-07 15:00", crime_suspected="yes", ref="crime")

SCENARIOS = [
    Scenario(
        "R19",
        "a crime suspected on a Friday is told by the end of Monday",
        given(_CRIME),
        [raised(since="2024-06-07 15:00", due="2024-06-10 end", because=["crime"])],
    ),
    Scenario("R19", "not where none is suspected", given(_CRIME.but(crime_suspected="no")), []),
    Scenario("R19", "nor where that is not known", given(concern_raised("2024-06-07")), []),
    *(
        Scenario(
            "R19",
            f"cleared by a referral to {route}",
            given(_CRIME, referral_sent("2024-06-10", route=route)),
            [],
        )
        for route in ("police-999", "police-101", "police-crime-report")
    ),
    Scenario(
        "R19",
        "not by what the police, and the case, had to do with something before",
        given(
            referral_sent("2024-05-20", route="police-101"),
            information_shared("2024-05-21"),
            meeting_held("2024-05-22"),
            decision_recorded("2024-05-23", kind="no-referral"),
            case_closed("2024-05-24"),
            _CRIME,
        ),
        [raised(because=["crime"])],
    ),
    Scenario(
        "R19",
        "not by a meeting without them",
        given(_CRIME, meeting_held(attendees=({"agency": "gp", "role": "GP"},))),
        [raised(because=["crime"])],
    ),
    Scenario(
        "R19",
        "not by a referral to somebody else",
        given(_CRIME, referral_sent("2024-06-10")),
        [raised(because=["crime"])],
    ),
    Scenario(
        "R19",
        "cleared by a 999 call shortly before the concern was raised",
        given(immediate_protection_taken("2024-06-07 14:20"), _CRIME),
        [],
    ),
    Scenario(
        "R19",
        "not by what else was done at once, nor by a call on another day",
        given(
            immediate_protection_taken("2024-06-06 14:20"),
            _CRIME,
            immediate_protection_taken("2024-06-07 16:00", kind="emergency-locks"),
        ),
        [raised(because=["crime"])],
    ),
    Scenario("R19", "cleared by telling the police", given(_CRIME, information_shared()), []),
    Scenario(
        "R19",
        "not by telling somebody else",
        given(_CRIME, information_shared(recipient={"agency": "gp", "role": "GP"})),
        [raised(because=["crime"])],
    ),
    Scenario(
        "R19", "cleared by a meeting that the police came to", given(_CRIME, meeting_held()), []
    ),
    Scenario(
        "R19",
        "not by one that they sent apologies to",
        given(
            _CRIME,
            meeting_held(
                attendees=({"agency": "police", "role": "Sergeant", "attendance": "apologies"},)
            ),
        ),
        [raised(because=["crime"])],
    ),
    Scenario(
        "R19",
        "cleared by a decision that says why not",
        given(_CRIME, decision_recorded(kind="no-referral")),
        [],
    ),
    Scenario("R19", "not by another decision", given(_CRIME, decision_recorded()), [raised()]),
    *(
        Scenario(
            "R19",
            f"cleared by a {answer.event_type.__name__} that came in just before the concern",
            given(
                answer,
                concern_raised(
                    "2024-06-07 15:00", known="2024-06-08 09:00:30", crime_suspected="yes"
                ),
            ),
            [],
        )
        for answer in (
            decision_recorded("2024-06-07 16:00", known="2024-06-08 09:00", kind="no-referral"),
            case_closed("2024-06-07 16:00", known="2024-06-08 09:00"),
        )
    ),
    Scenario(
        "R19",
        "not where the police told of it themselves since",
        given(_CRIME, information_received("2024-06-06", known="2024-06-07 17:00")),
        [],
    ),
    Scenario(
        "R19",
        "not by what they told before, nor by what somebody else tells",
        given(
            information_received("2024-06-06"),
            _CRIME,
            information_received("2024-06-08", from_agency="gp"),
        ),
        [raised(because=["crime"])],
    ),
    Scenario(
        "R19",
        "not where the concern names the report that the police already have",
        given(
            referral_sent("2024-06-03", route="police-crime-report", ref="reported"),
            _CRIME.but(causation_id="reported"),
        ),
        [],
    ),
    Scenario(
        "R19",
        "nor where the report names the concern, whenever it was made",
        given(
            referral_sent("2024-06-06", route="police-101", causation_id="crime"),
            _CRIME,
        ),
        [],
    ),
    Scenario("R19", "cleared by closing the case", given(_CRIME, case_closed()), []),
    Scenario(
        "R19",
        "counted from when the landlord knew, until the call is known",
        given(
            _CRIME,
            concern_raised("2024-06-08", known="2024-06-12", crime_suspected="yes", ref="late"),
            immediate_protection_taken("2024-06-08 10:00", known="2024-06-14"),
        ).when_seen(known_on="2024-06-13"),
        [
            raised(due="2024-06-10 end", because=["crime"]),
            raised(since="2024-06-12", due="2024-06-13 end", because=["late"]),
        ],
    ),
    Scenario(
        "R19",
        "the police may know before the landlord does",
        given(
            concern_raised("2024-06-08", known="2024-06-12", crime_suspected="yes"),
            immediate_protection_taken("2024-06-08 10:00", known="2024-06-14"),
        ),
        [],
    ),
    Scenario(
        "R19",
        "a landlord may want it on the same day",
        given(_CRIME),
        [raised(due="2024-06-07 end")],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R19", parameters=[{"name": "working_days", "value": 0}]
            )
        ),
    ),
]
