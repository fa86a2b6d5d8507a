"""People's rights over the record: subject access, and how long it is kept."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    case_reopened,
    concern_raised,
    event_redacted,
    given,
    hold_lifted,
    hold_placed,
    person_data_erased,
    person_involved,
    staff_allegation_raised,
    subject_access_fulfilled,
    subject_access_received,
    the,
)
from tests.support.telling import NEIGHBOUR

_REQUEST = subject_access_received("2024-01-31", ref="request")
_CLOSED = (
    concern_raised("2024-03-01"),
    person_involved("2024-03-01", role="adult-at-risk"),
    case_closed("2024-06-03", ref="closed"),
)
_ERASED = person_data_erased("2031-07-01", ref="erased")
_NAMED = person_involved("2031-07-02", role="adult-at-risk", ref="named")
_A_CHILD = person_involved("2024-03-02", person=NEIGHBOUR, role="child-at-risk")

SCENARIOS = [
    Scenario(
        "R40",
        "a calendar month, though the case is closed",
        given(concern_raised("2024-01-01"), _REQUEST, case_closed("2024-02-01")),
        [
            raised(
                since="2024-01-31",
                soon="2024-02-22 end",
                due="2024-02-29 end",
                because=["request"],
                item="request:SA1",
            )
        ],
    ),
    Scenario(
        "R40",
        "two months more where it is complex",
        given(_REQUEST.but(complex=True)),
        [raised(due="2024-04-30 end")],
    ),
    Scenario(
        "R40",
        "on the day that was set",
        given(_REQUEST.but(due="2024-02-20")),
        [raised(due="2024-02-20 end")],
    ),
    Scenario("R40", "answered", given(_REQUEST, subject_access_fulfilled("2024-02-20")), []),
    Scenario(
        "R40",
        "answered, as is not known yet",
        given(_REQUEST, subject_access_fulfilled("2024-02-20", known="2024-03-02")).when_seen(
            known_on="2024-03-01"
        ),
        [raised(due="2024-02-29 end")],
    ),
    Scenario(
        "R40",
        "another request was answered",
        given(_REQUEST, subject_access_fulfilled("2024-02-20", request_id="SA2")),
        [raised(due="2024-02-29 end")],
    ),
    Scenario(
        "R40",
        "on the file of a person",
        given(_REQUEST, stream="person:tenant"),
        [raised(due="2024-02-29 end")],
    ),
    Scenario(
        "R41",
        "seven years after closing",
        given(*_CLOSED),
        [
            raised(
                since="2024-06-03",
                soon="2031-03-05 end",
                due="2031-06-03 end",
                because=["closed"],
                item="retention",
            )
        ],
    ),
    Scenario("R41", "an open case", given(*_CLOSED[:2]), []),
    Scenario("R41", "opened again", given(*_CLOSED, case_reopened("2024-07-01")), []),
    Scenario(
        "R41",
        "closed, as is not known yet",
        given(*_CLOSED[:2], case_closed("2024-06-03", known="2024-06-05")).when_seen("2024-06-04"),
        [],
    ),
    Scenario(
        "R41",
        "to the 25th birthday of a child",
        given(*_CLOSED[:2], _A_CHILD.but(date_of_birth="2010-08-31"), _CLOSED[2]),
        [raised(due="2035-08-31 end")],
    ),
    Scenario(
        "R41",
        "who was a child at first, and grown up by the time of closing",
        given(*_CLOSED[:2], _A_CHILD.but(date_of_birth="2006-05-31"), _CLOSED[2]),
        [raised(due="2031-06-03 end")],
    ),
    Scenario(
        "R41",
        "of a child whose birthday is not known",
        given(*_CLOSED[:2], _A_CHILD, _CLOSED[2]),
        [raised(due="2049-06-03 end")],
    ),
    Scenario("R41", "on hold", given(*_CLOSED, hold_placed("2024-07-01")), []),
    Scenario(
        "R41",
        "on hold until after that",
        given(*_CLOSED, hold_placed("2024-07-01"), hold_lifted("2032-01-05")),
        [raised(since="2032-01-05", due="2032-01-05")],
    ),
    Scenario("R41", "erased", given(*_CLOSED, person_data_erased("2031-07-01")), []),
    Scenario(
        "R41",
        "erased of one person only",
        given(*_CLOSED[:2], _A_CHILD, _CLOSED[2], person_data_erased("2031-07-01")),
        [raised(due="2049-06-03 end")],
    ),
    Scenario(
        "R41",
        "with an allegation against staff",
        given(*_CLOSED[:2], staff_allegation_raised("2024-03-03"), _CLOSED[2]),
        [],
    ),
    Scenario(
        "R41",
        "with nobody named",
        given(_CLOSED[0], _CLOSED[2]),
        [raised(due="2031-06-03 end")],
    ),
    Scenario(
        "R41",
        "a hold from before closing that was lifted",
        given(*_CLOSED[:2], hold_placed("2024-03-02"), hold_lifted("2024-04-02"), _CLOSED[2]),
        [raised(since="2024-06-03", due="2031-06-03 end")],
    ),
    Scenario(
        "R45",
        "named once more, however often",
        given(*_CLOSED, _ERASED, _NAMED, person_involved("2031-07-03", role="witness")),
        [
            raised(
                since="2031-07-02",
                due="2031-07-02",
                because=["erased", "named"],
                item="person:tenant",
            )
        ],
    ),
    Scenario("R45", "erased, and nothing since", given(*_CLOSED, _ERASED), []),
    Scenario(
        "R45",
        "erased again",
        given(*_CLOSED, _ERASED, _NAMED, person_data_erased("2031-07-04")),
        [],
    ),
    Scenario(
        "R45",
        "what names them destroyed",
        given(*_CLOSED, _ERASED, _NAMED, event_redacted("2031-07-04", target=the("named"))),
        [],
    ),
    Scenario("R45", "another person", given(*_CLOSED, _ERASED, _A_CHILD), []),
]
