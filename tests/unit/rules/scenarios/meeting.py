"""Multi-agency meetings with housing at the table, and their minutes."""

from tests.support.judging import Scenario, raised, ruled
from tests.support.stories import (
    case_closed,
    escalation_raised,
    event_corrected,
    given,
    meeting_convened,
    meeting_held,
    meeting_missed,
    minutes_received,
    rule_overridden,
)
from tests.support.telling import Told, id_of, the


def _overridden(rule: str, name: str, value: int) -> Told:
    return rule_overridden("2024-03-01", rule=rule, parameters=[{"name": name, "value": value}])


_CALLED = meeting_convened(
    "2024-06-03 09:00",
    at="2024-06-20T10:00:00+01:00",
    housing_invited="not-invited",
    ref="called",
)
_CHALLENGED = escalation_raised(about="meeting", about_ref="M1", ground="meeting-exclusion")

_TO_COME = [
    Scenario(
        "R10",
        "five working days before it is held",
        given(_CALLED),
        [
            raised(
                item="meeting:M1",
                since="2024-06-03 09:00",
                due="2024-06-13 00:00",
                because=["called"],
            )
        ],
    ),
    Scenario(
        "R10",
        "at once where it is nearer than that when it becomes known",
        given(
            meeting_convened(
                "2024-06-03",
                known="2024-06-18 15:00",
                at="2024-06-20T09:00:00Z",
                housing_invited="not-invited",
            )
        ),
        [raised(since="2024-06-18 15:00", due="2024-06-18 15:00")],
    ),
    Scenario(
        "R10",
        "also where nobody knows whether housing is invited",
        given(_CALLED.but(housing_invited="unknown")),
        [raised()],
    ),
    Scenario("R10", "not where it is", given(_CALLED.but(housing_invited="invited-late")), []),
    Scenario("R10", "nor where it declined", given(_CALLED.but(housing_invited="declined")), []),
    Scenario(
        "R10",
        "nor where it was known only after it was held",
        given(_CALLED.but(at="2024-05-31T09:00:00Z")),
        [],
    ),
    Scenario("R10", "cleared once it was held", given(_CALLED, meeting_held("2024-06-20")), []),
    Scenario(
        "R10",
        "not by another meeting",
        given(_CALLED, meeting_held("2024-06-10", meeting_id="M2")),
        [raised(because=["called"])],
    ),
    Scenario("R10", "cleared by challenging it", given(_CALLED, _CHALLENGED), []),
    Scenario(
        "R10",
        "not by challenging something else",
        given(_CALLED, _CHALLENGED.but(about_ref="M2"), _CHALLENGED.but(about="referral")),
        [raised(because=["called"])],
    ),
    Scenario(
        "R10",
        "cleared by correcting that it is not invited",
        given(
            _CALLED,
            event_corrected(
                target=the("called"),
                field="housing_invited",
                was="not-invited",
                now="invited-in-time",
            ),
        ),
        [],
    ),
    Scenario("R10", "cleared by closing the case", given(_CALLED, case_closed()), []),
    Scenario(
        "R10",
        "not before it is known to be held",
        given(_CALLED, meeting_held("2024-06-20", known="2024-06-25")).when_seen(
            known_on="2024-06-24"
        ),
        [raised()],
    ),
    Scenario(
        "R10",
        "a landlord may want to know ten days before",
        given(_CALLED),
        [raised(due="2024-06-06 00:00")],
        ruled(_overridden("R10", "working_days", 10)),
    ),
]

_HOUSING_CAME = ({"agency": "landlord", "role": "Housing officer"},)
_OTHERS_CAME = ({"agency": "police", "role": "Sergeant"},)
_HELD = meeting_held("2024-06-03 10:00", ref="held")
_WITH_MINUTES = _HELD.but(minutes_received_at="2024-06-04T09:00:00Z")
_LEFT_OUT = _WITH_MINUTES.but(invite_state="not-invited", attendees=_OTHERS_CAME)
_NEXT = meeting_held(
    "2024-06-10 10:00",
    meeting_id="M2",
    attendees=_HOUSING_CAME,
    minutes_received_at="2024-06-11T09:00:00Z",
)
_MISSED = meeting_missed("2024-06-12 10:00", held_at="2024-06-03T10:00:00+01:00", ref="missed")
_MINUTES_DUE = raised(item="meeting:M1/minutes", since="2024-06-03 10:00", due="2024-06-17 end")

