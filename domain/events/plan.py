"""Group g: decisions taken by a named person, and the actions that carry a plan out."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Count, Flag, ItemId, Narrative, OrganisationName, StaffName
from domain.streams import CASES_AND_ORGANISATIONS
from domain.times import Day, in_london
from domain.vocabulary.plan import ActionKind, ActionOrigin, CancellationReason, DecisionKind


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

    @override
    def headline(self) -> str:
        privilege = ", legally privileged" if self.privileged else ""
        review = f", to be reviewed on {self.review_on}" if self.review_on else ""
        return f"Decision recorded: {self.kind.label.lower()}{privilege}{review}"


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
