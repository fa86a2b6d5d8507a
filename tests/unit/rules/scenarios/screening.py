"""Antisocial behaviour that is to be screened for safeguarding."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    case_opened,
    exploitation_indicator_observed,
    given,
    incident_reported,
    reclassified,
    rule_overridden,
    triage_completed,
    vulnerability_ended,
    vulnerability_recorded,
)
from tests.support.telling import NEIGHBOUR, TENANT, the

_ASB = incident_reported("2024-06-03 10:00", category="asb", kind="noise", ref="noise")
_SCREENED = triage_completed("2024-06-05 10:00", enforcement_check="done", decision="monitor")
_SIGNS = (
    exploitation_indicator_observed("2024-06-04 09:00", ref="sign-1"),
    exploitation_indicator_observed("2024-06-04 12:00", ref="sign-2", indicator="new-friends"),
)
_LATER = incident_reported("2024-06-12 10:00", category="asb")
_VULNERABLE = vulnerability_recorded("2024-06-04 15:00", ref="vulnerable")

SCENARIOS = [
    Scenario(
        "R9",
        "a report of antisocial behaviour is screened within three working days",
        given(_ASB),
        [raised(item="screen", since="2024-06-03 10:00", due="2024-06-06 end", because=["noise"])],
    ),
    Scenario(
        "R9",
        "so is a case that was opened as antisocial behaviour",
        given(
            incident_reported("2024-05-31", kind="noise"), case_opened("2024-06-03", ref="opened")
        ),
        [raised(item="screen", due="2024-06-06 end", because=["opened"])],
    ),
    Scenario("R9", "cleared by a triage that says so", given(_ASB, _SCREENED), []),
    Scenario(
        "R9",
        "not by a triage without the screen",
        given(_ASB, _SCREENED.but(enforcement_check="not-done")),
        [raised(item="screen")],
    ),
    Scenario(
        "R9",
        "cleared by a screen that came in just before the report",
        given(
            triage_completed(
                "2024-06-05 10:00", known="2024-06-05 12:00:00", enforcement_check="done"
            ),
            incident_reported("2024-06-03 10:00", known="2024-06-05 12:00:20", category="asb"),
        ),
        [],
    ),
    *(
        Scenario(
            "R9",
            f"cleared by {title} that names the report, though that was recorded later",
            given(
                seen,
                incident_reported("2024-06-03", known="2024-06-10", category="asb", ref="late"),
            ),
            [],
        )
        for title, seen in (
            ("a reclassification", reclassified("2024-06-04", evidence_events=(the("late"),))),
            (
                "an opening as something else",
                case_opened(
                    "2024-06-04", initial_classification="adult", opened_from=(the("late"),)
                ),
            ),
        )
    ),
    Scenario(
        "R9",
        "nor for a report that comes to light after the screen",
        given(
            _ASB,
            _SCREENED,
            incident_reported("2024-06-04", known="2024-06-10", category="asb", ref="late"),
        ),
        [raised(item="screen", since="2024-06-10", due="2024-06-13 end", because=["late"])],
    ),
    Scenario(
        "R9",
        "of several reports, the one that was known first",
        given(
            _ASB, incident_reported("2024-06-01", known="2024-06-10", category="asb", ref="late")
        ),
        [raised(item="screen", because=["noise"])],
    ),
    Scenario(
        "R9",
        "so is a case that comes to be seen as antisocial behaviour",
        given(reclassified("2024-06-03", from_="adult", to="asb", ref="badged")),
        [raised(item="screen", due="2024-06-06 end", because=["badged"])],
    ),
    Scenario(
        "R9",
        "also a report in a case that was opened as something else before",
        given(case_opened("2024-05-20", initial_classification="adult"), _ASB),
        [raised(item="screen", because=["noise"])],
    ),
    Scenario(
        "R9",
        "or treated as something else before",
        given(reclassified("2024-05-20"), _ASB),
        [raised(item="screen", because=["noise"])],
    ),
    Scenario(
        "R9",
        "what nobody has badged needs none",
        given(
            case_opened("2024-06-03", initial_classification="unclassified"),
            reclassified("2024-06-04", to="unclassified"),
            _VULNERABLE,
        ),
        [],
    ),
    Scenario(
        "R9",
        "cleared by treating the case as something else",
        given(_ASB, reclassified("2024-06-04 09:00"), _VULNERABLE, *_SIGNS),
        [],
    ),
    Scenario(
        "R9",
        "as does a case opened as something else",
        given(_ASB, case_opened("2024-06-04", initial_classification="adult")),
        [],
    ),
    Scenario(
        "R9",
        "not by leaving it open what it is",
        given(_ASB, reclassified("2024-06-04", to="unclassified")),
        [raised(item="screen")],
    ),
    Scenario(
        "R9",
        "a case that was never taken for antisocial behaviour needs none",
        given(incident_reported("2024-06-03", category="adult"), _VULNERABLE, *_SIGNS),
        [],
    ),
    Scenario("R9", "cleared by closing the case", given(_ASB, _VULNERABLE, case_closed()), []),
    Scenario(
        "R9",
        "at once where someone in it is vulnerable",
        given(_ASB, _VULNERABLE),
        [
            raised(
                item=TENANT,
                since="2024-06-04 15:00",
                due="2024-06-04 15:00",
                because=["noise", "vulnerable"],
            ),
            raised(item="screen"),
        ],
    ),
    Scenario(
        "R9",
        "also where that comes to light after the screen",
        given(
            _ASB,
            _SCREENED,
            vulnerability_recorded("2024-06-04", known="2024-06-20 09:00", person="4411"),
        ),
        [raised(item="person:4411", since="2024-06-20 09:00", due="2024-06-20 09:00")],
    ),
    Scenario(
        "R9",
        "and where the report came after the screen",
        given(vulnerability_recorded("2024-05-20"), _SCREENED, _LATER),
        [
            raised(item=TENANT, due="2024-06-12 10:00"),
            raised(item="screen", due="2024-06-17 end"),
        ],
    ),
    Scenario(
        "R9",
        "once for each person",
        given(_ASB, _VULNERABLE, vulnerability_recorded(vulnerability_type="unpaid-carer")),
        [raised(item=TENANT, because=["noise", "vulnerable"]), raised(item="screen")],
    ),
    Scenario(
        "R9",
        "not where it was known when the case was screened",
        given(_ASB, _VULNERABLE, _SCREENED),
        [],
    ),
    Scenario(
        "R9",
        "nor where it has ended",
        given(_ASB, _VULNERABLE, vulnerability_ended("2024-06-05", until="2024-06-04")),
        [raised(item="screen")],
    ),
    Scenario(
        "R9",
        "as long as it was this person's, of this kind, and has not begun again since",
        given(
            _ASB,
            _VULNERABLE.but(since="2024-06-04"),
            vulnerability_ended("2024-06-05", until="2024-06-04", person=NEIGHBOUR),
            vulnerability_ended(
                "2024-06-05", until="2024-06-04", vulnerability_type="unpaid-carer"
            ),
            vulnerability_ended("2024-06-05", until="2024-06-03"),
        ),
        [raised(item=TENANT), raised(item="screen")],
    ),
    Scenario(
        "R9",
        "at once with the second sign of exploitation",
        given(_ASB, *_SIGNS),
        [
            raised(
                item="exploitation",
                due="2024-06-04 12:00",
                because=["noise", "sign-1", "sign-2"],
            ),
            raised(item="screen"),
        ],
    ),
    Scenario(
        "R9",
        "one sign alone can wait for the screen",
        given(_ASB, _SIGNS[0]),
        [raised(item="screen")],
    ),
    Scenario(
        "R9",
        "signs count in the order in which they came to be known",
        given(
            _ASB,
            exploitation_indicator_observed("2024-06-03", known="2024-06-06 09:00", ref="late"),
            _SIGNS[0],
        ),
        [
            raised(
                item="exploitation", due="2024-06-06 09:00", because=["noise", "sign-1", "late"]
            ),
            raised(item="screen"),
        ],
    ),
    Scenario(
        "R9",
        "a sign after the screen calls for another",
        given(_ASB, *_SIGNS, _SCREENED, exploitation_indicator_observed("2024-06-20", ref="third")),
        [raised(item="exploitation", due="2024-06-20")],
    ),
    Scenario(
        "R9",
        "not before the second sign is known",
        given(
            _ASB, _SIGNS[0], exploitation_indicator_observed("2024-06-04", known="2024-06-12")
        ).when_seen(known_on="2024-06-11"),
        [raised(item="screen")],
    ),
    Scenario(
        "R9",
        "an authority may want it within a day",
        given(case_opened("2024-06-03")),
        [raised(item="screen", due="2024-06-04 end")],
        ruled(
            rule_overridden(
                "2024-03-01", rule="R9", parameters=[{"name": "screen_working_days", "value": 1}]
            ),
            stream="authority:E09000001",
        ),
    ),
]
