"""Group i: who read or exported what; kept beside the record read, on a stream of its own."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    SHA256,
    CaseRef,
    Flag,
    Narrative,
    OrganisationName,
    missing,
)
from domain.personal import NotPersonal
from domain.streams import ACCESS
from domain.vocabulary.rights import AccessPurpose, ExportFormat, RecordPart


class _Access(CaseEvent):
    """Someone, the actor, got to see a record, for a purpose."""

    ACCOUNT = ("reason",)
    STREAMS = ACCESS

    about: CaseRef
    """The stream that was read: a case, or the file of a person, property or organisation. The
    event belongs on the access stream of that one."""
    what: RecordPart
    why: AccessPurpose
    reason: Narrative | None = None
    """More on why, in words; needed where the glass was broken."""
    break_glass: Flag = False
    """Whether someone overrode that they may not see it."""

    @model_validator(mode="after")
    def _breaking_the_glass_has_a_reason(self) -> Self:
        if self.break_glass and self.reason is None:
            raise missing("reason", "where break_glass is true")
        return self

    def _of_what(self) -> str:
        broken = ", breaking the glass" if self.break_glass else ""
        return f"{self.about}, {self.what.label.lower()}, for {self.why.label.lower()}{broken}"


class RecordAccessed(_Access):
    """Someone or some system read a record."""

    SUMMARY = "A record was read."

    @override
    def headline(self) -> str:
        return f"Read: {self._of_what()}"


class ExportProduced(_Access):
    """Something of a record left the system, in a form whose hash shows what it was."""

    SUMMARY = "Something of a record left the system."

    format: ExportFormat
    sha256: Annotated[str, StringConstraints(pattern=SHA256), NotPersonal("a hash")]
    recipient: OrganisationName
    """The organisation or post it was made for; never a person's name."""

    @override
    def headline(self) -> str:
        return f"Exported as {self.format.label} for {self.recipient}: {self._of_what()}"
