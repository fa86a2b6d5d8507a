"""Group d: how high the risk is, what protects visitors, enforcement and its review."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Count, EventRef, Narrative, Part, PersonRef
from domain.personal import NotPersonal, Personal
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.risk import (
    Confidence,
    EnforcementKind,
    EnforcementOutcome,
    RiskDirection,
    RiskLevel,
    RiskTool,
    VisitControl,
    VisitControlScope,
)

DASH_HIGH = 14
DASH_MEDIUM = 10
"""Lowest scores for each level on the 24-question DASH checklist (SafeLives thresholds)."""

Question = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    NotPersonal("the assessment tool's own wording"),
]
Answer = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    Personal(PersonalClass.NARRATIVE),
]
EnforcementGround = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    Personal(PersonalClass.OFFENCE, whose="against"),
]


class RiskAnswer(Part):
    """One question of the tool and its answer, kept as given."""

    question: Question
    answer: Answer


def dash_floor(score: int) -> RiskLevel:
    """Return the level a DASH score stands for; judgement may go above it, never below."""
    if score >= DASH_HIGH:
        return RiskLevel.HIGH
    return RiskLevel.MEDIUM if score >= DASH_MEDIUM else RiskLevel.LOW


class RiskAssessed(CaseEvent):
    """The risk to a person was assessed; without `person`, the risk to visitors and staff."""

    SUMMARY = "Risk was assessed."
    ACCOUNT = ("rationale",)
    STREAMS = FILES

    person: PersonRef | None = None
    tool: RiskTool
    level: RiskLevel
    """Not below what a DASH score stands for: 14 is high, 10 is medium."""
    score: Count | None = None
    answers: Annotated[tuple[RiskAnswer, ...], Field(max_length=100)] = ()
    previous: RiskLevel | None = None
    direction: RiskDirection | None = None
    confidence: Confidence | None = None
    rationale: Narrative
    review_due: Day

    @model_validator(mode="after")
    def _not_below_the_tool(self) -> Self:
        if self.tool is not RiskTool.DASH or self.score is None:
            return self
        floor = dash_floor(self.score)
        if self.level.rank < floor.rank:
            raise PydanticCustomError(
                "below-tool-score",
                "the DASH score stands for {floor} at least, not {level}",
                {"floor": floor.value, "level": self.level.value},
            )
        return self

    @override
    def headline(self) -> str:
        before = f", was {self.previous.label.lower()}" if self.previous else ""
        return f"Risk assessed ({self.tool.label}): {self.level.label.lower()}{before}"


class VisitControlSet(CaseEvent):
    """Visits need a precaution, until a day or until lifted; an instruction, not a judgement."""

    SUMMARY = "A precaution for visits was set."
    STREAMS = FILES

    control: VisitControl
    scope: VisitControlScope
    until: Day | None = None
    """The last day on which it applies; left out, it applies until lifted."""

    @override
    def headline(self) -> str:
        end = f", until {self.until}" if self.until else ""
        return f"Visit control set: {self.control.label.lower()}{end}"


class VisitControlLifted(CaseEvent):
    """A precaution for visits is no longer needed."""

    SUMMARY = "A precaution for visits was lifted."
    ACCOUNT = ("reason",)
    STREAMS = FILES

    control: VisitControl
    scope: VisitControlScope
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Visit control lifted: {self.control.label.lower()}"


class WarningIssued(CaseEvent):
    """A warning or legal step against a person, who may later turn out to be a victim."""

    SUMMARY = "A warning or legal step was issued against a person."
    ACCOUNT = ("ground", "proportionality_note")
    STREAMS = FILES

    kind: EnforcementKind
    against: PersonRef
    ground: EnforcementGround | None = None
    """What the person is said to have done."""
    proportionality_note: Narrative
    equality_check: YesNoUnknown
    capacity_ref: EventRef | None = None
    """The event in which the person's capacity was considered."""

    @override
    def headline(self) -> str:
        return f"Enforcement: {self.kind.label.lower()}"


class EnforcementReviewed(CaseEvent):
    """A warning or legal step was looked at again, in the light of what is known now."""

    SUMMARY = "A warning or legal step was reviewed."
    ACCOUNT = ("reason",)
    STREAMS = FILES

    action: EventRef
    """The `WarningIssued` that was reviewed."""
    outcome: EnforcementOutcome
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Enforcement reviewed: {self.outcome.label.lower()}"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.action,)
