"""The timeline: every event of a case in one line, with its times and what was corrected in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.fields import Subject
from domain.events.integrity import EventCorrected
from domain.events.registry import EVENT_TYPES
from domain.events.rights import EventRedacted, RectificationDisputed
from domain.persons import persons_of
from domain.streams import ANY
from domain.vocabulary.record import Precision, Sensitivity
from projections.marks import (
    Corrections,
    Dispute,
    Redacted,
    chained,
    correction_of,
    dispute_of,
    first_redaction,
    target_of,
    withheld,
    without_redacted,
)
from projections.personal_columns import (
    Catalogued,
    EventAccount,
    Headline,
    Identity,
    Organisation,
    Post,
    Pseudonym,
    Reference,
    System,
)
from projections.read_model import ReadModel, Row


class TimelineRow(Row):
    """One event. Its columns read as corrected; `corrections` holds what stood there before."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "event_id"

    event_id: UUID
    """The event's identity."""
    version: int
    """The event's place in its case, in the order of recording."""
    type: Catalogued[str]
    """The event's name in the catalogue."""
    headline: Headline[str]
    """What happened, in one line without free text."""
    narrative: EventAccount[str | None] = None
    """The main free text of the event: the account, the reasons, the note."""
    occurred_at: datetime
    """When it happened; with a precision other than instant, the beginning of that period."""
    occurred_precision: Precision
    """How exactly that is known."""
    occurred_to: datetime | None = None
    """The end of the period, where it happened between two moments."""
    known_at: datetime
    """When the landlord first knew."""
    recorded_at: datetime
    """When this service took it in."""
    actor_id: Identity[str]
    """Who entered it at its source."""
    actor_role: Post[str]
    """As what they entered it."""
    actor_organisation: Organisation[str]
    """For which organisation they entered it."""
    source: System[str]
    """The system that published it."""
    source_event_id: Reference[str]
    """Its id in that system."""
    sensitivity: Sensitivity
    """Who may see it."""
    subjects: tuple[Subject, ...] = ()
    """The persons it is about, each in the role they had in it."""
    persons: Pseudonym[tuple[str, ...]] = ()
    """Everyone it is about or names, such as whom a risk assessment is of."""
    correlation_id: Reference[str | None] = None
    """What it belongs together with, as its source says."""
    causation_id: Reference[str | None] = None
    """What it was caused by, as its source says."""
    corrections: Corrections = ()
    """What was corrected in it, in the order of recording, and in those corrections in turn."""
    disputes: tuple[Dispute, ...] = ()
    """Who disagrees with it, with their statements, in the order of recording."""
    redacted: Redacted | None = None
    """The decision that what is personal in it is not to be read again; its text is gone here."""

    @property
    def late_by(self) -> timedelta:
        """How long after it happened the landlord knew; negative for what was foreseen."""
        return self.known_at - self.occurred_at


WIDEST_FIRST = (
    Precision.YEAR,
    Precision.MONTH,
    Precision.RANGE,
    Precision.APPROXIMATE,
    Precision.DAY,
    Precision.INSTANT,
)
"""The precisions of times, in the order in which such as begin together are shown."""
_PLACES = {precision: place for place, precision in enumerate(WIDEST_FIRST)}


def display_order(rows: Iterable[TimelineRow]) -> list[TimelineRow]:
    """Return `rows` in order of happening, every one of them.

    Periods are placed where they begin. Of those that begin together the wider comes first, so
    that "in March" stands above what is known of the first of March; of equally wide ones the
    one recorded first. Versions differ within a case, so no two rows compare equal.
    """
    return sorted(rows, key=_place)


def _place(row: TimelineRow) -> tuple[datetime, int, int]:
    return (row.occurred_at, _PLACES[row.occurred_precision], row.version)


timeline = ReadModel("timeline", 2, TimelineRow, streams=ANY)


def _entries(event: CaseEvent) -> Iterable[str]:
    target = target_of(event)
    own = str(event.event_id)
    return (own,) if target is None else (own, str(target))


@timeline.on(*EVENT_TYPES.values(), keys=_entries)
def _entered(row: TimelineRow | None, event: CaseEvent, key: str) -> TimelineRow | None:
    if target_of(event) is None or key == str(event.event_id):
        return _entry(event)
    return row and _marked(row, event)


def _marked(row: TimelineRow, event: CaseEvent) -> TimelineRow:
    changes: dict[str, object] = {}
    match event:
        case EventCorrected():
            changes["corrections"] = (*row.corrections, correction_of(event))
        case RectificationDisputed():
            changes["disputes"] = (*row.disputes, dispute_of(event))
        case EventRedacted():
            changes["redacted"] = first_redaction(row.redacted, event)
    return row.model_copy(update=changes)


@timeline.completed_by
def _with_whole_chains(rows: list[TimelineRow]) -> list[TimelineRow]:
    """Tell chains of corrections whole, and nothing of what was redacted."""
    of = {row.event_id: row.corrections for row in rows if row.corrections}
    redacted = {row.event_id for row in rows if row.redacted}
    return [_completed(row, of, redacted) for row in rows] if of or redacted else rows


def _completed(row: TimelineRow, of: dict[UUID, Corrections], redacted: set[UUID]) -> TimelineRow:
    whole = chained(row.corrections, of, redacted)
    changes: dict[str, object] = {
        "corrections": withheld(whole) if row.redacted else whole,
        "disputes": without_redacted(row.disputes, redacted),
    }
    if row.redacted:
        changes["narrative"] = None
    return row.model_copy(update=changes)


def _entry(event: CaseEvent) -> TimelineRow:
    return TimelineRow.of_known(
        {
            "case_id": event.case_id,
            "case_ref": event.case_ref,
            "event_id": event.event_id,
            "version": event.version,
            "type": event.type,
            "headline": event.headline(),
            "narrative": _account(event),
            "occurred_at": event.occurred_at,
            "occurred_precision": event.occurred_precision,
            "occurred_to": event.occurred_to,
            "known_at": event.known_at,
            "recorded_at": event.recorded_at,
            "actor_id": event.actor.id,
            "actor_role": event.actor.role,
            "actor_organisation": event.actor.organisation,
            "source": event.source,
            "source_event_id": event.source_event_id,
            "sensitivity": event.sensitivity,
            "subjects": event.subjects,
            "persons": persons_of(event),
            "correlation_id": event.correlation_id,
            "causation_id": event.causation_id,
        }
    )


def _account(event: CaseEvent) -> str | None:
    for field in event.ACCOUNT:
        text: str | None = getattr(event, field)
        if text:
            return text
    return event.narrative
