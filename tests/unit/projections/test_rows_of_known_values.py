"""Rows made of every event without validating them: every column is there and fits its type."""

from typing import Any

import pytest

from domain.events.registry import EVENT_TYPES
from projections.audit import audit
from projections.read_model import ReadModel
from projections.timeline import timeline
from tests.support.stories import TELLERS, given, id_of, incident_reported, source_of


@pytest.mark.parametrize("model", [audit, timeline], ids=lambda model: model.name)
@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_row_is_what_its_columns_read_as(model: ReadModel[Any], name: str) -> None:
    told = TELLERS[EVENT_TYPES[name]](ref="it")
    seen = given(incident_reported(), told).then(model)
    row = seen.at(id_of("it", source_of(told.event_type))).row
    assert list(dict(row)) == list(type(row).model_fields)
    assert type(row).model_validate(dict(row), strict=True) == row
