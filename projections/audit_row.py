"""The columns of the audit trail: one row per act on the record."""

from uuid import UUID

from pydantic import ConfigDict

from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import ActorKind
from domain.vocabulary.rights import AccessPurpose, ErasureReason, ExportFormat, RecordPart
from projections.event_row import EventRow
from projections.marks import Corrections
from projections.personal_columns import (
    Account,
    Catalogued,
    CorrectedValue,
    Digest,
    Headline,
    Identity,
    Organisation,
    Post,
    Reference,
    System,
)


class AuditAction(CodedList, source="Case Timeline"):
    """What was done to the record."""

    RECORDED = "recorded", "Entered"
    CORRECTED = "corrected", "Corrected"
    DISPUTED = "disputed", "Disputed"
    REDACTED = "redacted", "Redacted"
    ERASED = "erased", "Erased"
    READ = "read", "Read"
    EXPORTED = "exported", "Exported"


class AuditRow(EventRow):
    """One act on the record. Values read as corrected; `corrections` holds what stood before."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    version: int
    """The act's place on its file, in the order of recording."""
    action: AuditAction
    """What was done to the record."""
    type: Catalogued[str]
    """The event's name in the catalogue."""
    schema_version: int
    """The version of the form in which it was entered."""
    headline: Headline[str]
    """What it says, in one line without free text."""
    actor_role: Post[str]
    """As what whoever entered it did so."""
    actor_organisation: Organisation[str]
    """For which organisation."""
    actor_kind: ActorKind
    """Whether that was a person, a contractor or a system."""
    on_behalf_of: Identity[str | None]
    """For whom it was entered, where for someone else."""
    on_behalf_of_organisation: Organisation[str | None]
    """Their organisation."""
    source: System[str]
    """The system it came from."""
    source_event_id: Reference[str]
    """Its id in that system."""
    correlation_id: Reference[str | None]
    """What it belongs together with, as its source says."""
    causation_id: Reference[str | None]
    """What it was caused by, as its source says."""
    evidence_count: int
    """How many documents it rests on."""
    known_after_hours: int
    """Whole hours from its happening until the landlord knew; negative for what was foreseen."""
    recorded_after_hours: int
    """Late by: whole hours from when the landlord knew until this service took it in."""
    target: UUID | None = None
    """The event that it corrects, disputes or redacts."""
    field: Catalogued[str | None] = None
    """The field that it corrects or disputes, by its name on the wire."""
    was: CorrectedValue[str | None] = None
    """The value before, as JSON; None also where it was redacted."""
    now: CorrectedValue[str | None] = None
    """The value since, as JSON; None also where it was redacted."""
    reason: Account[str | None] = None
    """Why it was corrected or read, in words."""
    said_by: Identity[str | None] = None
    """Who made the correction, or disagrees."""
    lawful_reason: ErasureReason | None = None
    """The reason in law for redacting or erasing."""
    approvals: Identity[tuple[str, ...]] = ()
    """Who approved that."""
    about: Reference[str | None] = None
    """The file that was read or exported."""
    what: RecordPart | None = None
    """Which part of it."""
    why: AccessPurpose | None = None
    """What for."""
    break_glass: bool | None = None
    """Whether someone overrode that they may not see it; None where nothing was read."""
    format: ExportFormat | None = None
    """The format in which it left the system."""
    sha256: Digest[str | None] = None
    """The hash of what left the system."""
    recipient: Organisation[str | None] = None
    """For whom it left the system."""
    corrections: Corrections = ()
    """What was corrected in it since, in the order of recording."""
    disputes: int = 0
    """How often it was disputed since."""
    is_redacted: bool = False
    """Whether what is personal in it is not to be read again."""
