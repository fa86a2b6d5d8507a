"""Group g: decisions, safeguarding plans, a manager's oversight, and actions that follow."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    Count,
    Flag,
    ItemId,
    Narrative,
    OrganisationName,
    StaffName,
    missing,
)
from domain.personal import NotPersonal
from domain.streams import CASES_AND_ORGANISATIONS
from domain.times import Day, in_london
from domain.vocabulary.plan import (
    ActionKind,
    ActionOrigin,
    ActionScope,
    CancellationReason,
    DecisionKind,
    OversightKind,
    PersonInvolvement,
    PlanReviewOutcome,
)

PolicyRef = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"),
    NotPersonal("names a policy"),
]
"""A policy, and where in it, e.g. `Domestic abuse policy 4.2`."""

Aims = Annotated[tuple[Narrative, ...], Field(max_length=100)]


class DecisionRecorded(CaseEvent):
    """A named person decided between options, and said why."""

    SUMMARY = "A decision and its reasons were recorded."
    ACCOUNT = ("rationale",)

    kind: DecisionKind
    options: Annotated[tuple[Narrative, ...], Field(min_length=1, max_length=100)]
    chosen: Narrative
    rationale: Narrative
    decider: StaffName
    consulted: Annotated[tuple[StaffName, ...], Field(max_length=100)] = ()
    privileged: Flag = False
    """Whether legal privilege is claimed for it."""
    review_on: Day | None = None
    policy_refs: Annotated[tuple[PolicyRef, ...], Field(max_length=100)] = ()
    """The policies it was taken under."""
    dissenting_view: Narrative | None = None
    """Who saw it otherwise, within the landlord or at another agency, and why."""
    proportionality: Narrative | None = None
    """Why it interferes no more than the risk calls for."""

    @override
    def headline(self) -> str:
        privilege = ", legally privileged" if self.privileged else ""
        review = f", to be reviewed on {self.review_on}" if self.review_on else ""
        return f"Decision recorded: {self.kind.label.lower()}{privilege}{review}"


class SafeguardingPlanAgreed(CaseEvent):
    """A plan to keep a person safe was agreed; its actions are told by `ActionAgreed`."""

    SUMMARY = "A safeguarding plan was agreed."
    BEGINS = "plan_id"

    plan_id: ItemId
    """Its reference within the case, by which later events name it."""
    aims: Annotated[Aims, Field(min_length=1)]
    """What is to be different for the person."""
    review_due: Day
    """Not before the day on which it was agreed."""
    person_involved: PersonInvolvement
    not_involved_reason: Narrative | None = None
    """Needed where `person_involved` is `not-involved`."""

    @model_validator(mode="after")
    def _says_what_it_must(self) -> Self:
        if self.review_due < in_london(self.occurred_at).date():
            raise PydanticCustomError(
                "due-before-agreed", "review_due lies before the day the plan was agreed"
            )
        _says_why_not_involved(self)
        return self

    @override
    def headline(self) -> str:
        return (
            f"Safeguarding plan {self.plan_id} agreed, review due {self.review_due}; "
            f"person: {self.person_involved.label.lower()}"
        )


class SafeguardingPlanReviewed(CaseEvent):
    """A safeguarding plan was looked at again; it goes on, is changed, or ends."""

    SUMMARY = "A safeguarding plan was reviewed."
    BUILDS_ON = SafeguardingPlanAgreed

    plan_id: ItemId
    outcome: PlanReviewOutcome
    aims: Aims = ()
    """What is to be different from now on, where that was amended."""
    next_review_due: Day | None = None
    """Needed unless the plan has ended."""
    person_involved: PersonInvolvement
    not_involved_reason: Narrative | None = None
    """Needed where `person_involved` is `not-involved`."""

    @model_validator(mode="after")
    def _says_what_it_must(self) -> Self:
        if self.outcome.goes_on and self.next_review_due is None:
            raise missing("next_review_due", "unless the plan has ended")
        _says_why_not_involved(self)
        return self

    @override
    def headline(self) -> str:
        due = f", next review due {self.next_review_due}" if self.next_review_due else ""
        return f"Safeguarding plan {self.plan_id} reviewed: {self.outcome.label.lower()}{due}"


def _says_why_not_involved(event: SafeguardingPlanAgreed | SafeguardingPlanReviewed) -> None:
    left_out = event.person_involved is PersonInvolvement.NOT_INVOLVED
    if left_out and event.not_involved_reason is None:
        raise missing("not_involved_reason", "when the person was not involved")


class ManagementOversightRecorded(CaseEvent):
    """A manager looked at the case, gave a view and perhaps directions."""

    SUMMARY = "A manager's oversight of the case was recorded."
    ACCOUNT = ("view", "directions")

    kind: OversightKind
    view: Narrative
    directions: Narrative | None = None
    """What is to be done, as the manager says."""
    professional_curiosity: Narrative | None = None
    """What does not add up, and what was or will be asked about it."""

    @override
    def headline(self) -> str:
        directions = ", with directions" if self.directions else ""
        return f"Management oversight: {self.kind.label.lower()}{directions}"


class ActionAgreed(CaseEvent):
    """Someone is to do something by a day. The owner may be outside the landlord."""

    SUMMARY = "An action was agreed, with an owner and a due day."
    ACCOUNT = ("text",)
    STREAMS = CASES_AND_ORGANISATIONS
    BEGINS = "action_id"

    action_id: ItemId
    """Its reference within the case, by which later events name it."""
    text: Narrative
    kind: ActionKind
    owner_org: OrganisationName
    owner: StaffName | None = None
    due: Day
    """Not before the day on which it was agreed."""
    safety: Flag
    """Whether someone's safety depends on it; such an action holds up closing the case."""
    origin: ActionOrigin
    origin_ref: ItemId | None = None
    """The meeting, decision or recommendation it comes from."""
    cost_pence: Count | None = None
    scope: Annotated[tuple[ActionScope, ...], Field(max_length=100)] = ()
    """Whom or what it looks at."""

    @model_validator(mode="after")
    def _due_once_agreed(self) -> Self:
        if self.due < in_london(self.occurred_at).date():
            raise PydanticCustomError(
                "due-before-agreed", "due lies before the day the action was agreed"
            )
        return self

    @override
    def headline(self) -> str:
        kind = (
            f"{self.kind.label.lower()}, safety action" if self.safety else self.kind.label.lower()
        )
        return f"Action {self.action_id} agreed: {kind}; {self.owner_org}, due {self.due}"


