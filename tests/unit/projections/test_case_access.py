"""For whom each case is closed or open: the same as its events say whenever someone asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.access.case_standing import case_standing
from domain.events.envelope import CaseEvent
from projections.case_access import CaseAccessRow, case_access
from projections.read_model import FOLDED_ANEW_AFTER
from tests.support.histories import UNHURRIED
from tests.support.stories import (
    CASE_REF,
    Told,
    case_allocated,
    case_opened,
    case_restricted,
    concern_raised,
    conflict_declared,
    conflict_ended,
    event_corrected,
    event_redacted,
    given,
    glass_broken,
    incident_reported,
    person_involved,
    restriction_lifted,
    tell,
    the,
)

OPENED = case_opened("2024-03-01", ref="opened")


class TestRows:
    def test_a_case_has_one_from_the_first_word_of_it(self) -> None:
        for opening in (incident_reported(), concern_raised(), case_opened(authority=None)):
            given(opening, person_involved()).then(case_access).has(
                case_ref=CASE_REF,
                authority=None,
                lead=None,
                team=(),
                allocated_at=None,
                is_restricted=False,
                named=(),
                conflicts=(),
            )

    def test_it_says_whose_the_case_is_and_for_whom(self) -> None:
        given(
            OPENED,
            case_allocated(lead="staff:12", team=("staff:14", "staff:13")),
            case_restricted(named=("staff:90", "staff:12"), owner="staff:90"),
            conflict_declared(staff="staff:15"),
        ).then(case_access).has(
            authority="E09000001",
            lead="staff:12",
            team=("staff:13", "staff:14"),
            is_restricted=True,
            named=("staff:12", "staff:90"),
            conflicts=(("C-1", "staff:15"),),
        )

    def test_a_restriction_that_was_lifted_names_nobody(self) -> None:
        given(OPENED, case_restricted(), restriction_lifted()).then(case_access).has(
            is_restricted=False, named=()
        )

    def test_it_is_as_known_then(self) -> None:
        story = given(OPENED, case_restricted("2024-03-05"), restriction_lifted("2024-03-09"))
        story.when_seen(known_on="2024-03-06").then(case_access).has(is_restricted=True)
        story.when_seen(known_on="2024-03-04").then(case_access).has(is_restricted=False)

    def test_a_conflict_on_the_landlords_stream_is_of_no_case(self) -> None:
        assert (
            given(conflict_declared(), stream="organisation:cromwood").then(case_access).rows == {}
        )


_staff = st.sampled_from(["staff:12", "staff:13", "staff:14"])
_staff_lists = st.lists(_staff, unique=True, max_size=2).map(tuple)
_days = st.dates(date(2024, 3, 1), date(2024, 3, 20)).map(str)
_conflicts = st.sampled_from(["C-1", "C-2"])
_refs = st.sampled_from([f"e-{version}" for version in range(1, 8)])
_corrected: Mapping[str, st.SearchStrategy[Any]] = {
    "lead": _staff,
    "team": _staff_lists.map(list),
    "authority": st.just("E09000002"),
    "occurred_at": _days.map(lambda day: f"{day}T09:00:00Z"),
}
_corrections = [
    st.builds(
        event_corrected, target=_refs.map(the), field=st.just(name), was=st.none(), now=values
    )
    for name, values in _corrected.items()
]
_told = st.one_of(
    st.builds(case_allocated, happened=_days, lead=_staff, team=_staff_lists),
    st.builds(case_opened, happened=_days, authority=st.sampled_from([None, "E09000003"])),
    st.builds(
        case_restricted, named=st.tuples(_staff, st.just("staff:90")), owner=st.just("staff:90")
    ),
    st.builds(conflict_declared, conflict_id=_conflicts, staff=_staff),
    st.builds(conflict_ended, conflict_id=_conflicts),
    st.sampled_from([restriction_lifted(), glass_broken(), person_involved()]),
    st.builds(event_redacted, target=_refs.map(the)),
    *_corrections,
)
"""One thing that may bear on who sees a case; a correction may fit nothing."""


def live(events: Sequence[CaseEvent]) -> CaseAccessRow | None:
    """The row as the projector keeps it: from event to event, anew after what reads others."""
    row: CaseAccessRow | None = None
    for number, event in enumerate(events, 1):
        if isinstance(event, FOLDED_ANEW_AFTER):
            row = next(iter(case_access.fold(events[:number])), None)
            continue
        for key in case_access.keys(event):
            row = case_access.evolve(row, event, key)
    return row


@UNHURRIED
@drawn(opening=st.sampled_from([incident_reported(), OPENED]), story=st.lists(_told, max_size=8))
def test_it_says_at_any_time_what_the_events_so_far_say(opening: Told, story: list[Told]) -> None:
    events = tell(opening, *story)
    row, standing = live(events), case_standing(events)
    assert row is not None
    assert (row.authority, row.lead, row.allocated_at) == (
        standing.authority,
        standing.lead,
        standing.allocated_at,
    )
    assert row.team == tuple(sorted(standing.team))
    assert row.is_restricted is (standing.restricted_to is not None)
    assert row.named == tuple(sorted(standing.restricted_to or ()))
    assert row.conflicts == standing.conflicts
    assert [row] == case_access.fold(events)
