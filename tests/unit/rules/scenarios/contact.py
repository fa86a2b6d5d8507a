"""Contact: who cannot be engaged, is not seen, or is only written to."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    case_closed,
    communication_preference_recorded,
    contact_attempt_failed,
    contact_made,
    given,
    oversight_recorded,
    risk_assessed,
    support_offered,
    support_responded,
)
from tests.support.telling import NEIGHBOUR

_TWICE = (
    contact_attempt_failed("2024-03-01", ref="first"),
    support_offered("2024-03-08"),
    support_responded("2024-03-15", ref="second"),
)
_THRICE = (*_TWICE, contact_attempt_failed("2024-04-30", known="2024-05-01", ref="third"))

_INEFFECTIVE = communication_preference_recorded(
    "2024-03-01", written_ineffective=True, ref="preference"
)
_LETTERS = (
    contact_attempt_failed("2024-03-04", mode="letter", reason="no-reply", ref="first"),
    contact_made("2024-03-11", mode="letter", seen="no", ref="second"),
    contact_attempt_failed("2024-03-18", mode="letter", reason="no-reply", ref="third"),
)

SCENARIOS = [
    Scenario(
        "R15",
        "two failed attempts and a declined offer within 60 days",
        given(*_THRICE),
        [
            raised(
                since="2024-05-01",
                due="2024-05-01",
                effect="warning",
                because=["first", "second", "third"],
                item="person:tenant/no-contact",
            )
        ],
    ),
    Scenario("R15", "two are not three", given(*_TWICE), []),
    Scenario("R15", "not yet known", given(*_THRICE).when_seen(known_on="2024-04-30"), []),
    Scenario(
        "R15",
        "spread over 61 days",
        given(*_TWICE, contact_attempt_failed("2024-05-01")),
        [],
    ),
    Scenario(
        "R15",
        "a fourth attempt makes no other warning",
        given(*_THRICE, contact_attempt_failed("2024-05-02")),
        [raised(because=["first", "second", "third"])],
    ),
    Scenario("R15", "reached since", given(*_THRICE, contact_made("2024-05-02")), []),
    Scenario(
        "R15",
        "reached in between, as became known later",
        given(*_THRICE, contact_made("2024-03-10", known="2024-05-03")),
        [],
    ),
    Scenario(
        "R15",
        "reaching someone else does not help",
        given(*_THRICE, contact_made("2024-05-02", person=NEIGHBOUR)),
        [raised(due="2024-05-01")],
    ),
    Scenario(
        "R15",
        "the offer was taken up in the end",
        given(*_THRICE, support_responded("2024-05-02", response="accepted")),
        [],
    ),
    Scenario(
        "R15",
        "the attempts of three officers who did not say whom they were for",
        given(
            contact_attempt_failed("2024-03-01", person=None),
            contact_attempt_failed("2024-03-02", person=None),
            contact_attempt_failed("2024-03-03", person=None),
        ),
        [raised(item="no-contact")],
    ),
    Scenario(
        "R15",
        "the risk was assessed again, and a manager looked",
        given(
            *_THRICE,
            risk_assessed("2024-05-02", level="medium"),
            oversight_recorded("2024-05-03"),
        ),
        [],
    ),
    Scenario(
        "R15",
        "a manager looked, and nobody assessed the risk",
        given(*_THRICE, oversight_recorded("2024-05-03")),
        [raised(due="2024-05-01")],
    ),
    Scenario("R15", "cleared by closing the case", given(*_THRICE, case_closed()), []),
    Scenario(
        "R15",
        "at high risk and never seen",
        given(risk_assessed("2024-03-04", ref="risk"), risk_assessed("2024-03-11")),
        [
            raised(
                since="2024-03-04",
                due="2024-04-01 end",
                because=["risk"],
                effect="duty",
                item="person:tenant/not-seen",
            )
        ],
    ),
    Scenario(
        "R15",
        "at high risk, counted from when they were last seen",
        given(
            risk_assessed("2024-03-04", ref="risk"),
            contact_made("2024-03-11", ref="seen"),
            contact_made("2024-03-12", mode="phone", seen="no"),
        ),
        [raised(since="2024-03-11", due="2024-04-08 end", because=["risk", "seen"])],
    ),
    Scenario(
        "R15",
        "last seen long before the risk was high",
        given(contact_made("2024-01-02"), risk_assessed("2024-03-04")),
        [raised(since="2024-03-04", due="2024-03-04")],
    ),
    Scenario(
        "R15",
        "at medium risk, or only visitors are at risk",
        given(
            risk_assessed("2024-03-04"),
            risk_assessed("2024-03-11", level="medium"),
            risk_assessed("2024-03-12", tool="visitor"),
        ),
        [],
    ),
    Scenario(
        "R25",
        "three letters in a row to someone whom letters do not reach",
        given(_INEFFECTIVE, *_LETTERS),
        [
            raised(
                since="2024-03-18",
                due="2024-03-18",
                effect="warning",
                because=["preference", "first", "second", "third"],
            )
        ],
    ),
    Scenario("R25", "two letters", given(_INEFFECTIVE, *_LETTERS[:2]), []),
    Scenario(
        "R25",
        "a visit was tried, as became known later",
        given(_INEFFECTIVE, *_LETTERS, contact_attempt_failed("2024-03-12", known="2024-03-20")),
        [],
    ),
    Scenario(
        "R25",
        "which is not known yet",
        given(
            _INEFFECTIVE, *_LETTERS, contact_attempt_failed("2024-03-12", known="2024-03-20")
        ).when_seen(known_on="2024-03-19"),
        [raised(due="2024-03-18")],
    ),
    Scenario(
        "R25",
        "that the person rang is not an attempt of the landlord's",
        given(
            _INEFFECTIVE,
            *_LETTERS,
            contact_made("2024-03-12", mode="phone", direction="inbound", seen="no"),
        ),
        [raised(due="2024-03-18")],
    ),
    Scenario(
        "R25",
        "letters from before it was known that they do not get through",
        given(*_LETTERS, communication_preference_recorded("2024-03-19", written_ineffective=True)),
        [],
    ),
    Scenario(
        "R25",
        "letters get through after all",
        given(_INEFFECTIVE, *_LETTERS, communication_preference_recorded("2024-03-19")),
        [],
    ),
    Scenario("R25", "the case is closed", given(_INEFFECTIVE, *_LETTERS, case_closed()), []),
    Scenario(
        "R15",
        "reached before all that",
        given(contact_made("2024-02-20"), *_THRICE),
        [raised(because=["first", "second", "third"])],
    ),
    Scenario(
        "R15",
        "one offer that went unanswered and was then declined counts once",
        given(
            support_offered("2024-03-08"),
            support_responded("2024-03-10", response="no-reply"),
            support_responded("2024-03-15"),
            contact_attempt_failed("2024-03-20"),
        ),
        [],
    ),
    Scenario(
        "R15",
        "someone else took up an offer",
        given(
            *_THRICE,
            support_offered("2024-05-02", offer_id="S2", to=NEIGHBOUR),
            support_responded("2024-05-03", offer_id="S2", response="accepted"),
        ),
        [raised(because=["first", "second", "third"])],
    ),
    Scenario(
        "R15",
        "a manager looked long before",
        given(
            oversight_recorded("2024-02-20"),
            *_THRICE,
            risk_assessed("2024-05-02", level="medium"),
        ),
        [raised(due="2024-05-01")],
    ),
    Scenario(
        "R15",
        "the risk was assessed long before",
        given(
            risk_assessed("2024-02-20", level="medium"),
            *_THRICE,
            oversight_recorded("2024-05-02"),
        ),
        [raised(due="2024-05-01")],
    ),
    Scenario(
        "R15",
        "at high risk, and someone else was seen",
        given(risk_assessed("2024-03-04"), contact_made("2024-03-11", person=NEIGHBOUR)),
        [raised(due="2024-04-01 end")],
    ),
    Scenario(
        "R15", "at high risk, nobody knows who", given(risk_assessed("2024-03-04", person=None)), []
    ),
    Scenario(
        "R25",
        "messages are writing too",
        given(
            _INEFFECTIVE,
            _LETTERS[0],
            _LETTERS[1].but(mode="email"),
            _LETTERS[2].but(mode="text"),
        ),
        [raised(due="2024-03-18")],
    ),
    Scenario(
        "R25",
        "one of the letters went to someone else",
        given(_INEFFECTIVE, *_LETTERS[:2], _LETTERS[2].but(person=NEIGHBOUR)),
        [],
    ),
]
