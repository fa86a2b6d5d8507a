"""The cases that someone may review, each with the reviews that look back on it."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from adapters.read_store.reading_as import rows_in
from adapters.read_store.reviews import latest_reviews, states_of
from domain.access.asking import review_access
from domain.access.standing import ReviewAccess
from domain.streams import StreamKind, stream_kind
from domain.vocabulary.access import Role
from domain.vocabulary.rights import AccessPurpose
from projections.case_state import case_state
from projections.reviews import ReviewRow, reviews
from services.access import Visitor
from services.api.asked import Why
from services.api.context import Context
from services.api.lists.paging import Lister

MOST = 200
"""How many reviews are listed; a landlord has a few a year."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A review of a case, or a case that was granted and of which no review was notified."""

    case_id: UUID
    case_ref: str
    review: ReviewRow | None
    access: ReviewAccess | None
    """What was granted of the case, where that is by what it is seen."""

    @property
    def href(self) -> str | None:
        """Where its workspace is."""
        return workspace(self.case_id, self.review.review_id) if self.review else None


def workspace(case_id: UUID, review_id: str) -> str:
    """Return where the workspace of a review is."""
    return f"/review/{case_id}/{quote(review_id, safe='/:')}"


def listed(context: Context, visitor: Visitor) -> list[Listed]:
    """Return what someone may review, the review that was due last first."""
    lister, now = Lister(context, visitor, Why(AccessPurpose.REVIEW)), context.clock()
    who = context.gate.standing(visitor)
    granted = {case for each in who.reviews if each.in_force_at(now) for case in each.cases}
    wanted = granted if Role.REVIEWER in who.roles(now) else set()
    of_reviews, of_cases = lister.reader.ask(latest_reviews(MOST), states_of(wanted))
    found = [
        row for row in rows_in(reviews, of_reviews) if stream_kind(row.case_ref) is StreamKind.CASE
    ]
    states = list(rows_in(case_state, of_cases))
    passing = lister.passing(list({row.case_id for row in (*found, *states)}))
    reviewed = {row.case_id for row in found}

    def access(case_id: UUID) -> ReviewAccess | None:
        return review_access(who, case_id, now) if case_id in wanted else None

    return [
        *(
            Listed(row.case_id, row.case_ref, row, access(row.case_id))
            for row in found
            if row.case_id in passing
        ),
        *(
            Listed(row.case_id, row.case_ref, None, access(row.case_id))
            for row in states
            if row.case_id in passing and row.case_id not in reviewed
        ),
    ]
