"""Who asked for a case, what someone asked for themselves, and what others are told of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import ConfigDict

from adapters.access_store.records import AccessRecord
from domain.access import Action
from domain.events.access import ExportProduced, RecordAccessed
from domain.events.envelope import OWN_SOURCE
from domain.frozen import Frozen
from domain.streams import access_stream_of
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import RecordPart
from services.access.gate import Gate
from services.access.opened import Opened
from services.access.visitor import Asking, Visitor
from services.review import CaseReview

_Seen = RecordAccessed | ExportProduced

_LATEST = 10**18 - 1


class LogEntry(Frozen):
    """Someone asked to see or do something; what is masked is null."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    at: datetime
    source: str
    """The system in which it was: this one, or one that told of it."""
    principal: str | None
    """Who signed in, as issuer and subject of the token."""
    staff: str | None
    """How cases name them."""
    action: str
    part: str
    """Which part of the record."""
    permitted: bool
    rules: tuple[str, ...]
    """The rules of this service that permitted or denied it."""
    in_emergency: bool
    """Whether it went by breaking the glass."""
    purpose: str | None
    reason: str | None
    shown: tuple[str, ...]
    """The classes of personal data that were not masked."""
    recipient: str | None
    """For whom it was taken out of the system."""
    case_id: UUID | None
    case_ref: str | None
    version: int | None
    """The last event of the case at the time."""
    known_on: date | None
    recorded_by: datetime | None


class Before(NamedTuple):
    """From where on a page goes back: how far the ones before have come in each of two records."""

    record: int = _LATEST
    event: int = _LATEST


class Page(NamedTuple):
    """Some entries, the latest first, and where the next page begins; None after the last."""

    entries: Sequence[LogEntry]
    next: Before | None


def log_of_case(gate: Gate, review: CaseReview, opened: Opened, before: Before, limit: int) -> Page:
    """Return who asked for an opened case here, or saw it in other systems as those told."""
    records = gate.log_of(opened, before=before.record, limit=limit + 1)
    events = [
        each
        for each in reversed(review.events(access_stream_of(opened.case_ref)))
        if isinstance(each, _Seen) and each.version < before.event
    ]
    found: list[tuple[datetime, Before, LogEntry]] = []
    at = before
    while len(found) <= limit and (records or events):
        if not events or (records and records[0].at >= events[0].recorded_at):
            record = records.pop(0)
            at = at._replace(record=record.id)
            found.append((record.at, at, _of_record(record)))
        else:
            event = events.pop(0)
            at = at._replace(event=event.version)
            found.append((event.recorded_at, at, _of_event(event, opened)))
    entries = [_masked(entry, opened.masked) for _, _, entry in found[:limit]]
    return Page(entries, found[limit - 1][1] if len(found) > limit else None)


def own_log(gate: Gate, visitor: Visitor, before: Before, limit: int) -> Page:
    """Return what the visitor asked for; of what they were denied no more than that they were."""
    found = gate.own_log(visitor, before=before.record, limit=limit + 1)
    records, following = _turned(found, limit)
    return Page([_unless_denied(_of_record(record)) for record in records], following)


def notices(gate: Gate, visitor: Visitor, before: Before, limit: int) -> Page:
    """Return what was opened, by its permit, only if others are told; of cases the visitor may see.

    Who has to review that somebody broke the glass is told of it for any case: who it was, and why.
    A page may hold fewer entries than `limit`, and more may follow.
    """
    found = gate.notices(before=before.record, limit=limit + 1)
    records, following = _turned(found, limit)
    broken = [record for record in records if _is_of_glass(record)]
    others = [record for record in records if not _is_of_glass(record)]
    entries = _sifted(gate, visitor, Asking(action=Action.LIST), others)
    entries |= _sifted(gate, visitor, _about_log(Action.REVIEW_GLASS), broken)
    return Page([entries[record.id] for record in records if record.id in entries], following)


def found_in_log(
    gate: Gate,
    visitor: Visitor,
    who: Sequence[str] | None,
    since: datetime,
    until: datetime,
    before: Before,
    limit: int,
) -> Page:
    """Return what some people, or everyone, asked for, of cases whose log the visitor may read.

    `who` are principals or names of staff. A page may hold fewer entries than `limit`, and more
    may follow.
    """
    found = gate.found_in_log(who, since, until, before=before.record, limit=limit + 1)
    records, following = _turned(found, limit)
    entries = _sifted(gate, visitor, _about_log(Action.READ_ACCESS_LOG), records)
    return Page(list(entries.values()), following)


def _about_log(action: Action) -> Asking:
    return Asking(action=action, part=RecordPart.ACCESS_LOG)


def _is_of_glass(record: AccessRecord) -> bool:
    return any(rule.startswith("glass-") for rule in record.rules)


def _sifted(
    gate: Gate, visitor: Visitor, asking: Asking, records: Sequence[AccessRecord]
) -> dict[int, LogEntry]:
    """Return the entries of the records of cases that this may be asked of, by number, in order."""
    cases = {record.case_id: None for record in records if record.case_id}
    masked = gate.sift(visitor, asking, list(cases)).masked
    return {
        record.id: _masked(_of_record(record), masked[record.case_id])
        for record in records
        if record.case_id and record.case_id in masked
    }


def _turned(
    found: Sequence[AccessRecord], limit: int
) -> tuple[Sequence[AccessRecord], Before | None]:
    """Return the records of a page, of which one more was looked for, and where the next begins."""
    return found[:limit], Before(record=found[limit - 1].id) if len(found) > limit else None


def _of_record(record: AccessRecord) -> LogEntry:
    return LogEntry(
        at=record.at,
        source=OWN_SOURCE,
        principal=record.principal,
        staff=record.staff,
        action=record.action,
        part=record.part,
        permitted=record.permitted,
        rules=tuple(record.rules),
        in_emergency=record.permitted and _is_of_glass(record),
        purpose=record.purpose,
        reason=record.reason,
        shown=tuple(record.shown),
        recipient=None,
        case_id=record.case_id,
        case_ref=record.case_ref,
        version=record.version,
        known_on=record.known_on,
        recorded_by=record.recorded_by,
    )


def _of_event(event: _Seen, opened: Opened) -> LogEntry:
    return LogEntry(
        at=event.recorded_at,
        source=event.source,
        principal=None,
        staff=event.actor.id,
        action=Action.EXPORT if isinstance(event, ExportProduced) else Action.READ,
        part=event.what,
        permitted=True,
        rules=(),
        in_emergency=event.break_glass,
        purpose=event.why,
        reason=event.reason,
        shown=(),
        recipient=event.recipient if isinstance(event, ExportProduced) else None,
        case_id=opened.case_id,
        case_ref=opened.case_ref,
        version=None,
        known_on=None,
        recorded_by=None,
    )


def _masked(entry: LogEntry, masked: frozenset[PersonalClass]) -> LogEntry:
    hidden: list[str] = []
    if PersonalClass.NARRATIVE in masked:
        hidden.append("reason")
    if PersonalClass.IDENTITY in masked:
        hidden += ["principal", "staff"]
    return entry.model_copy(update=dict.fromkeys(hidden))


def _unless_denied(entry: LogEntry) -> LogEntry:
    """Return the entry without what would tell a case that is closed from one that is not there."""
    if entry.permitted:
        return entry
    return entry.model_copy(update={"rules": (), "case_ref": None, "version": None})
