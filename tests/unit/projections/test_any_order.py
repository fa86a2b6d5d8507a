"""Read models say the same of a case whatever order its events were admitted in.

Where times settle what came first, that is: of two facts dated alike the one recorded later holds.
"""

from collections.abc import Sequence
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.classification import Opening, first_classification
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import Reclassified
from projections.time_travel import PointOfView
from tests.support.arrivals import arrived, folds
from tests.support.histories import UNHURRIED, histories

OF_ARRIVAL = "carried_over"
"""Closing a case says of its open actions that they outlive it; only of those agreed by then."""

days = st.none() | st.dates(date(2024, 3, 1), date(2024, 4, 30))


@UNHURRIED
@given(history=histories(exact=True), data=st.data(), known_on=days)
def test_today_and_on_any_day(
    history: list[CaseEvent], data: st.DataObject, known_on: date | None
) -> None:
    assume(agree_on_what_it_was(history))
    otherwise = arrived(data.draw(st.permutations(history)))
    assume(len(otherwise) == len(history))
    view = PointOfView(known_on)
    assert folds(view.visible(otherwise), OF_ARRIVAL) == folds(view.visible(history), OF_ARRIVAL)


def agree_on_what_it_was(history: Sequence[CaseEvent]) -> bool:
    """Whether there is but one thing that the case can have been reclassified from.

    Else an order may be admitted that has it begin as another, and be reclassified from that.
    """
    openings = (event for event in history if isinstance(event, Opening))
    reclassified = any(isinstance(event, Reclassified) for event in history)
    return not reclassified or len({first_classification(event) for event in openings}) == 1
