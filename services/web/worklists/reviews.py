"""What is to be looked at again: the risk in a case, a plan, a marker; or what a review is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from adapters.read_store.worklists import ReviewKind
from projections.case_state import case_state
from projections.markers import markers
from projections.plans import plans
from projections.read_model import ReadModel
from projections.reviews import reviews
from services.web.choices import Choice
from services.web.listing import Address
from services.web.page import Link
from services.web.wording import label
from services.web.worklists.lines import CaseOf, Due, case_of, due_on
from services.web.worklists.looking import Found, Looking

REVIEW_DAYS = 7
"""How many days ahead a review counts as due, unless more are asked for."""

UNTIL = Choice(
    "until",
    "Due",
    {"late": "Late already", "month": "In the next 30 days", "quarter": "In the next 90 days"},
    "radios",
)
_DAYS = {"late": -1, "month": 30, "quarter": 90}

REVIEW_MODELS: Mapping[ReviewKind, ReadModel[Any]] = {
    "risk": case_state,
    "plan": plans,
    "marker": markers,
    "review": reviews,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of review."""

    code: ReviewKind
    title: str
    of: str
    """What is looked at, as the column says."""
    section: str
    """Where in the case it is."""
    nothing: str

    def link(self, address: Address) -> Link:
        """Return the link to the list of these."""
        return Link(self.title, str(address.having(kind=self.code)))


KINDS: Mapping[ReviewKind, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "risk", "Risk assessments", "Risk now", "risk", "No risk assessment is due for review"
        ),
        Kind(
            "plan",
            "Safeguarding plans",
            "Plan",
            "actions",
            "No safeguarding plan is due for review",
        ),
        Kind("marker", "Warning markers", "Marker", "risk", "No warning marker is due for review"),
        Kind("review", "Reviews that look back", "Review", "", "Nothing is owed to a review"),
    )
}


class ReviewLine(NamedTuple):
    """Something to look at again."""

    case: CaseOf
    what: str
    due: Due


def horizon(asked: str, today: date) -> date:
    """Return until which day what is due is asked for."""
    return today + timedelta(days=_DAYS.get(asked, REVIEW_DAYS))


def review_lines(kind: ReviewKind, found: Found[Any], looking: Looking) -> Sequence[ReviewLine]:
    """Return the lines of a page of reviews of one kind."""
    heads = looking.heads(found)
    return [
        ReviewLine(
            case=case_of(row.case_id, row.case_ref, heads.get(row.case_id), looking),
            what=_what(kind, row),
            due=due_on(_due(kind, row), looking.today),
        )
        for row in (each.row for each in found.seen)
    ]


def _what(kind: ReviewKind, row: Any) -> str:
    match kind:
        case "risk":
            return label(row.risk_level) if row.risk_level else "Not assessed"
        case "plan":
            return (
                f"{row.plan_id}, looked at {row.review_count} times"
                if row.review_count != 1
                else f"{row.plan_id}, looked at once"
            )
        case "marker":
            return label(row.marker_type)
        case _:
            return f"{label(row.review_type)}: {row.commissioner}"


def _due(kind: ReviewKind, row: Any) -> date:
    columns = {
        "risk": "risk_review_due",
        "plan": "review_due",
        "marker": "expires_on",
        "review": "due",
    }
    due = getattr(row, columns[kind])
    assert isinstance(due, date)  # rows without one are not asked for
    return due
