"""What rows about a person or property have in common that say what each stream holds of them.

There is a row in every case, and in every file of a person or property, that has to do with them:
looked up over all streams, they are the whole history, from before any case too. A file that a
case was linked to is found by the link. Nothing of what it holds is rewritten.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import StreamKind
from domain.vocabulary.lifecycle import CaseRelation
from domain.vocabulary.protection import MarkerType
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification, Strand
from projections.case_state import case_state
from projections.case_state_row import CaseStatus
from projections.links import links_of
from projections.markers import MarkerRow
from projections.personal_columns import Reference
from projections.read_model import Row


class Link(Part):
    """Another case or file that a case is linked to."""

    other_ref: Reference[str]
    relation: CaseRelation
    since: datetime


class MarkerInForce(Part):
    """A warning marker that stands; not to be sent after `expires_on`."""

    marker_id: Reference[str]
    marker_type: MarkerType
    expires_on: date


class FileHistoryRow(Row):
    """What one stream holds of one person or property."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    kind: StreamKind
    """Whether it is a case, or the file of a person or property."""
    status: CaseStatus | None
    """Whether the case is open; this and the next four are None or empty for a file."""
    classification: Classification | None
    """What the case is treated as."""
    strands: tuple[Strand, ...]
    """Every strand that the case has had."""
    opened_at: datetime | None
    """When the first of what opened the case happened."""
    closed_at: datetime | None
    """When the case was closed; None while it is open."""
    stream_risk_level: RiskLevel | None
    """The latest assessment in the stream, whose ever risk it was, except that of visitors."""
    mentions: int
    """How many events name them, or link the case to their file."""
    first_mention_at: datetime
    """When the first of these happened."""
    last_mention_at: datetime
    """When the latest of them happened."""
    first_known_at: datetime
    """When the landlord first knew of any of them."""
    markers_in_force: tuple[MarkerInForce, ...]
    """The warning markers on them that stand."""
    links: tuple[Link, ...]
    """What the case is linked to: other cases, and files from before it."""


def columns_of_stream(file: History, policy: Policy) -> dict[str, Any]:
    """Return the columns that are the same for everyone whom a stream is about."""
    state = next(iter(case_state.fold_history(file, policy)), None)
    return {
        "case_id": file.recorded[0].case_id,
        "case_ref": file.ref,
        "kind": file.kind,
        "status": state.status if state else None,
        "classification": state.classification if state else None,
        "strands": state.strands if state else (),
        "opened_at": state.opened_at if state else None,
        "closed_at": state.closed_at if state else None,
        "stream_risk_level": file.risk_level,
        "links": tuple(_links(file)),
    }


def columns_of_mentions(events: Sequence[CaseEvent]) -> dict[str, Any]:
    """Return the columns that say when someone was mentioned, at least once."""
    happened = [event.occurred_at for event in events]
    return {
        "mentions": len(events),
        "first_mention_at": min(happened),
        "last_mention_at": max(happened),
        "first_known_at": min(event.known_at for event in events),
    }


def in_force(rows: Iterable[MarkerRow]) -> tuple[MarkerInForce, ...]:
    """Return those of these markers that stand."""
    return tuple(
        MarkerInForce(
            marker_id=row.marker_id, marker_type=row.marker_type, expires_on=row.expires_on
        )
        for row in rows
        if row.in_force
    )


def _links(file: History) -> Iterable[Link]:
    for link, undone in links_of(file):
        if undone is None:
            yield Link(other_ref=link.other_ref, relation=link.relation, since=link.occurred_at)
