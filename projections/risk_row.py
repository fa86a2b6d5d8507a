"""The columns of the risk read model: four kinds of row that belong together on one page."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.risk import RiskAnswer
from domain.vocabulary.coded import CodedList
from domain.vocabulary.harm import Exploitation
from domain.vocabulary.protection import ExploitationIndicator
from domain.vocabulary.risk import (
    Confidence,
    EnforcementKind,
    EnforcementOutcome,
    MaracCriterion,
    RiskDirection,
    RiskLevel,
    RiskSubject,
    RiskTool,
    VisitControl,
    VisitControlScope,
)
from domain.vocabulary.vulnerability import Amplifier, EscapeBarrier
from projections.personal_columns import Account, Grounds, Post, Pseudonym, Reference, System
from projections.read_model import Row


class RiskItemKind(CodedList, source="Case Timeline"):
    """What a row of the risk read model is."""

    ASSESSMENT = "assessment", "Assessment"
    CONTROL = "control", "Visit control"
    INDICATOR = "indicator", "Sign of exploitation"
    WARNING = "warning", "Warning or legal step"


class Acknowledgement(Part):
    """A system whose users visit took over a precaution."""

    consumer: System[str]
    at: datetime
    """When it last did."""
    no_later_than: datetime
    """The last moment at which that may have been."""


class RiskRow(Row):
    """One assessment, visit control, sign of exploitation or warning.

    The columns of the other kinds are empty. An assessment row is the latest with its tool about
    its subject. A control or warning that no longer holds stays listed, with `in_force` false.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "item"

    item: Reference[str]
    """`assessment:<tool>:<person or ->`, then `:<subject>` where that is not the person;
    `control:<control>:<scope>`; `indicator:<indicator>:<person or ->`; `warning:<event id>`."""
    kind: RiskItemKind
    """Which of these it is."""
    in_force: bool = True
    """False once lifted, or withdrawn on review. A control's `until` may still have passed."""
    set_at: datetime
    """When the assessment was made, the control set, the sign first seen or the warning issued."""
    tool: RiskTool | None = None
    """Assessment: what it followed."""
    person: Pseudonym[str | None] = None
    """Assessment: whose risk, None for that of visitors and staff. Indicator: who may be exploited.
    Warning: whom it is against."""
    subject: RiskSubject | None = None
    """Assessment: whose risk it is, where that is not only the person's."""
    level: RiskLevel | None = None
    """Assessment: how high the risk is."""
    previous_level: RiskLevel | None = None
    """Assessment: how high it was before, as stated or else as the assessment before it said."""
    previous_at: datetime | None = None
    """Assessment: when the one before it was made, where it does not state the level before."""
    score: int | None = None
    """Assessment: the tool's score, where it gives one."""
    review_due: date | None = None
    """Assessment: the day by which to look at it again."""
    rationale: Grounds[str | None] = None
    """Assessment: the reasons for the level. Control: why it is needed; not for those who visit.
    Warning: its ground where given, then, on a line of its own, why it was held proportionate."""
    direction: RiskDirection | None = None
    """Assessment: where the risk is heading."""
    confidence: Confidence | None = None
    """Assessment: how sure the assessor is."""
    amplifiers: tuple[Amplifier, ...] = ()
    """Assessment: what makes it easier to harm the person."""
    escape_barriers: tuple[EscapeBarrier, ...] = ()
    """Assessment: why the person cannot get away."""
    marac_criteria: tuple[MaracCriterion, ...] = ()
    """Assessment: which criteria for a MARAC the case meets."""
    answers: tuple[RiskAnswer, ...] = ()
    """Assessment: the tool's questions, and their answers as given."""
    control: VisitControl | None = None
    """Control: the precaution to take."""
    scope: VisitControlScope | None = None
    """Control: whether it follows the person, the property or both."""
    until: date | None = None
    """Control: the last day on which it applies; None for until lifted."""
    instruction: Account[str | None] = None
    """Control: what visitors need to do, as far as the control does not say it."""
    acknowledged_by: System[tuple[str, ...]] = ()
    """Control: the systems that took it over since it was set as it stands."""
    acknowledgements: tuple[Acknowledgement, ...] = ()
    """Control: when each system last took it over, as set at any time."""
    lifted_at: datetime | None = None
    """Control: when it was lifted. Warning: when a review withdrew it."""
    lifted_reason: Account[str | None] = None
    """Control: why it was lifted."""
    indicator: ExploitationIndicator | None = None
    """Indicator: what was seen."""
    sightings: int = 0
    """Indicator: how often it was seen."""
    last_seen_at: datetime | None = None
    """Indicator: when it was last seen."""
    forms: tuple[Exploitation, ...] = ()
    """Indicator: what it points to, as far as whoever saw it could say."""
    observed_by: Post[tuple[str, ...]] = ()
    """Indicator: who saw it, each once."""
    warning_kind: EnforcementKind | None = None
    """Warning: what was issued."""
    review_outcome: EnforcementOutcome | None = None
    """Warning: what the latest review made of it; None while not reviewed."""
    reviewed_at: datetime | None = None
    """Warning: when it was last reviewed."""
    review_reason: Account[str | None] = None
    """Warning: the reasons of that review."""
