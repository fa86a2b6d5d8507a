"""Warnings and legal steps: reviewed where the person turns out a victim, and prepared."""

from tests.support.judging import Scenario, raised
from tests.support.stories import (
    capacity_considered,
    case_closed,
    case_opened,
    communication_preference_recorded,
    concern_raised,
    enforcement_action_taken,
    enforcement_reviewed,
    given,
    hoarding_level_assessed,
    person_involved,
    reclassified,
    role_changed,
    triage_completed,
    warning_issued,
)
from tests.support.telling import NEIGHBOUR, TENANT, the

_CROMWOOD = (
    person_involved("2024-03-01"),
    warning_issued("2024-03-04", ref="warning"),
    role_changed("2024-03-12", ref="changed"),
)
_HOARDING = (
    hoarding_level_assessed("2024-03-04"),
    communication_preference_recorded("2024-03-05", ref="preference"),
    capacity_considered("2024-03-06"),
)
_POSSESSION = enforcement_action_taken("2024-03-20", ref="step", kind="possession")

SCENARIOS = [
    Scenario(
        "R8",
        "a tenant who was warned turns out to be a victim",
        given(*_CROMWOOD),
        [
            raised(
                since="2024-03-12",
                due="2024-03-14 end",
                because=["warning", "changed"],
                effect="duty",
            )
        ],
    ),
    Scenario("R8", "nobody is wronged before that is known", given(*_CROMWOOD[:2]), []),
    Scenario(
        "R8",
        "the news of it may come late",
        given(*_CROMWOOD[:2], role_changed("2024-03-12", known="2024-03-19")),
        [raised(since="2024-03-19", due="2024-03-21 end")],
    ),
    Scenario(
        "R8",
        "and is not there before",
        given(*_CROMWOOD[:2], role_changed("2024-03-12", known="2024-03-19")).when_seen(
            known_on="2024-03-18"
        ),
        [],
    ),
    Scenario(
        "R8",
        "a reclassification that makes a victim of who was warned, though the case is closed",
        given(
            person_involved("2024-03-01"),
            enforcement_action_taken("2024-03-04", ref="step"),
            reclassified(
                "2024-03-12",
                role_changes=(
                    {"person": TENANT, "was": "alleged-perpetrator", "now": "adult-at-risk"},
                ),
            ),
            case_closed("2024-03-13"),
        ),
        [raised(due="2024-03-14 end")],
    ),
    Scenario(
        "R8",
        "a warning that comes to light after the change",
        given(*_CROMWOOD[::2], warning_issued("2024-03-04", known="2024-04-02")),
        [raised(since="2024-04-02", due="2024-04-04 end")],
    ),
    Scenario(
        "R8",
        "cleared by the review",
        given(*_CROMWOOD, enforcement_reviewed("2024-03-13")),
        [],
    ),
    Scenario(
        "R8",
        "a review before the role changed clears nothing",
        given(*_CROMWOOD, enforcement_reviewed("2024-03-06")),
        [raised(because=["warning", "changed"])],
    ),
    Scenario(
        "R8",
        "the review of another step clears nothing",
        given(*_CROMWOOD, enforcement_reviewed("2024-03-13", action=the("another"))),
        [raised(because=["warning", "changed"])],
    ),
    Scenario(
        "R8",
        "someone known to be at risk who was warned all the same",
        given(person_involved("2024-03-01", role="adult-at-risk"), warning_issued("2024-03-04")),
        [],
    ),
    Scenario(
        "R8",
        "on the file of a person that has no case",
        given(*_CROMWOOD, stream="person:tenant"),
        [raised(due="2024-03-14 end")],
    ),
    Scenario(
        "R24",
        "possession sought over hoarding, with neither",
        given(_HOARDING[0], _POSSESSION),
        [raised(since="2024-03-20", due="2024-03-20", effect="stop", because=["step"])],
    ),
    Scenario(
        "R24",
        "possession sought over hoarding without thought for capacity, and the case closed",
        given(*_HOARDING[:2], _POSSESSION, case_closed()),
        [raised(effect="stop")],
    ),
    Scenario(
        "R24",
        "not knowing how to reach the person",
        given(_HOARDING[0], _HOARDING[2], _POSSESSION),
        [raised(effect="stop")],
    ),
    Scenario("R24", "with both before it", given(*_HOARDING, _POSSESSION), []),
    Scenario(
        "R24",
        "the capacity of someone else does not count",
        given(*_HOARDING[:2], capacity_considered("2024-03-06", person=NEIGHBOUR), _POSSESSION),
        [raised(effect="stop")],
    ),
    Scenario(
        "R24",
        "considered afterwards is not before it",
        given(*_HOARDING[:2], _POSSESSION, capacity_considered("2024-03-21")),
        [raised(effect="stop")],
    ),
    Scenario(
        "R24",
        "told afterwards, it was before it all the same",
        given(*_HOARDING[:2], _POSSESSION, capacity_considered("2024-03-06", known="2024-03-21")),
        [],
    ),
    Scenario(
        "R24",
        "stopped as long as that is not known",
        given(
            *_HOARDING[:2], _POSSESSION, capacity_considered("2024-03-06", known="2024-03-22")
        ).when_seen(known_on="2024-03-21"),
        [raised(effect="stop")],
    ),
    Scenario(
        "R24",
        "a reason for going ahead was given",
        given(_HOARDING[0], _POSSESSION.but(block_override_reason="Fire in the stairwell.")),
        [],
    ),
    Scenario(
        "R24",
        "reviewed since",
        given(_HOARDING[0], _POSSESSION, enforcement_reviewed("2024-03-22", action=the("step"))),
        [],
    ),
    Scenario("R24", "where nobody hoards", given(concern_raised("2024-03-01"), _POSSESSION), []),
    Scenario(
        "R24",
        "self-neglect, where a notice was recorded as a warning is",
        given(
            concern_raised("2024-03-01", abuse_types=("self-neglect",)),
            warning_issued("2024-03-20", kind="nosp"),
        ),
        [raised(due="2024-03-20")],
    ),
    Scenario(
        "R24",
        "a mere warning needs neither",
        given(_HOARDING[0], warning_issued("2024-03-20")),
        [],
    ),
    Scenario(
        "R8",
        "not seen as a victim any more",
        given(*_CROMWOOD, role_changed("2024-03-13", from_="victim", to="witness")),
        [],
    ),
    Scenario(
        "R8",
        "now seen in a role that puts nothing in doubt",
        given(*_CROMWOOD[:2], role_changed("2024-03-12", to="witness")),
        [],
    ),
    Scenario(
        "R8",
        "seen as a victim once more, after a time in which they were not",
        given(
            person_involved("2024-02-01", role="victim"),
            role_changed("2024-02-10", from_="victim", to="alleged-perpetrator"),
            *_CROMWOOD[1:],
        ),
        [raised(since="2024-03-12", due="2024-03-14 end")],
    ),
    Scenario(
        "R8",
        "what else is said of the person does not make it known",
        given(
            *_CROMWOOD[:2],
            role_changed("2024-03-12", known="2024-03-19"),
            person_involved("2024-03-13", role="neighbour"),
        ),
        [raised(since="2024-03-19", due="2024-03-21 end")],
    ),
    Scenario(
        "R24",
        "the capacity that the step itself refers to",
        given(*_HOARDING[:2], _POSSESSION.but(capacity_ref=the("considered"))),
        [],
    ),
    Scenario(
        "R24",
        "it says what is missing",
        given(_HOARDING[0], _POSSESSION),
        [
            raised(
                why="A legal step was taken over hoarding or self-neglect though the person's "
                "capacity to decide about it and how best to reach the person are not on record "
                "from before it; no reason for going ahead was given."
            )
        ],
    ),
    Scenario(
        "R24",
        "it says what alone is missing",
        given(_HOARDING[0], _HOARDING[2], _POSSESSION),
        [
            raised(
                why="A legal step was taken over hoarding or self-neglect though how best to reach "
                "the person is not on record from before it; no reason for going ahead was given."
            )
        ],
    ),
    *(
        Scenario(
            "R24", f"hoarding or self-neglect shown by {sign}", given(told, _POSSESSION), flags
        )
        for sign, told, flags in (
            ("a strand", concern_raised("2024-03-01", strands=("hoarding", "adult")), [raised()]),
            (
                "the opening",
                case_opened("2024-03-01", initial_classification="hoarding"),
                [raised()],
            ),
            (
                "the triage",
                triage_completed("2024-03-01", no_statutory_route="self-neglect"),
                [raised()],
            ),
            ("a triage of something else", triage_completed("2024-03-01"), []),
            ("somebody else's", _HOARDING[0].but(person=NEIGHBOUR), []),
            ("nobody's in particular", _HOARDING[0].but(person=None), [raised()]),
        )
    ),
]
