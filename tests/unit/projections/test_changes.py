"""What changed between two days: added, learned late, corrected, and which rows say so."""

from datetime import date

from hypothesis import given as for_any
from hypothesis import strategies as st

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.times import end_of_day
from projections.action_plan import action_plan
from projections.catalogue import READ_MODELS
from projections.changes import Changes, changes_between, rows_changed
from projections.time_travel import PointOfView
from tests.support.histories import UNHURRIED, histories
from tests.support.stories import (
    action_agreed,
    event_corrected,
    incident_reported,
    information_received,
    meeting_held,
    reclassified,
    tell,
    the,
)

days = st.dates(date(2024, 1, 1), date(2024, 7, 31))

STORY = tell(
    incident_reported("2024-03-01", ref="incident", category="asb", narrative="Shouting."),
    action_agreed("2024-03-04", ref="agreed", due="2024-04-30"),
    information_received("2024-02-20", known="2024-03-08", ref="earlier-visits"),
    reclassified("2024-03-09", ref="reclassified", from_="asb", to="adult"),
    event_corrected(
        "2024-03-10",
        ref="wrong",
        target=the("agreed"),
        field="due",
        was="2024-04-30",
        now="2024-05-03",
    ),
    event_corrected(
        "2024-03-11",
        ref="right",
        target=the("wrong"),
        field="now",
        was="2024-05-03",
        now="2024-05-30",
    ),
    meeting_held("2024-03-15", ref="meeting"),
)


def between(earlier: str, later: str) -> Changes:
    return changes_between(STORY, date.fromisoformat(earlier), date.fromisoformat(later))


def refs(events: list[CaseEvent]) -> list[str]:
    return [event.source_event_id for event in events]


def test_what_happened_since_is_added_and_what_had_happened_was_learned_late() -> None:
    changes = between("2024-03-05", "2024-03-12")
    assert refs(list(changes.added)) == ["reclassified", "wrong", "right"]
    assert refs(list(changes.learned_late)) == ["earlier-visits"]


def test_a_corrected_event_is_told_before_and_after_with_all_that_corrected_it() -> None:
    (change,) = between("2024-03-05", "2024-03-12").corrected
    assert change.before.source_event_id == change.after.source_event_id == "agreed"
    due = (change.before.model_dump()["due"], change.after.model_dump()["due"])
    assert due == (date(2024, 4, 30), date(2024, 5, 30))
    assert refs(list(change.corrections)) == ["wrong", "right"]


def test_only_the_corrections_of_the_time_between_are_told() -> None:
    (change,) = [
        each
        for each in between("2024-03-10", "2024-03-12").corrected
        if each.before.source_event_id == "agreed"
    ]
    assert refs(list(change.corrections)) == ["right"]


def test_nothing_changes_while_nothing_becomes_known() -> None:
    assert between("2024-03-12", "2024-03-14") == Changes([], [], [])


def test_rows_that_differ_name_their_columns() -> None:
    (row,) = rows_changed(action_plan, STORY, date(2024, 3, 5), date(2024, 3, 12))
    assert row.key == "A1"
    assert "due" in row.columns
    (row,) = rows_changed(action_plan, STORY, date(2024, 3, 2), date(2024, 3, 5))
    assert (row.before, row.columns) == (None, ())
    assert row.after is not None


@UNHURRIED
@for_any(history=histories(), one_day=days, another=days)
def test_what_was_known_and_what_changed_make_up_what_is_known(
    history: list[CaseEvent], one_day: date, another: date
) -> None:
    earlier, later = sorted((one_day, another))
    changes = changes_between(history, earlier, later)
    then = corrected(PointOfView(earlier).visible(history))
    readings = {event.event_id: event for event in then}
    readings |= {change.after.event_id: change.after for change in changes.corrected}
    for event in (*changes.added, *changes.learned_late):
        assert event.event_id not in readings
        assert end_of_day(earlier) < event.known_at <= end_of_day(later) or _was_corrected(
            event, history
        )
        readings[event.event_id] = event
    now = corrected(PointOfView(later).visible(history))
    assert readings == {event.event_id: event for event in now}


def _was_corrected(event: CaseEvent, history: list[CaseEvent]) -> bool:
    """Whether its times read otherwise with all corrections, known by then or not."""
    reading = {each.event_id: each for each in corrected(history)}[event.event_id]
    return reading.known_at != event.known_at


@UNHURRIED
@for_any(history=histories(), one_day=days, another=days)
def test_unchanged_rows_and_changed_ones_make_up_every_read_model(
    history: list[CaseEvent], one_day: date, another: date
) -> None:
    earlier, later = sorted((one_day, another))
    for model in READ_MODELS.values():
        before = {
            model.key_of(row): row for row in model.fold(PointOfView(earlier).visible(history))
        }
        for change in rows_changed(model, history, earlier, later):
            assert before.pop(change.key, None) == change.before
            if change.after is not None:
                before[change.key] = change.after
        after = model.fold(PointOfView(later).visible(history))
        assert before == {model.key_of(row): row for row in after}
