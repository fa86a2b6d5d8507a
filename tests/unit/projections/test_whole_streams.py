"""Read models of whole streams pass over only what changes nothing in them."""

from typing import Any

import pytest
from hypothesis import given

from domain.events.envelope import CaseEvent
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from tests.support.histories import UNHURRIED, histories

SELECTIVE = [
    model
    for model in READ_MODELS.values()
    if model.reads_whole_streams and model._changed_by != (CaseEvent,)
]


def test_there_are_some() -> None:
    assert {model.name for model in SELECTIVE} >= {"barriers", "plans", "enquiries"}


@pytest.mark.parametrize("model", SELECTIVE, ids=lambda model: model.name)
@UNHURRIED
@given(history=histories(corrections=False))
def test_what_does_not_concern_it_changes_no_row(
    model: ReadModel[Any], history: list[CaseEvent]
) -> None:
    rows = model.fold(history[:1])
    for number, event in enumerate(history[1:], 2):
        after = model.fold(history[:number])
        assert model.is_changed_by(event) or after == rows
        rows = after
