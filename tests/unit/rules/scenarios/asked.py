"""What was asked for: information, and enquiries that the landlord is to make."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_opened,
    enquiry_outcome_received,
    enquiry_reported,
    enquiry_requested,
    given,
    information_received,
    information_requested,
    information_shared,
    rule_overridden,
)

_ASKED = information_requested("2024-06-03 10:00", due="2024-06-28", ref="asked")
_ASKED_OF_US = information_requested(
    "2024-06-03 10:00", known="2024-06-04 10:00", due="2024-06-28", direction="inbound", ref="asked"
)
_DUE = raised(
    item="request:Q1",
    soon="2024-06-10 end",
    due="2024-06-28 end",
    because=["asked"],
    effect="duty",
)

_INFORMATION = [
    Scenario(
        "R14",
        "due on the day named, and a reminder of the same after five working days",
        given(_ASKED),
        [
            _DUE
            | raised(since="2024-06-03 10:00", why="Information that was asked for has not come.")
        ],
    ),
    Scenario(
        "R14",
        "counted from when the landlord asked, whenever that came to be known",
        given(information_requested("2024-06-03 10:00", known="2024-06-12", due="2024-06-28")),
        [_DUE | raised(because=["e-1"])],
    ),
    Scenario(
        "R14",
        "no earlier reminder than of anything else where the day is as near",
        given(_ASKED.but(due="2024-06-10")),
        [raised(item="request:Q1", soon="2024-06-09 end", due="2024-06-10 end")],
    ),
    Scenario(
        "R14",
        "what others ask counts from when the landlord knows",
        given(_ASKED_OF_US),
        [
            _DUE
            | raised(
                since="2024-06-04 10:00",
                soon="2024-06-11 end",
                why="The landlord was asked for information and has not answered.",
            )
        ],
    ),
    Scenario(
        "R14", "cleared by the answer", given(_ASKED, information_received(request_id="Q1")), []
    ),
    Scenario(
        "R14",
        "cleared by answering",
        given(_ASKED_OF_US, information_shared(request_id="Q1")),
        [],
    ),
    Scenario(
        "R14",
        "not by what answers nothing or something else, nor the other way round",
        given(
            _ASKED,
            information_received(),
            information_received(request_id="Q2"),
            information_shared(request_id="Q1"),
        ),
        [_DUE],
    ),
    Scenario("R14", "what we asked ends with the case", given(_ASKED, case_closed()), []),
    Scenario(
        "R14",
        "what others asked is owed still",
        given(_ASKED_OF_US, case_closed()),
        [_DUE | raised(soon="2024-06-11 end")],
    ),
    Scenario(
        "R14",
        "not before the answer is known",
        given(
            _ASKED, information_received("2024-06-05", known="2024-06-20", request_id="Q1")
        ).when_seen(known_on="2024-06-19"),
        [_DUE],
    ),
    Scenario(
        "R14",
        "an authority may be reminded later",
        given(case_opened("2024-06-01"), _ASKED),
        [_DUE | raised(soon="2024-06-17 end")],
        ruled(
            rule_overridden(
                "2024-03-01",
                rule="R14",
                parameters=[{"name": "reminder_working_days", "value": 10}],
            ),
            stream="authority:E09000001",
        ),
    ),
]

_ENQUIRY = enquiry_requested("2024-06-03 10:00", due="2024-06-14", ref="requested")

_ENQUIRIES = [
    Scenario(
        "R18",
        "due on the day that the authority set",
        given(_ENQUIRY),
        [
            raised(
                item="enquiry:Q1",
                since="2024-06-03 10:00",
                due="2024-06-14 end",
                because=["requested"],
            )
        ],
    ),
    Scenario(
        "R18",
        "where that is far off, a reminder after 20 working days",
        given(_ENQUIRY.but(due="2024-08-30")),
        [raised(item="enquiry:Q1", soon="2024-07-01 end", due="2024-08-30 end")],
    ),
    Scenario(
        "R18",
        "which counts from when the landlord knew",
        given(enquiry_requested("2024-06-03", known="2024-06-10 10:00", due="2024-08-30")),
        [
            raised(
                item="enquiry:Q1",
                since="2024-06-10 10:00",
                soon="2024-07-08 end",
                due="2024-08-30 end",
            )
        ],
    ),
    Scenario("R18", "cleared by the report", given(_ENQUIRY, enquiry_reported()), []),
    Scenario("R18", "cleared by the outcome", given(_ENQUIRY, enquiry_outcome_received()), []),
    Scenario(
        "R18",
        "not by those of another",
        given(
            _ENQUIRY,
            enquiry_reported(enquiry_id="Q2"),
            enquiry_outcome_received(enquiry_id="Q3"),
        ),
        [raised(because=["requested"])],
    ),
    Scenario(
        "R18",
        "owed even if the case is closed",
        given(_ENQUIRY, case_closed()),
        [raised(because=["requested"])],
    ),
    Scenario(
        "R18",
        "not before it is known that it was reported",
        given(_ENQUIRY, enquiry_reported("2024-06-10", known="2024-06-18")).when_seen(
            known_on="2024-06-17"
        ),
        [raised(due="2024-06-14 end")],
    ),
    Scenario(
        "R18",
        "a landlord may want to be reminded after a week",
        given(_ENQUIRY),
        [raised(soon="2024-06-10 end", due="2024-06-14 end")],
        ruled(
            rule_overridden(
                "2024-03-01",
                rule="R18",
                parameters=[{"name": "reminder_working_days", "value": 5}],
            )
        ),
    ),
]

SCENARIOS = [*_INFORMATION, *_ENQUIRIES]
