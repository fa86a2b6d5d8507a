"""What is left undecoded because it was known or recorded later would not have been in view."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.event_store.glance import perhaps_in_view
from adapters.event_store.mapper import CaseEventMapper
from domain.events.envelope import CaseEvent
from projections.time_travel import PointOfView
from tests.support.histories import UNHURRIED, histories
from tests.support.stories import concern_raised, event_corrected, moment, person_involved, the
from tests.support.telling import tell

MAPPER = CaseEventMapper()

days = st.dates(date(2024, 2, 28), date(2024, 4, 30))
moments = st.datetimes(
    moment("2024-02-28").replace(tzinfo=None), moment("2024-04-30").replace(tzinfo=None)
).map(lambda naive: naive.replace(tzinfo=moment("2024-03-01").tzinfo))


def read(events: list[CaseEvent], view: PointOfView) -> list[CaseEvent]:
    """The events that are decoded for a point of view."""
    stored = [MAPPER.to_stored_event(event) for event in events]
    kept = perhaps_in_view(stored, view.known_by, view.recorded_by)
    return [MAPPER.to_domain_event(each) for each in kept]


@UNHURRIED
@given(
    history=histories(),
    known_on=st.none() | days,
    recorded_by=st.none() | moments,
)
def test_nothing_in_view_is_left_out(
    history: list[CaseEvent], known_on: date | None, recorded_by: datetime | None
) -> None:
    view = PointOfView(known_on, recorded_by)
    assert view.visible(read(history, view)) == view.visible(history)


def test_what_was_known_later_is_not_decoded() -> None:
    early, late = concern_raised("2024-03-01"), person_involved("2024-03-09")
    events = list(tell(early, late))
    assert read(events, PointOfView(date(2024, 3, 5))) == events[:1]
    assert read(events, PointOfView(date(2024, 3, 9))) == events


def test_what_was_recorded_later_is_not_decoded() -> None:
    events = list(tell(concern_raised("2024-03-01"), person_involved("2024-03-02")))
    by_the_first = events[0].recorded_at
    assert read(events, PointOfView(recorded_by=by_the_first - timedelta(days=1))) == []
    assert read(events, PointOfView(recorded_by=events[1].recorded_at)) == events


def test_a_correction_may_have_moved_when_anything_was_known() -> None:
    late = person_involved("2024-03-09")
    events = list(tell(concern_raised("2024-03-01"), late))
    now = "2024-03-02T09:00:00Z"
    was = events[1].known_at.isoformat().replace("+00:00", "Z")
    correction = event_corrected(
        "2024-03-10", target=the(events[1].source_event_id), field="known_at", was=was, now=now
    )
    events = list(tell(concern_raised("2024-03-01"), late, correction))
    view = PointOfView(date(2024, 3, 5))
    assert read(events, view) == events
    assert [event.type for event in view.visible(events)] == ["ConcernRaised", "PersonInvolved"]


def test_a_text_that_looks_like_a_moment_is_not_taken_for_one() -> None:
    text = 'He wrote: ","known_at":"2099-01-01T00:00:00Z" and left.'
    events = list(tell(concern_raised("2024-03-01", narrative=text)))
    assert read(events, PointOfView(date(2024, 3, 5))) == events