class ActionProgressed(CaseEvent):
    """Something was done towards an action; it stays open."""

    SUMMARY = "Progress on an action was noted."
    ACCOUNT = ("note",)
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ActionAgreed

    action_id: ItemId
    note: Narrative

    @override
    def headline(self) -> str:
        return f"Action {self.action_id} progressed"


class ActionRescheduled(CaseEvent):
    """An action is due on another day; the first due day stays on record."""

    SUMMARY = "An action was given another due day."
    ACCOUNT = ("reason",)
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ActionAgreed

    action_id: ItemId
    new_due: Day
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Action {self.action_id} now due {self.new_due}"


class ActionCompleted(CaseEvent):
    """An action was carried out."""

    SUMMARY = "An action was completed."
    ACCOUNT = ("findings", "evidence_note", "impact")
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ActionAgreed

    action_id: ItemId
    evidence_note: Narrative | None = None
    """What shows that it was done; documents go in the envelope's `evidence`."""
    findings: Narrative | None = None
    impact: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Action {self.action_id} completed"


class ActionCancelled(CaseEvent):
    """An action will not be carried out."""

    SUMMARY = "An action was cancelled."
    ACCOUNT = ("note",)
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ActionAgreed

    action_id: ItemId
    reason: CancellationReason
    note: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Action {self.action_id} cancelled: {self.reason.label.lower()}"


class ActionReopened(CaseEvent):
    """An action that was completed or cancelled is to be carried out after all, or once more."""

    SUMMARY = "An action was opened again."
    ACCOUNT = ("reason",)
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ActionAgreed

    action_id: ItemId
    reason: Narrative
    new_due: Day | None = None
    """The day it is due now; left out, the due day stays what it was."""

    @override
    def headline(self) -> str:
        due = f", due {self.new_due}" if self.new_due else ""
        return f"Action {self.action_id} opened again{due}"
