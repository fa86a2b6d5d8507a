"""What holds for every read model, whatever happened in a case and whenever it was known."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.times import end_of_day, in_london
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from projections.time_travel import PointOfView
from projections.timeline import display_order, timeline
from tests.support.histories import UNHURRIED, histories

MODELS = list(READ_MODELS.values())
STEPWISE = [model for model in MODELS if not model.reads_whole_streams]
NAMES = list(READ_MODELS)

each_model = pytest.mark.parametrize("model", MODELS, ids=NAMES)
days = st.dates(date(2024, 1, 1), date(2024, 7, 31))


def keys(model: ReadModel[Any], events: Sequence[CaseEvent]) -> set[str]:
    return {model.key_of(row) for row in model.fold(events)}


@each_model
def test_says_what_each_column_means(model: ReadModel[Any]) -> None:
    columns = model.row.model_fields.items()
    unexplained = {name for name, column in columns if not column.description}
    assert unexplained <= set(Row.model_fields)


@UNHURRIED
@given(history=histories(), left_out=st.sets(st.integers(1, 25)))
def test_any_part_of_a_history_folds_to_rows_that_can_be_stored(
    history: list[CaseEvent], left_out: set[int]
) -> None:
    part = [event for event in history if event.version not in left_out]
    for model in MODELS:
        for row in model.fold(part):
            assert _stored_and_read(row) == row


def _stored_and_read(row: Row) -> BaseModel:
    return type(row).model_validate_json(row.model_dump_json())


@UNHURRIED
@given(history=histories(corrections=False))
def test_folding_event_by_event_comes_to_the_same_rows(history: list[CaseEvent]) -> None:
    for model in STEPWISE:
        rows: dict[str, Any] = {}
        for event in history:
            for key in model.keys(event):
                rows[key] = model.evolve(rows.get(key), event, key)
        assert [row for row in rows.values() if row is not None] == model.fold(history)


@UNHURRIED
@given(history=histories())
def test_each_row_is_kept_under_its_own_key(history: list[CaseEvent]) -> None:
    for model in STEPWISE:
        for event in history:
            for key in model.keys(event):
                row = model.evolve(None, event, key)
                assert row is None or model.key_of(row) == key


@UNHURRIED
@given(history=histories(), one_day=days, another=days)
def test_no_more_was_known_on_an_earlier_day(
    history: list[CaseEvent], one_day: date, another: date
) -> None:
    earlier, later = sorted((one_day, another))
    then = PointOfView(known_on=earlier).visible(history)
    afterwards = PointOfView(known_on=later).visible(history)
    for model in STEPWISE:
        concerned = {key for event in then for key in model.keys(event)}
        assert keys(model, then) <= keys(model, afterwards) & concerned


@UNHURRIED
@given(history=histories(), known_on=days)
def test_timeline_shows_all_that_was_known_and_nothing_else(
    history: list[CaseEvent], known_on: date
) -> None:
    rows = timeline.fold(PointOfView(known_on=known_on).visible(history))
    known = [event for event in corrected(history) if in_london(event.known_at).date() <= known_on]
    assert [row.event_id for row in rows] == [event.event_id for event in known]


@UNHURRIED
@given(history=histories(), recorded_by=days)
def test_case_state_as_recorded_holds_nothing_recorded_later(
    history: list[CaseEvent], recorded_by: date
) -> None:
    limit = end_of_day(recorded_by)
    for row in READ_MODELS["case_state"].fold(PointOfView(recorded_by=limit).visible(history)):
        assert row.last_recorded_at <= limit
        assert row.version == sum(event.recorded_at <= limit for event in history)


@UNHURRIED
@given(history=histories(), data=st.data())
def test_display_order_is_one_and_drops_nothing(
    history: list[CaseEvent], data: st.DataObject
) -> None:
    rows = timeline.fold(history)
    shown = display_order(data.draw(st.permutations(rows)))
    assert shown == display_order(rows)
    assert {row.version for row in shown} == {event.version for event in history}
    assert [row.occurred_at for row in shown] == sorted(row.occurred_at for row in rows)
