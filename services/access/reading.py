"""Reads what was opened at the gate, and no more of it than was opened."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from domain.access.standing import ReviewAccess
from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.latest import period_end
from domain.rules.history import History
from domain.times import end_of_day, start_of_day
from projections.changes import Changes, RowChange, changes_between, rows_changed
from projections.read_model import ReadModel
from projections.time_travel import NOW, PointOfView, hindsight
from services.access.gate import Opened
from services.review import CaseReview


class OpenedReading:
    """Answers questions about one opened case; a reviewer sees the days that were granted."""

    def __init__(self, review: CaseReview, opened: Opened) -> None:
        self._review = review
        self._ref = opened.case_ref
        self._scope = opened.scope

    def rows(
        self, models: Iterable[ReadModel[Any]], view: PointOfView = NOW
    ) -> dict[str, list[Any]]:
        """Return the case's rows in these read models, by name, from a point of view."""
        if self._scope is None:
            return self._review.rows_of(models, self._ref, view)
        read = corrected(view.visible(self._events()))
        if not read:
            return {model.name: [] for model in models}
        history, policy = History(read), self._review.policy()
        return {model.name: model.fold_history(history, policy) for model in models}

    def hindsight(self, view: PointOfView) -> list[CaseEvent]:
        """Return what had happened by the day of `view` but was known only later."""
        return hindsight(self._events(), view)

    def changes(self, earlier: date, later: date) -> Changes:
        """Return what became known after one day, up to the end of another."""
        return changes_between(self._events(), earlier, later)

    def rows_changed(
        self, models: Iterable[ReadModel[Any]], earlier: date, later: date
    ) -> dict[str, list[RowChange[Any]]]:
        """Return, by read model, the rows that differ between the two days."""
        events, policy = self._events(), self._review.policy()
        return {model.name: rows_changed(model, events, earlier, later, policy) for model in models}

    def missing(self, models: Iterable[ReadModel[Any]]) -> int:
        """Return how many events of the case the one of these read models that lags most lacks."""
        return max(self._review.missing(models, self._ref).values(), default=0)

    def _events(self) -> Sequence[CaseEvent]:
        events = self._review.events(self._ref)
        return events if self._scope is None else _within(events, self._scope)


def _within(events: Sequence[CaseEvent], scope: ReviewAccess) -> list[CaseEvent]:
    """Return the events that happened, or may have, within the days that were granted."""
    readings = zip(events, corrected(events), strict=True)
    return [event for event, reading in readings if _is_within(reading, scope)]


def _is_within(event: CaseEvent, scope: ReviewAccess) -> bool:
    if scope.scope_from and period_end(event) < start_of_day(scope.scope_from):
        return False
    return scope.scope_to is None or event.occurred_at <= end_of_day(scope.scope_to)
