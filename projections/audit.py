"""The audit trail: who entered what, when, from which system; who changed or read what, and why.

It is told in the order of recording, the column `version`; what happened is told by the timeline.
"""

from collections.abc import Container, Iterable
from datetime import timedelta
from functools import singledispatch
from typing import Any
from uuid import UUID

from domain.events.access import ExportProduced, RecordAccessed
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.registry import EVENT_TYPES
from domain.events.rights import EventRedacted, PersonDataErased, RectificationDisputed
from domain.streams import ANY
from projections.audit_row import AuditAction, AuditRow
from projections.event_row import told_by
from projections.marks import correction_of, target_of, withheld
from projections.read_model import ReadModel

_HOUR = timedelta(hours=1)


audit = ReadModel("audit", 1, AuditRow, streams=ANY)


def _acts(event: CaseEvent) -> Iterable[str]:
    target = target_of(event)
    own = str(event.event_id)
    return (own,) if target is None else (own, str(target))


@audit.on(*EVENT_TYPES.values(), keys=_acts)
def _acted(row: AuditRow | None, event: CaseEvent, key: str) -> AuditRow | None:
    if target_of(event) is None or key == str(event.event_id):
        return _act(event)
    return row and _touched(row, event)


def _touched(row: AuditRow, event: CaseEvent) -> AuditRow:
    changes: dict[str, object] = {}
    match event:
        case EventCorrected():
            changes["corrections"] = (*row.corrections, correction_of(event))
        case RectificationDisputed():
            changes["disputes"] = row.disputes + 1
        case EventRedacted():
            changes["is_redacted"] = True
    return row.model_copy(update=changes)


@audit.completed_by
def _without_what_was_redacted(rows: list[AuditRow]) -> list[AuditRow]:
    """Tell neither what a redacted event said nor what was corrected in it."""
    redacted = {row.event_id for row in rows if row.is_redacted}
    return [_readable(row, redacted) for row in rows] if redacted else rows


def _readable(row: AuditRow, redacted: Container[UUID]) -> AuditRow:
    gone: dict[str, object] = {}
    if row.event_id in redacted:
        gone = {"reason": None, "corrections": withheld(row.corrections)}
    else:
        kept = [
            withheld([each])[0] if each.event_id in redacted else each for each in row.corrections
        ]
        gone["corrections"] = tuple(kept)
    if row.event_id in redacted or row.target in redacted:
        gone |= {"was": None, "now": None}
    return row.model_copy(update=gone)


def _act(event: CaseEvent) -> AuditRow:
    other = event.on_behalf_of
    return AuditRow.of_known(
        {
            **told_by(event),
            "version": event.version,
            "type": event.type,
            "schema_version": event.schema_version,
            "headline": event.headline(),
            "actor_role": event.actor.role,
            "actor_organisation": event.actor.organisation,
            "actor_kind": event.actor.kind,
            "on_behalf_of": other and other.id,
            "on_behalf_of_organisation": other and other.organisation,
            "source": event.source,
            "source_event_id": event.source_event_id,
            "correlation_id": event.correlation_id,
            "causation_id": event.causation_id,
            "evidence_count": len(event.evidence),
            "known_after_hours": (event.known_at - event.occurred_at) // _HOUR,
            "recorded_after_hours": (event.recorded_at - event.known_at) // _HOUR,
            "target": target_of(event),
            **_particulars(event),
        }
    )


@singledispatch
def _particulars(event: CaseEvent) -> dict[str, Any]:
    return {"action": AuditAction.RECORDED}


@_particulars.register
def _(event: EventCorrected) -> dict[str, Any]:
    made = correction_of(event)
    return {
        "action": AuditAction.CORRECTED,
        "field": made.field,
        "was": made.was,
        "now": made.now,
        "reason": made.reason,
        "said_by": made.by,
    }


@_particulars.register
def _(event: RectificationDisputed) -> dict[str, Any]:
    return {"action": AuditAction.DISPUTED, "field": event.field, "said_by": event.by}


@_particulars.register
def _(event: EventRedacted) -> dict[str, Any]:
    return {"action": AuditAction.REDACTED, **_destroyed(event)}


@_particulars.register
def _(event: PersonDataErased) -> dict[str, Any]:
    return {"action": AuditAction.ERASED, **_destroyed(event)}


def _destroyed(event: EventRedacted | PersonDataErased) -> dict[str, Any]:
    return {"lawful_reason": event.lawful_reason, "approvals": event.approvals}


@_particulars.register
def _(event: RecordAccessed) -> dict[str, Any]:
    return {"action": AuditAction.READ, **_access(event)}


@_particulars.register
def _(event: ExportProduced) -> dict[str, Any]:
    return {
        "action": AuditAction.EXPORTED,
        "format": event.format,
        "sha256": event.sha256,
        "recipient": event.recipient,
        **_access(event),
    }


def _access(event: RecordAccessed | ExportProduced) -> dict[str, Any]:
    return {
        "about": event.about,
        "what": event.what,
        "why": event.why,
        "reason": event.reason,
        "break_glass": event.break_glass,
    }
