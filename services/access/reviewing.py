"""Reads the chronology of a review: what is on record, and the layer that the review lays over it.

The layer is read as it is now, whatever the point of view and whichever days were granted: it says
what the review makes of the events, and is itself no part of what happened.
"""

from collections.abc import Sequence, Set
from typing import NamedTuple
from uuid import UUID

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.events.reviews import ChronologyEntryCurated, ChronologySubmitted, ReviewNotified
from domain.rules.history import History
from projections.chronology import chronology
from projections.chronology_row import ChronologyRow
from projections.reviews import ReviewRow, reviews
from projections.time_travel import PointOfView
from projections.timeline import timeline
from services.access.opened import Opened
from services.access.reading import OpenedReading
from services.review import CaseReview

_LAYER = (ReviewNotified, ChronologyEntryCurated, ChronologySubmitted)


class Chronology(NamedTuple):
    """What a review looks at, and every event of the case that has a place in it."""

    review: ReviewRow
    entries: Sequence[ChronologyRow]
    """In order of happening."""


class ReviewReading:
    """Reads the reviews of one case that was opened at the gate, and no more than was opened.

    It folds the case's own events, so that what was just recorded is in it.
    """

    def __init__(self, cases: CaseReview, reading: OpenedReading, opened: Opened) -> None:
        self._cases = cases
        self._reading = reading
        self._opened = opened

    def chronology(self, review_id: str, view: PointOfView) -> Chronology | None:
        """Return the chronology of a review from a point of view; None where there is no such."""
        events = self._cases.events(self._opened.case_ref)
        seen = self._seen(events, view)
        read = corrected([it for it in events if it.event_id in seen or _is_of(it, review_id)])
        if not any(isinstance(event, ReviewNotified) for event in read):
            return None
        history, policy = History(read), self._cases.policy()
        found = {row.review_id: row for row in reviews.fold_history(history, policy)}
        if review_id not in found:
            return None
        entries = chronology.fold_history(history, policy)
        return Chronology(
            found[review_id],
            [it for it in entries if it.review_id == review_id and it.event_id in seen],
        )

    def since(self, version: int) -> list[CaseEvent]:
        """Return what was recorded on the case after a version of it, as far as it is seen."""
        events = self._cases.events(self._opened.case_ref)
        seen = self._seen(events, PointOfView())
        return [
            event
            for event in events
            if event.version > version and (event.event_id in seen or isinstance(event, _LAYER))
        ]

    def _seen(self, events: Sequence[CaseEvent], view: PointOfView) -> Set[UUID]:
        if self._opened.scope is None and view.is_now:
            self._reading.check()
            return {event.event_id for event in events}
        return {row.event_id for row in self._reading.rows((timeline,), view)[timeline.name]}


def _is_of(event: CaseEvent, review_id: str) -> bool:
    return isinstance(event, _LAYER) and event.review_id == review_id
