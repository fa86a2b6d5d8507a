"""Group b: what people are to each other, from when to when."""

from abc import ABC
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Narrative, PersonRef
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.people import Relationship, YesNoUnknown


class _Relation(CaseEvent, ABC):
    """What one person is to another: `a` is the `relationship` of `b`."""

    STREAMS = FILES

    a: PersonRef
    b: PersonRef
    relationship: Relationship
    """What `a` is to `b`: with `parent`, `a` is the parent of `b`."""

    @model_validator(mode="after")
    def _is_between_two(self) -> Self:
        if self.a == self.b:
            raise PydanticCustomError("same-person", "nobody is related to themselves")
        return self


class RelationshipRecorded(_Relation):
    """One person is something to another, from a day and perhaps until a day, as far as known."""

    SUMMARY = "What one person is to another was recorded."
    ACCOUNT = ("details",)

    since: Day | None = None
    until: Day | None = None
    parental_responsibility: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether `a` has parental responsibility for `b`."""
    informal_carer: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether `a` cares for `b` without being paid for it."""
    details: Narrative | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("invalid-range", "until lies before since")
        return self

    @override
    def headline(self) -> str:
        return f"Relationship recorded: {self.a} is {self.relationship.label.lower()} of {self.b}"


class RelationshipEnded(_Relation):
    """One person is no longer this to the other. May come without a record of the beginning."""

    SUMMARY = "What one person was to another came to an end."
    ACCOUNT = ("reason",)

    until: Day | None = None
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Relationship ended: {self.a} was {self.relationship.label.lower()} of {self.b}"
