"""Group d: how high the risk is, and what protects visitors."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Count, Narrative, Part, PersonRef, SystemUri
from domain.personal import NotPersonal, Personal
from domain.streams import FILES
from domain.times import Day
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.risk import (
    Confidence,
    MaracCriterion,
    RiskDirection,
    RiskLevel,
    RiskSubject,
    RiskTool,
    VisitControl,
    VisitControlScope,
)
from domain.vocabulary.vulnerability import Amplifier, EscapeBarrier

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
VisitInstruction = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Personal(PersonalClass.NARRATIVE),
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
    subject: RiskSubject | None = None
    """Whose risk it is, where that is not only the person's."""
    amplifiers: Annotated[tuple[Amplifier, ...], Field(max_length=100)] = ()
    """What makes it easier to harm the person."""
    escape_barriers: Annotated[tuple[EscapeBarrier, ...], Field(max_length=100)] = ()
    """Why the person cannot get away."""
    marac_criteria: Annotated[tuple[MaracCriterion, ...], Field(max_length=100)] = ()
    """Which criteria for a MARAC the case meets."""

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
    ACCOUNT = ("instruction", "reason")
    STREAMS = FILES

    control: VisitControl
    scope: VisitControlScope
    until: Day | None = None
    """The last day on which it applies; left out, it applies until lifted."""
    instruction: VisitInstruction | None = None
    """What visitors need to do, as far as the control does not say it."""
    reason: Narrative | None = None
    """Why it is needed; not for those who visit."""

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


class VisitControlAcknowledged(CaseEvent):
    """A system whose users visit, such as repairs, took over a precaution that was set."""

    SUMMARY = "A system took over a precaution for visits."
    STREAMS = FILES

    consumer: SystemUri
    control: VisitControl
    scope: VisitControlScope

    @override
    def headline(self) -> str:
        return f"Visit control acknowledged: {self.control.label.lower()} ({self.consumer})"
