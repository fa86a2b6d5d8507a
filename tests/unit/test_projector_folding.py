"""Read models kept up to date page by page come to what folding the whole case comes to."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.read_store.feed import Placed
from domain.events.envelope import CaseEvent
from domain.rules.policy import STANDARD
from projections.catalogue import READ_MODELS
from projections.marks import WITHHELD
from projections.read_model import ReadModel
from services.projector.folding import PageFold, Stream
from tests.support.histories import UNHURRIED, histories
from tests.support.stories import (
    event_corrected,
    event_redacted,
    id_of,
    incident_reported,
    tell,
    the,
)


@UNHURRIED
@given(history=histories(), data=st.data())
def test_live_rows_are_those_of_a_rebuild(history: list[CaseEvent], data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 6), min_size=len(history), max_size=len(history)))
    pages = list(_pages(history, sizes))
    for model in READ_MODELS.values():
        assert _live(model, pages) == {model.key_of(row): row for row in model.fold(history)}


@pytest.mark.parametrize("name", ["timeline", "audit"])
def test_what_was_redacted_is_gone_from_what_it_corrected_too(name: str) -> None:
    told = tell(
        incident_reported(ref="incident", account="One thing."),
        event_corrected(
            ref="correction",
            target=the("incident"),
            field="account",
            was="One thing.",
            now="Another.",
        ),
        event_redacted(target=the("correction")),
    )
    model = READ_MODELS[name]
    live = _live(model, list(_pages(told, [1, 1, 1])))
    assert live == {model.key_of(row): row for row in model.fold(told)}
    (correction,) = live[str(id_of("incident"))].corrections
    assert correction.was == WITHHELD


def test_a_redaction_that_is_corrected_reads_as_corrected() -> None:
    told = tell(
        incident_reported(ref="incident"),
        event_redacted("2024-03-12", target=the("incident"), ref="redaction"),
        event_corrected(
            target=the("redaction"),
            field="occurred_at",
            was="2024-03-12T09:00:00Z",
            now="2024-03-11T09:00:00Z",
        ),
    )
    model = READ_MODELS["rights"]
    live = _live(model, list(_pages(told, [1, 1, 1])))
    assert live == {model.key_of(row): row for row in model.fold(told)}
    (row,) = live.values()
    assert (row.at.day, row.ended_at.day) == (11, 11)


def _pages(history: Sequence[CaseEvent], sizes: Sequence[int]) -> Iterator[list[Placed]]:
    placed = [Placed(at, event.case_id, event) for at, event in enumerate(history, 1)]
    for size in sizes:
        if placed:
            yield placed[:size]
            placed = placed[size:]


def _streams(stream: Sequence[Placed]) -> dict[UUID, Stream]:
    return {stream[-1].case_id: Stream.of(stream)}


def _live(model: ReadModel[Any], pages: Sequence[Sequence[Placed]]) -> dict[str, Any]:
    rows: dict[Any, Any] = {}
    stream: list[Placed] = []
    for page in pages:
        stream += page
        fold = PageFold(model, set(), STANDARD)
        changed = fold.fold(fold.steps(page, _streams(stream)), rows)
        rows |= changed
        for case_id in fold.anew:
            anew = fold.fold_anew(Stream.of(stream))
            assert anew is not None
            rows = {(case_id, model.key_of(row)): row for row in anew}
        assert not fold.failures
    return {key: row for (_, key), row in rows.items() if row is not None}
