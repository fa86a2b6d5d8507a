"""Reviews: their deadlines, and the threshold of an ASB case review."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    chronology_submitted,
    concern_raised,
    given,
    incident_reported,
    meeting_convened,
    meeting_held,
    person_informed,
    person_involved,
    referral_sent,
    review_notified,
)
from tests.support.telling import NEIGHBOUR

_SAR = review_notified("2024-03-31", ref="review")
_REPORTS = (
    incident_reported("2024-03-31", ref="first"),
    incident_reported("2024-05-10", kind="noise", ref="second"),
    incident_reported("2024-09-30", known="2024-10-03", kind="harassment", ref="third"),
)
_TOLD = person_informed("2024-10-04", about="other")
_THRESHOLD = raised(due="2024-10-03", item="asb-case-review")

SCENARIOS = [
    Scenario(
        "R37",
        "a Safeguarding Adults Review, though the case is closed",
        given(incident_reported("2024-03-01"), case_closed("2024-03-20"), _SAR),
        [
            raised(
                since="2024-03-31",
                soon="2024-09-16 end",
                due="2024-09-30 end",
                because=["review"],
                item="review:SAR-1",
            )
        ],
    ),
    Scenario(
        "R37",
        "on the day the commissioner set",
        given(_SAR.but(due="2024-05-31")),
        [raised(due="2024-05-31 end")],
    ),
    Scenario(
        "R37",
        "a rapid review that is told of late counts from when it was notified",
        given(review_notified("2024-03-04", known="2024-03-06", review_type="child-rapid-review")),
        [raised(since="2024-03-06", due="2024-03-25 end")],
    ),
    Scenario(
        "R37",
        "a domestic abuse related death review",
        given(_SAR.but(review_type="domestic-abuse-death")),
        [raised(due="2024-09-30 end")],
    ),
    Scenario(
        "R37",
        "a review of which no deadline is known",
        given(_SAR.but(review_type="leder")),
        [],
    ),
    Scenario("R37", "submitted", given(_SAR, chronology_submitted("2024-05-01")), []),
    Scenario(
        "R37",
        "submitted, as is not known yet",
        given(_SAR, chronology_submitted("2024-05-01", known="2024-05-03")).when_seen("2024-05-02"),
        [raised(due="2024-09-30 end")],
    ),
    Scenario(
        "R37",
        "submitted to another review",
        given(_SAR, chronology_submitted("2024-05-01", review_id="SAR-2")),
        [raised(due="2024-09-30 end")],
    ),
    Scenario(
        "R37",
        "of the landlord itself",
        given(_SAR, stream="organisation:landlord"),
        [raised(due="2024-09-30 end")],
    ),
    Scenario(
        "R38",
        "three reports within six months, each within a month",
        given(*_REPORTS),
        [
            raised(
                since="2024-10-03",
                due="2024-10-03",
                effect="warning",
                because=["first", "second", "third"],
            )
        ],
    ),
    Scenario("R38", "two reports", given(*_REPORTS[:2]), []),
    Scenario("R38", "the third is not known yet", given(*_REPORTS).when_seen("2024-10-02"), []),
    Scenario(
        "R38",
        "six months and a day",
        given(*_REPORTS[:2], incident_reported("2024-10-01")),
        [],
    ),
    Scenario(
        "R38",
        "one came more than a month after what happened",
        given(*_REPORTS[:2], incident_reported("2024-08-01", known="2024-09-02")),
        [],
    ),
    Scenario(
        "R38",
        "one was no antisocial behaviour",
        given(*_REPORTS[:2], incident_reported("2024-08-01", kind="welfare")),
        [],
    ),
    Scenario(
        "R38",
        "one of unknown kind was badged so",
        given(*_REPORTS[:2], incident_reported("2024-08-01", kind="unknown", category="asb")),
        [raised(due="2024-08-01")],
    ),
    Scenario(
        "R38",
        "put to a review",
        given(
            *_REPORTS,
            referral_sent("2024-10-04", route="asb-case-review"),
        ),
        [],
    ),
    Scenario(
        "R38",
        "called",
        given(*_REPORTS, meeting_convened("2024-10-04", forum="asb-case-review")),
        [],
    ),
    Scenario(
        "R38", "held", given(*_REPORTS, meeting_held("2024-10-04", forum="asb-case-review")), []
    ),
    Scenario(
        "R38",
        "notified",
        given(*_REPORTS, review_notified("2024-10-04", review_type="asb-case-review")),
        [],
    ),
    Scenario("R38", "the case is closed", given(*_REPORTS, case_closed()), []),
    Scenario(
        "R37",
        "a mandatory Safeguarding Adults Review",
        given(_SAR.but(review_type="sar-mandatory")),
        [raised(due="2024-09-30 end")],
    ),
    Scenario(
        "R38",
        "reviewed before, and three reports since",
        given(meeting_held("2024-03-01", forum="asb-case-review"), *_REPORTS),
        [raised(due="2024-10-03")],
    ),
    *(
        Scenario(
            "R38",
            f"{kind} is antisocial behaviour, also beside something else",
            given(
                *_REPORTS[:2],
                incident_reported("2024-08-01", kind="other", further_kinds=(kind,)),
            ),
            [raised(due="2024-08-01")],
        )
        for kind in ("threats", "property-damage", "nuisance", "drugs", "hate-incident")
    ),
    *(
        Scenario("R38", title, given(*_REPORTS, told), flags)
        for title, told, flags in (
            ("the victim was told", _TOLD, []),
            ("it is not said who was told", _TOLD.but(person=None), []),
            (
                "it is said why the victim was not told",
                _TOLD.but(informed=False, not_informed_reason="Not safe to ring."),
                [],
            ),
            ("the victim was told of something else", _TOLD.but(about="referral"), [_THRESHOLD]),
        )
    ),
    Scenario(
        "R38",
        "whoever is said to have done it was told",
        given(
            person_involved("2024-03-01", person=NEIGHBOUR, role="alleged-perpetrator"),
            *_REPORTS,
            _TOLD.but(person=NEIGHBOUR),
        ),
        [_THRESHOLD],
    ),
    Scenario(
        "R38",
        "the victim was told something before there were enough reports",
        given(*_REPORTS[:2], person_informed("2024-09-01", about="other"), _REPORTS[2]),
        [_THRESHOLD],
    ),
    Scenario(
        "R38",
        "the victim was told, and three more reports came since",
        given(
            *_REPORTS,
            _TOLD,
            incident_reported("2024-10-07", kind="noise", ref="fourth"),
            incident_reported("2024-10-08", kind="noise", ref="fifth"),
            incident_reported("2024-10-09", kind="noise", ref="sixth"),
        ),
        [raised(due="2024-10-09", because=["fourth", "fifth", "sixth"])],
    ),
    Scenario(
        "R38",
        "violence and harassment in a case of domestic abuse",
        given(concern_raised("2024-03-30", strands=("domestic-abuse",)), *_REPORTS),
        [],
    ),
    Scenario(
        "R38",
        "noise all the same",
        given(
            concern_raised("2024-03-30", strands=("domestic-abuse",)),
            *(
                incident_reported(f"2024-04-0{day}", kind="noise", ref=f"noise-{day}")
                for day in (1, 2, 3)
            ),
        ),
        [raised(because=["noise-1", "noise-2", "noise-3"])],
    ),
]
