"""Answers a reviewer's questions about one case: as it stands, or from another point of view."""

from collections.abc import Sequence
from typing import Any, TypeVar

from adapters.event_store.application import Cases
from adapters.read_store.reader import ReadStore
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from projections.read_model import ReadModel, Row
from projections.time_travel import NOW, PointOfView, hindsight

R = TypeVar("R", bound=Row)


class CaseReview:
    """Reads one case in any read model, now or as it was known or recorded.

    Now comes from the read store; every other view is folded from the case's own events with the
    same function, and needs nothing else.
    """

    def __init__(self, cases: Cases, read_store: ReadStore) -> None:
        self._cases = cases
        self._read_store = read_store

    def rows(self, model: ReadModel[R], case_ref: str, view: PointOfView = NOW) -> list[R]:
        """Return the case's rows in `model` from `view`; none where nothing is seen of it."""
        if view.is_now:
            return self._read_store.rows_of_case(model, case_id_of(case_ref))
        return model.fold(view.visible(self.events(case_ref)))

    def hindsight(self, case_ref: str, view: PointOfView) -> list[CaseEvent]:
        """Return what had happened by the day of `view` but was known only later."""
        return hindsight(self.events(case_ref), view)

    def exists(self, case_ref: str) -> bool:
        """Tell whether there is any event of the case."""
        return bool(self.events(case_ref))

    def events(self, case_ref: str) -> Sequence[CaseEvent]:
        """Return all events of the case, as recorded."""
        case_id = case_id_of(case_ref)
        return self._cases.streams([case_id]).get(case_id, [])

    def register(self, model: ReadModel[Any], *, limit: int) -> list[Any]:
        """Return up to `limit` rows of a read model over all cases, by case reference."""
        return self._read_store.every_row(model, limit=limit)
