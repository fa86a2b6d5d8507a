"""Group a: what a case is linked to, which records are of the same person, when to look again."""

from abc import ABC
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import CaseRef, Narrative, PersonRef
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.lifecycle import CaseRelation, Frequency, MonitoringReason


class _Link(CaseEvent, ABC):
    """What links a case to another case, or to the file of a person or property."""

    ACCOUNT = ("reason",)

    other_ref: CaseRef
    """The other case, or a file such as `person:4411` or `property:10001234`."""
    relation: CaseRelation
    reason: Narrative | None = None

    @model_validator(mode="after")
    def _is_to_another(self) -> Self:
        if self.other_ref == self.case_ref:
            raise PydanticCustomError("self-link", "a case cannot be linked to itself")
        return self


class CaseLinked(_Link):
    """The case belongs with another, and the other with it.

    Linked to the file of a person or property, it takes in what happened before there was a case;
    nothing of that is rewritten.
    """

    SUMMARY = "The case was linked to another case, or to the file of a person or property."

    @override
    def headline(self) -> str:
        return f"Linked to {self.other_ref}: {self.relation.label.lower()}"


class CaseUnlinked(_Link):
    """The link with this relation no longer holds; waits for the link."""

    SUMMARY = "A link of the case was undone."

    @override
    def headline(self) -> str:
        return f"No longer linked to {self.other_ref}: {self.relation.label.lower()}"


class _SamePerson(CaseEvent, ABC):
    """What two references of the housing management system have to do with one person."""

    ACCOUNT = ("reason",)
    STREAMS = FILES

    survivor: PersonRef
    """The reference that goes on being used."""
    retired: PersonRef
    """The reference that stood, or was thought to stand, for the same person."""
    reason: Narrative

    @model_validator(mode="after")
    def _are_two(self) -> Self:
        if self.survivor == self.retired:
            raise PydanticCustomError("same-person", "survivor and retired are the same reference")
        return self


class PersonRecordsMerged(_SamePerson):
    """Two references are of one person. Events keep the reference they were recorded with."""

    SUMMARY = "Two records were found to be of one person."

    @override
    def headline(self) -> str:
        return f"Person records merged: {self.retired} into {self.survivor}"


class PersonRecordsSplit(_SamePerson):
    """Two references are of two people after all; each stands for itself again."""

    SUMMARY = "Two records were found not to be of one person."

    @override
    def headline(self) -> str:
        return f"Person records split: {self.retired} from {self.survivor}"


class MonitoringScheduled(CaseEvent):
    """The matter is looked at again on a day, though nothing more is done now; the latest holds."""

    SUMMARY = "It was arranged to look again on a day."
    ACCOUNT = ("details",)

    reason: MonitoringReason
    next_date: Day
    frequency: Frequency | None = None
    """How often after that; absent where it is once, or not settled."""
    details: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Monitoring scheduled: {self.reason.label.lower()}, next on {self.next_date}"
