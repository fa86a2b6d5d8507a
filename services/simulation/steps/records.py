"""The record itself: what was entered wrongly, who asks for it, what is kept and destroyed."""

from hashlib import sha256
from typing import Any

from domain.events.access import ExportProduced, RecordAccessed
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import CaseReopened
from domain.events.links import CaseLinked, CaseUnlinked, PersonRecordsMerged, PersonRecordsSplit
from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RectificationDisputed,
    RetentionHoldLifted,
    RetentionHoldPlaced,
    SubjectAccessFulfilled,
    SubjectAccessReceived,
)
from domain.streams import access_stream_of
from domain.vocabulary.lifecycle import CaseRelation
from domain.vocabulary.rights import (
    AccessPurpose,
    ErasureReason,
    ExportFormat,
    HoldReason,
    RecordPart,
    RedactionGround,
)
from services.simulation.case import Case
from services.simulation.telling import Said
from services.simulation.world import GOVERNANCE, HMS, LEAD, RECORDS


def corrected(case: Case, target: Said, field: str, now: Any) -> Said:
    """Correct one field of an earlier event."""
    return case.tell(
        EventCorrected,
        LEAD,
        stream=target.stream,
        target=target.ref,
        field=field,
        was=target.data.get(field),
        now=now,
        reason=case.say("Heard wrongly on the phone.", "Typed into the wrong box."),
        by=case.lead,
    )


def disputed(case: Case, target: Said, field: str | None) -> None:
    """Have the person disagree with what is recorded."""
    case.tell(
        RectificationDisputed,
        RECORDS,
        target=target.ref,
        field=field,
        statement="That is not what I said, and I was not there.",
        by=case.person,
    )


def linked(case: Case, other: str, relation: CaseRelation, *, undone: bool = False) -> None:
    """Link the case to another or to a file; perhaps the link turns out wrong."""
    case.tell(CaseLinked, LEAD, other_ref=other, relation=relation, reason="Read side by side.")
    if undone:
        with case.meanwhile():
            case.wait(3, 20)
            why = "Another household after all."
            case.tell(CaseUnlinked, LEAD, other_ref=other, relation=relation, reason=why)


def records_merged(case: Case, *, split: bool) -> None:
    """Find that two records are of one person; perhaps they are of two after all."""
    pair: dict[str, Any] = {"survivor": case.person, "retired": case.other("old-record")}
    case.tell(PersonRecordsMerged, HMS, **pair, reason="Same tenancy and date of birth.")
    if split:
        with case.meanwhile():
            case.wait(8, 40)
            case.tell(PersonRecordsSplit, HMS, **pair, reason="Father and son of one name.")


def reopened(case: Case, trigger: str, *new: Said) -> None:
    """Open a closed case again."""
    case.tell(CaseReopened, LEAD, trigger=trigger, new_events=[said.ref for said in new] or None)


def held(case: Case, reason: HoldReason, *, lifted: bool) -> None:
    """Keep the record, whatever the schedule says; perhaps the hold is lifted later."""
    hold = case.item("hold")
    until = case.day(365) if case.chance(0.5) else None
    case.tell(RetentionHoldPlaced, GOVERNANCE, hold_id=hold, reason=reason, until=until)
    if lifted:
        case.wait(60, 150)
        why = "The matter is over."
        case.tell(RetentionHoldLifted, GOVERNANCE, hold_id=hold, reason=why)


def asked_to_see(case: Case, withheld: Said) -> None:
    """Have the person ask for what is held about them, and give it to them within the month."""
    request = case.item("sar")
    case.tell(
        SubjectAccessReceived,
        RECORDS,
        request_id=request,
        requester=case.person,
        due=case.day(30) if case.chance(0.5) else None,
        complex=True if case.chance(0.2) else None,
    )
    case.wait(8, 21)
    ground = case.dice.code(RedactionGround)
    case.tell(
        SubjectAccessFulfilled,
        RECORDS,
        request_id=request,
        redactions=[{"event": withheld.ref, "ground": ground}],
    )
    exported(case, AccessPurpose.SUBJECT_ACCESS, "The person")


def redacted(case: Case, target: Said) -> None:
    """Destroy what is personal in one event; no hold stands."""
    case.tell(
        EventRedacted,
        RECORDS,
        target=target.ref,
        lawful_reason=case.dice.code(ErasureReason),
        approvals=[case.manager, case.staff(RECORDS)],
    )


def erased(case: Case, person: str) -> None:
    """Destroy what is personal about one person; no hold stands."""
    case.tell(
        PersonDataErased,
        RECORDS,
        person=person,
        lawful_reason=case.dice.code(ErasureReason),
        approvals=[case.manager, case.staff(RECORDS)],
    )


def looked_at(case: Case) -> None:
    """Have someone read the record, which its access stream tells."""
    broke = case.chance(0.08)
    case.tell(
        RecordAccessed,
        RECORDS,
        stream=access_stream_of(case.stream),
        about=case.stream,
        what=case.dice.code(RecordPart),
        why="emergency" if broke else case.dice.code(AccessPurpose),
        reason="Called out at night, nobody to ask." if broke else None,
        break_glass=True if broke else None,
    )


def exported(case: Case, why: AccessPurpose, recipient: str) -> None:
    """Have something of the record leave the system, which its access stream tells."""
    case.tell(
        ExportProduced,
        RECORDS,
        stream=access_stream_of(case.stream),
        about=case.stream,
        what=case.dice.code(RecordPart),
        why=why,
        format=case.dice.code(ExportFormat),
        sha256=sha256(f"{case.name}/{len(case.entries)}".encode()).hexdigest(),
        recipient=recipient,
    )
