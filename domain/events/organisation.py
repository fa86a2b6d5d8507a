"""The landlord itself: its homes, its policies, its settings for rules, its staff's training."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    AuthorityRef,
    Count,
    DocumentName,
    ItemId,
    Narrative,
    ParameterName,
    Part,
    RoleName,
    RuleId,
    StaffName,
)
from domain.events.validity import Ruling
from domain.streams import LANDLORD, ORGANISATIONS
from domain.times import Day
from domain.vocabulary.housing import HousingType
from domain.vocabulary.organisation import ComplianceKind, PolicyOutcome

POLICY_REVIEW_YEARS = 3
"""How long a policy stands before it is reviewed, unless it says otherwise (landlord policy)."""


class HomesCounted(CaseEvent):
    """How many homes of one kind the landlord has in one authority's area; the latest count by
    `as_of` holds. Rates per 1,000 homes rest on it."""

    SUMMARY = "The landlord's homes in an area were counted."
    STREAMS = LANDLORD

    authority: AuthorityRef
    housing_type: HousingType
    homes: Count
    as_of: Day

    @override
    def headline(self) -> str:
        kind = self.housing_type.label.lower()
        return f"Homes in {self.authority}, {kind}: {self.homes:,} as of {self.as_of}"


class PolicyAdopted(CaseEvent):
    """A policy of the landlord's own, from which the calendar of policies is made."""

    SUMMARY = "The landlord adopted a policy."
    STREAMS = LANDLORD
    BEGINS = "policy_id"

    policy_id: ItemId
    title: DocumentName
    policy_version: ItemId
    approved_by: RoleName
    """The post or body that approved it, such as the Board."""
    approved_on: Day
    review_due: Day | None = None
    """When it is to be reviewed; left out, three years after it was approved."""

    @property
    def due_for_review(self) -> date:
        """The day by which it is to be reviewed."""
        return self.review_due or _review_after(self.approved_on)

    @override
    def headline(self) -> str:
        return (
            f"Policy {self.policy_id} adopted, version {self.policy_version}; "
            f"review due {self.due_for_review}"
        )


class PolicyReviewed(CaseEvent):
    """A policy was looked at again; the next review counts from here."""

    SUMMARY = "A policy of the landlord's was reviewed."
    ACCOUNT = ("findings",)
    STREAMS = LANDLORD
    BUILDS_ON = PolicyAdopted

    policy_id: ItemId
    outcome: PolicyOutcome
    policy_version: ItemId | None = None
    """The version that counts from now on; left out, the one before."""
    approved_by: RoleName
    """The post or body that approved the outcome, such as the Board."""
    approved_on: Day
    review_due: Day | None = None
    """When it is to be reviewed next; left out, three years after it was approved."""
    findings: Narrative | None = None

    @property
    def due_for_review(self) -> date | None:
        """The day by which it is to be reviewed next; None for a policy that was withdrawn."""
        if self.outcome is PolicyOutcome.WITHDRAWN:
            return None
        return self.review_due or _review_after(self.approved_on)

    @override
    def headline(self) -> str:
        due = f"; next review due {self.due_for_review}" if self.due_for_review else ""
        return f"Policy {self.policy_id} reviewed: {self.outcome.label.lower()}{due}"


def _review_after(approved_on: date) -> date:
    year = approved_on.year + POLICY_REVIEW_YEARS
    if (approved_on.month, approved_on.day) == (2, 29):
        return date(year, 2, 28)  # no leap year lies three years after another
    return approved_on.replace(year=year)


class RuleParameter(Part):
    """What one parameter of a rule is to be; its name, in the rule's list, says the unit."""

    name: ParameterName
    value: Annotated[Count, Field(le=10_000)]


class RuleOverridden(Ruling):
    """A rule has other parameters for this landlord, or this authority; the others stay."""

    SUMMARY = "A rule was given other parameters."
    ACCOUNT = ("reason",)
    STREAMS = ORGANISATIONS

    rule: RuleId
    parameters: Annotated[tuple[RuleParameter, ...], Field(min_length=1, max_length=100)]
    reason: Narrative
    approved_by: StaffName

    @model_validator(mode="after")
    def _each_parameter_once(self) -> Self:
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) < len(names):
            raise PydanticCustomError("given-twice", "parameters name one of them twice")
        return self

    @override
    def headline(self) -> str:
        values = ", ".join(f"{each.name} {each.value}" for each in self.parameters)
        return f"Rule {self.rule} overridden from {self.valid_from}: {values}"


class RuleOverrideWithdrawn(Ruling):
    """A rule has its own parameters again on this stream, from `valid_from` on."""

    SUMMARY = "A rule was given its own parameters again."
    ACCOUNT = ("reason",)
    STREAMS = ORGANISATIONS

    rule: RuleId
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Override of rule {self.rule} withdrawn from {self.valid_from}"


class ComplianceReported(CaseEvent):
    """How many of a team, or of all staff, have what they have to have; managed elsewhere."""

    SUMMARY = "How many staff are trained, checked or supervised was reported."
    STREAMS = LANDLORD

    kind: ComplianceKind
    team: RoleName | None = None
    """Left out, all staff."""
    compliant: Count
    total: Count
    as_of: Day

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Self:
        if self.compliant > self.total:
            raise PydanticCustomError("over-total", "compliant is more than total")
        return self

    @override
    def headline(self) -> str:
        return f"{self.kind.label}: {self.compliant} of {self.total} as of {self.as_of}"
