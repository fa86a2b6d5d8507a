"""Group i: the integrity of the record itself."""

from typing import Annotated

from pydantic import JsonValue, StringConstraints
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import FIELD_NAME, EventRef, Narrative, StaffName
from domain.personal import NotPersonal, Personal
from domain.streams import ANY
from domain.vocabulary.record import PersonalClass

FieldName = Annotated[str, StringConstraints(pattern=FIELD_NAME), NotPersonal("names a field")]
FieldValue = Annotated[JsonValue, Personal(PersonalClass.NARRATIVE)]


class EventCorrected(CaseEvent):
    """One field of an earlier event was wrong. The target stays visible, struck through.

    `field` names a field of the event's data as it stands on the wire, or one of the envelope as
    events hold it: `occurred_at`, `occurred_precision`, `occurred_to`, `known_at`, `subjects`,
    `property_ref`, `sensitivity`, `evidence`, `narrative`; not a CloudEvents attribute. `was` and
    `now` are its values as JSON. A correction may itself be corrected.
    """

    SUMMARY = "A field of an earlier event was corrected."
    ACCOUNT = ("reason",)
    STREAMS = ANY

    target: EventRef
    field: FieldName
    was: FieldValue = None
    now: FieldValue = None
    reason: Narrative
    by: StaffName
    """Who made the correction."""

    @override
    def headline(self) -> str:
        if self.field in ("was", "now"):  # which no other type of event has
            return "Correction of an earlier correction"
        return f"Correction of {self.field.replace('_', ' ').strip()} in an earlier event"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.target,)
