"""What is kept of a case's state reads back the same, and goes on from there."""

from functools import reduce

from hypothesis import given

from adapters.event_store.snapshots import decoded, encoded
from domain.case import CaseState, evolve, fold
from domain.events.envelope import CaseEvent
from tests.support.histories import UNHURRIED, histories


@UNHURRIED
@given(history=histories())
def test_a_state_reads_back_as_it_was(history: list[CaseEvent]) -> None:
    state = fold(history)
    assert decoded(encoded(state)) == state


@UNHURRIED
@given(history=histories(corrections=False))
def test_a_state_read_back_goes_on_as_the_case_does(history: list[CaseEvent]) -> None:
    half = len(history) // 2
    kept = decoded(encoded(fold(history[:half])))
    assert reduce(evolve, history[half:], kept) == fold(history)


def test_the_state_of_what_has_not_begun_reads_back() -> None:
    assert decoded(encoded(CaseState())) == CaseState()