_WITHOUT_HOUSING = [
    Scenario(
        "R11",
        "a meeting that was missed is challenged at once, and its minutes asked for",
        given(_MISSED),
        [
            raised(
                item="meeting:M1",
                since="2024-06-12 10:00",
                due="2024-06-12 10:00",
                because=["missed"],
            ),
            raised(item="meeting:M1/minutes", since="2024-06-12 10:00", due="2024-06-26 end"),
        ],
    ),
    Scenario(
        "R11",
        "so is one of which housing has no reference; there the challenge asks for the minutes",
        given(_MISSED.but(meeting_id=None)),
        [raised(item=f"meeting:{id_of('missed')}", due="2024-06-12 10:00")],
    ),
    Scenario(
        "R11",
        "one told of in full, once",
        given(
            meeting_held(
                "2024-06-03 10:00", known="2024-06-14", invite_state="not-invited", ref="held"
            ),
            _MISSED,
        ),
        [
            raised(item="meeting:M1", due="2024-06-12 10:00", because=["missed"]),
            raised(item="meeting:M1/minutes", due="2024-06-26 end", because=["held"]),
        ],
    ),
    Scenario(
        "R11",
        "one that housing was asked to leave",
        given(
            _WITH_MINUTES.but(
                invite_state="asked-to-leave",
                attendees=_HOUSING_CAME,
            )
        ),
        [raised(item="meeting:M1", because=["held"])],
    ),
    Scenario(
        "R11",
        "one to which the invitation came too late",
        given(_WITH_MINUTES.but(invite_state="invited-late")),
        [raised(item="meeting:M1")],
    ),
    Scenario(
        "R11",
        "not where housing came all the same",
        given(
            _WITH_MINUTES.but(
                invite_state="invited-late",
                attendees=_HOUSING_CAME,
            )
        ),
        [],
    ),
    Scenario(
        "R11",
        "one that was called without housing, and known only afterwards",
        given(
            meeting_convened(
                "2024-05-28",
                known="2024-06-03 09:00",
                at="2024-05-31T09:00:00Z",
                housing_invited="not-invited",
            )
        ),
        [
            raised(item="meeting:M1", due="2024-06-03 09:00"),
            raised(item="meeting:M1/minutes", since="2024-06-03 09:00", due="2024-06-17 end"),
        ],
    ),
    Scenario(
        "R11",
        "not one that housing might have come to",
        given(
            _MISSED.but(invite_state="declined", how="minutes"),
            _MISSED.but(invite_state="invited-in-time", how="minutes", meeting_id="M2"),
        ),
        [],
    ),
    Scenario(
        "R11",
        "who tells of it in full knows best whether housing was there",
        given(_MISSED, _WITH_MINUTES.but(attendees=_HOUSING_CAME, invite_state="unknown")),
        [],
    ),
    Scenario(
        "R11", "or could have been", given(_MISSED, _WITH_MINUTES.but(invite_state="declined")), []
    ),
    Scenario(
        "R11",
        "or that nobody knows",
        given(_MISSED, _WITH_MINUTES.but(invite_state="unknown")),
        [raised(item="meeting:M1", because=["missed"])],
    ),
    Scenario(
        "R11",
        "which by itself is no ground for a challenge",
        given(_WITH_MINUTES.but(invite_state="unknown")),
        [],
    ),
    Scenario(
        "R11",
        "apologies for what housing heard of too late do not make it present",
        given(
            _WITH_MINUTES.but(
                invite_state="invited-late",
                attendees=(
                    {"agency": "landlord", "role": "Officer", "attendance": "apologies"},
                    {"agency": "police", "role": "Sergeant"},
                ),
            )
        ),
        [raised(item="meeting:M1")],
    ),
    Scenario(
        "R11",
        "at once when it comes to be known",
        given(
            _WITH_MINUTES,
            meeting_missed("2024-06-12", known="2024-06-14 10:00", meeting_id="M2", how="minutes"),
        ),
        [raised(item="meeting:M2", since="2024-06-14 10:00", due="2024-06-14 10:00")],
    ),
    Scenario(
        "R11",
        "cleared by a challenge",
        given(_WITH_MINUTES.but(invite_state="not-invited"), _CHALLENGED),
        [],
    ),
    Scenario(
        "R11",
        "also by one that does not say of which meeting",
        given(_WITH_MINUTES.but(invite_state="not-invited"), _CHALLENGED.but(about_ref=None)),
        [],
    ),
    Scenario(
        "R11",
        "where housing has no reference, by one that has",
        given(_MISSED.but(meeting_id=None), _CHALLENGED),
        [],
    ),
    Scenario(
        "R11",
        "not by the challenge from before it was held",
        given(
            escalation_raised("2024-05-28", about="meeting", about_ref="M1"),
            _WITH_MINUTES.but(invite_state="not-invited"),
        ),
        [raised(item="meeting:M1")],
    ),
    Scenario(
        "R11",
        "cleared by housing being at the next meeting of that forum",
        given(_LEFT_OUT, _NEXT),
        [],
    ),
    *(
        Scenario("R11", f"not by {title}", given(*told), [raised(item="meeting:M1")])
        for title, told in (
            ("a meeting of another forum", [_LEFT_OUT, _NEXT.but(forum="marac")]),
            (
                "one of which nobody knows whether it was the same forum",
                [_LEFT_OUT.but(forum="unknown"), _NEXT.but(forum="unknown")],
            ),
            (
                "one that housing was asked to leave",
                [
                    _LEFT_OUT,
                    _NEXT.but(invite_state="asked-to-leave"),
                    _CHALLENGED.but(about_ref="M2"),
                ],
            ),
            (
                "one that housing declined to come to",
                [_LEFT_OUT, _NEXT.but(invite_state="declined", attendees=_OTHERS_CAME)],
            ),
            (
                "one from before",
                [
                    meeting_held(
                        "2024-05-27",
                        meeting_id="M2",
                        attendees=_HOUSING_CAME,
                        minutes_received_at="2024-05-28T09:00:00Z",
                    ),
                    _LEFT_OUT,
                ],
            ),
        )
    ),
    Scenario("R11", "minutes are due ten working days after it", given(_HELD), [_MINUTES_DUE]),
    Scenario(
        "R11",
        "taken on by a challenge that they have not come",
        given(_HELD, _CHALLENGED.but(ground="minutes-missing")),
        [],
    ),
    Scenario(
        "R11",
        "not by one about another meeting, or on another ground",
        given(_HELD, _CHALLENGED.but(ground="minutes-missing", about_ref="M2"), _CHALLENGED),
        [_MINUTES_DUE],
    ),
    Scenario(
        "R11",
        "counted from the meeting, whenever it came to be known",
        given(meeting_held("2024-06-03 10:00", known="2024-06-10")),
        [_MINUTES_DUE],
    ),
    Scenario("R11", "cleared when they come", given(_HELD, minutes_received()), []),
    Scenario(
        "R11",
        "not when those of another come",
        given(_HELD, minutes_received(meeting_id="M2")),
        [_MINUTES_DUE],
    ),
    Scenario(
        "R11",
        "not before it is known that they came",
        given(_HELD, minutes_received("2024-06-10", known="2024-06-20")).when_seen(
            known_on="2024-06-19"
        ),
        [_MINUTES_DUE],
    ),
    Scenario("R11", "cleared by closing the case", given(_HELD, _MISSED, case_closed()), []),
    Scenario(
        "R11",
        "a landlord may want them within a week",
        given(_HELD),
        [raised(due="2024-06-10 end")],
        ruled(_overridden("R11", "minutes_working_days", 5)),
    ),
]

SCENARIOS = [*_TO_COME, *_WITHOUT_HOUSING]
