"""Reads what was opened at the gate, and no more of it than was opened.

Whatever the gate decided, the database has the last word: of a case that it does not show to the
visitor nothing is read, be it rows or events. Only where it cannot know yet, the gate's word holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from pydantic_core import to_json

from adapters.read_store.reach import reach_of
from adapters.read_store.reader import ReadStore
from adapters.read_store.reading_as import ShownRows
from domain.access.standing import ReviewAccess
from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.latest import period_end
from domain.rules.history import History
from domain.times import end_of_day, start_of_day
from domain.vocabulary.record import PersonalClass
from projections.case_access import case_access
from projections.changes import Changes, RowChange, changes_between, rows_changed
from projections.marks import target_of
from projections.masking import shown
from projections.read_model import ReadModel
from projections.time_travel import NOW, PointOfView, hindsight
from projections.timeline import display_order, timeline
from services.access.opened import Opened
from services.access.shown_before import ShownBefore, WhatWasShown, does_not_change
from services.access.visitor import NotThere
from services.review import CaseReview

_log = structlog.get_logger(__name__)


class Shown(NamedTuple):
    """Rows of a case as they are shown to somebody."""

    rows: Mapping[str, bytes]
    """By read model, a JSON array."""
    missing: int
    """How many events of the case are not in them yet; nothing is missing from another view."""


class OpenedReading:
    """Answers questions about one opened case; a reviewer sees the days that were granted."""

    def __init__(
        self,
        review: CaseReview,
        read_store: ReadStore,
        opened: Opened,
        now: datetime,
        before: ShownBefore,
    ) -> None:
        self._review = review
        self._before = before
        self._version = opened.version
        self._case_id = opened.case_id
        self._ref = opened.case_ref
        self._position = opened.position
        self._scope = opened.scope
        broken = [opened.case_id] if opened.in_emergency else []
        self._theirs = read_store.reading_as(reach_of(opened.standing, now, broken))

    def rows(
        self, models: Iterable[ReadModel[Any]], view: PointOfView = NOW
    ) -> dict[str, list[Any]]:
        """Return the case's rows in these read models, by name, from a point of view."""
        if self._scope is None and view.is_now:
            found = self._theirs.rows_of_case(models, self._case_id, self._ref)
            if found is not None:
                return found
            self._check_not_shown()
            return self._review.rows_of(models, self._ref)
        if self._scope is None:
            self.check()
            return self._review.rows_of(models, self._ref, view)
        read = corrected(view.visible(self._events))
        if not read:
            return {model.name: [] for model in models}
        history, policy = History(read), self._review.policy()
        return {model.name: model.fold_history(history, policy) for model in models}

    def shown(
        self,
        models: Sequence[ReadModel[Any]],
        masked: frozenset[PersonalClass],
        view: PointOfView = NOW,
    ) -> Shown:
        """Return the case's rows as they are shown, in the order in which they are."""
        if self._scope is None and view.is_now:
            return self._shown_as_of_now(tuple(models), masked)
        missing = self.missing((*models, case_access)) if view.is_now else 0
        return Shown(self._written(models, masked, self.rows(models, view)), missing)

    def _shown_as_of_now(
        self, models: tuple[ReadModel[Any], ...], masked: frozenset[PersonalClass]
    ) -> Shown:
        names = tuple(model.name for model in models)
        what = WhatWasShown(self._case_id, self._version, names, masked)
        before = self._before.get(what)
        if before is not None and self._is_up_to_date(models):
            return Shown(before, 0)
        found = self._shown_by_database(models, masked)
        elements = found.elements if found else dict.fromkeys(names)
        told = {name: f"[{text}]".encode() for name, text in elements.items() if text is not None}
        left = [model for model in models if elements[model.name] is None]
        if left:
            told |= self._written(left, masked, self.rows(left))
        rows = {name: told[name] for name in names}
        if found is None or found.taken_in < self._position:
            return Shown(rows, self.missing((*models, case_access)))
        if does_not_change(models):
            self._before.keep(what, rows)
        return Shown(rows, 0)

    def _is_up_to_date(self, models: tuple[ReadModel[Any], ...]) -> bool:
        """Whether the database shows the case to the visitor, and the rows have all its events."""
        taken_in = self._theirs.taken_in(models, self._case_id, self._ref)
        return taken_in is not None and taken_in >= self._position

    def _written(
        self,
        models: Iterable[ReadModel[Any]],
        masked: frozenset[PersonalClass],
        rows: Mapping[str, list[Any]],
    ) -> dict[str, bytes]:
        told = {}
        for model in models:
            in_order = display_order(rows[model.name]) if model is timeline else rows[model.name]
            told[model.name] = to_json([shown(row, masked) for row in in_order])
        return told

    def _shown_by_database(
        self, models: Sequence[ReadModel[Any]], masked: frozenset[PersonalClass]
    ) -> ShownRows | None:
        found = self._theirs.shown_of_case(models, masked, self._case_id, self._ref)
        if found is None:
            self._check_not_shown()
        return found

    def hindsight(self, view: PointOfView) -> list[CaseEvent]:
        """Return what had happened by the day of `view` but was known only later."""
        return hindsight(self._events, view)

    def changes(self, earlier: date, later: date) -> Changes:
        """Return what became known after one day, up to the end of another."""
        return changes_between(self._events, earlier, later)

    def rows_changed(
        self, models: Iterable[ReadModel[Any]], earlier: date, later: date
    ) -> dict[str, list[RowChange[Any]]]:
        """Return, by read model, the rows that differ between the two days."""
        events, policy = self._events, self._review.policy()
        return {model.name: rows_changed(model, events, earlier, later, policy) for model in models}

    def check(self) -> None:
        """Raise `NotThere` where the database knows the case and does not show it."""
        if not self._theirs.sees(self._case_id, self._ref):
            self._check_not_shown()

    def _check_not_shown(self) -> None:
        """Raise `NotThere`, unless the database cannot know yet for whom the case is.

        The gate decided by the events there are; where the read model lags behind them, as while
        projectors stand still, nobody is kept from a case for that.
        """
        if not self.missing([case_access]):
            _log.error("opened_but_not_shown")
            raise NotThere

    def missing(self, models: Iterable[ReadModel[Any]]) -> int:
        """Return how many events of the case the one of these read models that lags most lacks."""
        return max(self._review.missing(models, self._ref).values(), default=0)

    @cached_property
    def _events(self) -> Sequence[CaseEvent]:
        """The events that were opened; read once, as all that is read here is of one request."""
        self.check()
        events = self._review.events(self._ref)
        return events if self._scope is None else _within(events, self._scope)


def _within(events: Sequence[CaseEvent], scope: ReviewAccess) -> list[CaseEvent]:
    """Return the events that happened, or may have, within the days that were granted.

    What corrects, disputes or redacts one of them goes with it, whenever that was: else it would
    be read as nobody reads it any more.
    """
    within: dict[UUID, CaseEvent] = {}
    for event, reading in zip(events, corrected(events), strict=True):
        if _is_within(reading, scope) or target_of(event) in within:
            within[event.event_id] = event
    return list(within.values())


def _is_within(event: CaseEvent, scope: ReviewAccess) -> bool:
    if scope.scope_from and period_end(event) < start_of_day(scope.scope_from):
        return False
    return scope.scope_to is None or event.occurred_at <= end_of_day(scope.scope_to)
