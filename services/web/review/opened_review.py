"""A review of an opened case as its pages have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from fastapi import Request

from domain.access import Action
from domain.times import end_of_day
from domain.vocabulary.rights import AccessPurpose, RecordPart
from projections.chronology_row import ChronologyRow, Inclusion
from projections.contacts import Gap
from projections.masking import shown
from projections.reviews import ReviewRow
from projections.time_travel import PointOfView
from services.access import Asking, NotThere, Visitor
from services.access.reviewing import Chronology, ReviewReading
from services.api.context import Context
from services.web.case.asked import Seen
from services.web.case.opened_case import OpenedCase, opened_case
from services.web.case.sections import Section
from services.web.case.withheld import row_of
from services.web.listing import Address
from services.web.page import Link
from services.web.review.granted import workspace

_SECTION = Section("review", "Chronology", RecordPart.CHRONOLOGY, ())


@dataclass(frozen=True)
class OpenedReview:
    """One review, and the chronology of it as it may be shown."""

    case: OpenedCase
    review_id: str
    reading: ReviewReading
    found: Chronology

    @cached_property
    def review(self) -> ReviewRow:
        """What the review looks at, and by when the landlord's part is due."""
        return row_of(ReviewRow, shown(self.found.review, self.case.opened.masked))

    @property
    def gaps(self) -> list[Gap]:
        """The gaps in contact, as far as they could be told by then."""
        told_by = self.case.seen.view.known_on
        return [it for it in self.review.contact_gaps if told_by is None or it.until <= told_by]

    @cached_property
    def rows(self) -> list[ChronologyRow]:
        """Every entry, in order of happening."""
        return self._shown(self.found.entries)

    @cached_property
    def hindsight(self) -> list[ChronologyRow]:
        """What had happened by the day that is asked for and was known only later."""
        view = self.case.seen.view
        if view.known_on is None:
            return []
        limit = end_of_day(view.known_on)
        found = self.reading.chronology(self.review_id, PointOfView(recorded_by=view.recorded_by))
        late = (
            [it for it in found.entries if it.occurred_at <= limit < it.known_at] if found else []
        )
        return self._shown(late)

    @property
    def withheld(self) -> list[str]:
        """The classes of personal data that are held back, in words."""
        return sorted(each.label for each in self.case.opened.masked)

    @property
    def may_curate(self) -> bool:
        """Whether to offer it: never from another point of view than now."""
        return self.case.seen.view.is_now and self.case.may(Action.CURATE)

    @property
    def address(self) -> Address:
        """Where the workspace is, from the same point of view."""
        query = tuple(pair for pair in self.case.seen.query if pair[0] != "purpose")
        return Address(workspace(self.case.opened.case_id, self.review_id), query)

    @property
    def breadcrumbs(self) -> tuple[Link, ...]:
        """The way here."""
        here = workspace(self.case.opened.case_id, self.review_id)
        return (Link("Review", "/review"), Link(f"{self.review_id}", here))

    def entry(self, event_id: UUID) -> ChronologyRow:
        """Return an entry; raise `NotThere` where it has no place in the chronology."""
        for row in self.rows:
            if row.event_id == event_id:
                return row
        raise NotThere

    def next_undecided(self, place: int) -> ChronologyRow | None:
        """Return the next entry after a place that nobody decided about, from the first on again
        after the last."""
        waiting = [row for row in self.rows if row.include is Inclusion.UNDECIDED]
        return next((row for row in waiting if row.place > place), next(iter(waiting), None))

    def _shown(self, rows: Sequence[ChronologyRow]) -> list[ChronologyRow]:
        masked = self.case.opened.masked
        return [row_of(ChronologyRow, shown(row, masked)) for row in rows]


def open_review(
    request: Request,
    context: Context,
    visitor: Visitor,
    case_id: UUID,
    review_id: str,
    seen: Seen,
) -> OpenedReview:
    """Return a review of a case; raise `NotThere` where there is none for the visitor.

    Whoever comes here says by that what for.
    """
    seen = Seen(seen.view, seen.purpose or AccessPurpose.REVIEW)
    asking = Asking(
        action=Action.READ if seen.view.is_now else Action.TIME_TRAVEL,
        part=RecordPart.CHRONOLOGY,
        purpose=seen.purpose,
        known_on=seen.view.known_on,
        recorded_by=seen.view.recorded_by,
    )
    opened = context.gate.open(visitor, asking, case_id)
    of_case = context.reading(opened)
    reading = ReviewReading(context.review, of_case, opened)
    found = reading.chronology(review_id, seen.view)
    if found is None:
        raise NotThere
    case = opened_case(request, context, opened, _SECTION, seen, reading=of_case)
    return OpenedReview(case, review_id, reading, found)
