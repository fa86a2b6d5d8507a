"""Events of the person's own voice, and what waits for capacity to have been considered."""

import pytest

from domain.events.envelope import CaseEvent
from domain.events.voice import (
    AdvocateInvolved,
    CapacityConsidered,
    DesiredOutcomesRecorded,
    OutcomeFeedbackRecorded,
)
from domain.persons import named_in
from domain.streams import CASES, FILES
from domain.vocabulary.voice import CapacityOutcome, OutcomesAchieved, OutcomesAsked
from tests.support.admitting import CASE, on
from tests.support.shaping import headline, made, needed, refusal
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    advocate_involved,
    capacity_considered,
    concern_raised,
    consent_decided,
    consent_overridden,
    desired_outcomes_recorded,
    outcome_feedback_recorded,
)
from tests.support.tellers.enquiries import staff_allegation_raised

ON_CAPACITY = consent_overridden(grounds=("serious-crime", "capacity-lacking-or-doubtful"))
ON_STAFF = consent_overridden(grounds=("staff-implicated",))
DEPUTY = {"kind": "deputy", "person": "person:deputy"}


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (CapacityConsidered, {"person", "decision", "outcome", "basis", "assessed_by"}),
        (DesiredOutcomesRecorded, {"asked"}),
        (OutcomeFeedbackRecorded, {"achieved"}),
        (AdvocateInvolved, {"kind", "since"}),
    ],
)
def test_needs_no_more_than(event_type: type[CaseEvent], fields: set[str]) -> None:
    assert needed(event_type) == fields


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (capacity_considered(outcome="lacks"), "Capacity considered: lacks capacity"),
        (capacity_considered(), "Capacity considered: not in doubt"),
        (
            desired_outcomes_recorded(),
            "Desired outcomes: asked, and outcomes were expressed",
        ),
        (outcome_feedback_recorded(), "Outcomes partially achieved"),
        (
            outcome_feedback_recorded(achieved="fully", safer="yes"),
            "Outcomes fully achieved, feels safer",
        ),
        (
            outcome_feedback_recorded(achieved="not-achieved", safer="no"),
            "Outcomes not achieved, does not feel safer",
        ),
        (
            advocate_involved(kind="imca"),
            "Advocate involved: Independent mental capacity advocate (IMCA)",
        ),
    ],
)
def test_headline(told: Told, line: str) -> None:
    assert headline(told) == line


def test_capacity_is_never_standard() -> None:
    assert refusal(capacity_considered(sensitivity="standard")) == "not-restricted"
    made(capacity_considered(sensitivity="sealed"))


@pytest.mark.parametrize(
    "told",
    [
        capacity_considered(representative=DEPUTY),
        desired_outcomes_recorded(representative=DEPUTY),
        outcome_feedback_recorded(representative=DEPUTY),
        consent_decided(state="via-representative", representative=DEPUTY),
    ],
)
def test_a_representative_is_someone_whom_the_event_names(told: Told) -> None:
    assert named_in(made(told)) == (TENANT, "person:deputy")


def test_codes_are_those_of_the_collection() -> None:
    assert [*OutcomesAsked] == [
        "asked-expressed",
        "asked-none-expressed",
        "not-asked",
        "dont-know",
        "not-recorded",
    ]
    assert [*OutcomesAchieved] == ["fully", "partially", "not-achieved", "unknown"]
    assert [*CapacityOutcome] == ["has", "lacks", "unclear", "not-doubted"]


def test_capacity_and_advocates_may_lie_on_the_file_of_a_person() -> None:
    assert CapacityConsidered.STREAMS == AdvocateInvolved.STREAMS == FILES
    assert DesiredOutcomesRecorded.STREAMS == OutcomeFeedbackRecorded.STREAMS == CASES


class TestOverrideForWantOfCapacity:
    def test_waits_until_capacity_was_considered(self) -> None:
        on(CASE, concern_raised()).lets_wait(ON_CAPACITY, "CapacityConsidered")
        on(CASE, concern_raised(), capacity_considered()).admits(ON_CAPACITY)

    def test_of_a_person_waits_until_theirs_was(self) -> None:
        case = on(CASE, concern_raised(), capacity_considered(person=NEIGHBOUR))
        case.lets_wait(ON_CAPACITY.but(person=TENANT), "CapacityConsidered", TENANT)
        case.admits(ON_CAPACITY.but(person=NEIGHBOUR))

    def test_other_grounds_need_none(self) -> None:
        on(CASE, concern_raised()).admits(consent_overridden(grounds=("vital-interests",)))


class TestOverrideWhereStaffAreImplicated:
    def test_waits_for_the_allegation(self) -> None:
        on(CASE, concern_raised()).lets_wait(ON_STAFF, "StaffAllegationRaised")
        on(CASE, concern_raised(), staff_allegation_raised()).admits(ON_STAFF)

    def test_waits_for_both_where_capacity_is_a_ground_too(self) -> None:
        both = ON_STAFF.but(grounds=("staff-implicated", "capacity-lacking-or-doubtful"))
        case = on(CASE, concern_raised(), staff_allegation_raised())
        case.lets_wait(both, "CapacityConsidered")
        on(CASE, concern_raised(), capacity_considered()).lets_wait(both, "StaffAllegation")
