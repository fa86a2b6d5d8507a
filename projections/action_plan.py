"""The action plan: who is to do what by when, and what came of it."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.lifecycle import CaseClosed
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionReopened,
    ActionRescheduled,
)
from domain.latest import supersedes
from domain.streams import CASES_AND_ORGANISATIONS
from domain.vocabulary.coded import CodedList
from domain.vocabulary.plan import ActionKind, ActionOrigin, ActionScope, CancellationReason
from projections.personal_columns import Account, Identity, Organisation, Reference
from projections.read_model import ReadModel, Row


class ActionStatus(CodedList, source="Case Timeline"):
    """How far an action has come."""

    AGREED = "agreed", "Agreed"
    IN_PROGRESS = "in-progress", "In progress"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"

    @property
    def is_open(self) -> bool:
        """Whether the action still has to be carried out."""
        return self in (ActionStatus.AGREED, ActionStatus.IN_PROGRESS)


class ActionRow(Row):
    """One action of a case, whoever owns it; it stays listed after its end."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "action_id"

    action_id: Reference[str]
    """The action's reference within its case."""
    text: Account[str]
    """What is to be done, as agreed."""
    kind: ActionKind
    """What the action sets out to do."""
    scope: tuple[ActionScope, ...] = ()
    """Whom or what it looks at, such as staff, tenants and other agencies."""
    owner_org: Organisation[str]
    """The organisation that owes it; not always the landlord."""
    owner: Identity[str | None] = None
    """Who owes it there, where a person was named."""
    first_due: date
    """The day first agreed; rescheduling does not touch it."""
    due: date
    """The day it is due now."""
    due_set_at: datetime
    """When that day was set."""
    safety: bool
    """Whether someone's safety depends on it."""
    origin: ActionOrigin
    """What it was agreed in or comes from."""
    origin_ref: Reference[str | None] = None
    """The meeting, decision or recommendation it comes from."""
    cost_pence: int | None = None
    """What it costs, in pence, where that was said."""
    status: ActionStatus = ActionStatus.AGREED
    """How far it has come; overdue is not a status but a question of the day: `is_overdue`."""
    agreed_at: datetime
    """When it was agreed."""
    completed_at: datetime | None = None
    """When it was carried out; this and what follows to `cancellation_note` are None while it is
    open, and so is what came of it, also where it was opened again."""
    cancelled_at: datetime | None = None
    """When it was dropped."""
    cancellation_reason: CancellationReason | None = None
    """Why it was dropped."""
    cancellation_note: Account[str | None] = None
    """More on why it was dropped."""
    reopenings: int = 0
    """How often it was opened again."""
    reopened_at: datetime | None = None
    """When it was last opened again."""
    reopened_reason: Account[str | None] = None
    """Why it was."""
    reschedules: int = 0
    """How often it was given another due day."""
    last_note: Account[str | None] = None
    """The latest note of progress."""
    last_note_at: datetime | None = None
    """When that progress was made."""
    findings: Account[str | None] = None
    """What carrying it out brought to light."""
    evidence_note: Account[str | None] = None
    """What shows that it was carried out."""
    impact: Account[str | None] = None
    """What it changed for the people concerned."""
    carried_over: bool = False
    """Whether the case was closed with this action still open, handed on to its owner. Not told of
    an action whose agreement is recorded after the closing: there is no row then to say it in."""

    @property
    def is_open(self) -> bool:
        """Whether the action still has to be carried out."""
        return self.status.is_open


def is_overdue(row: ActionRow, today: date) -> bool:
    """Tell whether an action was due before `today` and is still open."""
    return row.is_open and row.due < today


action_plan = ReadModel("action_plan", 2, ActionRow, streams=CASES_AND_ORGANISATIONS)

OnAction = (
    ActionAgreed
    | ActionProgressed
    | ActionRescheduled
    | ActionCompleted
    | ActionCancelled
    | ActionReopened
)
_STILL_OPEN: dict[str, object] = dict.fromkeys(
    (
        "completed_at",
        "cancelled_at",
        "cancellation_reason",
        "cancellation_note",
        "findings",
        "evidence_note",
        "impact",
    )
)
"""What the columns that tell of an end hold while there is none."""


def _its_action(event: OnAction) -> tuple[str, ...]:
    return (event.action_id,)


def _carried_over(event: CaseClosed) -> tuple[str, ...]:
    return event.residual_actions


@action_plan.on(ActionAgreed, keys=_its_action)
def _agreed(row: ActionRow | None, event: ActionAgreed, _: str) -> ActionRow:
    return ActionRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        action_id=event.action_id,
        text=event.text,
        kind=event.kind,
        scope=event.scope,
        owner_org=event.owner_org,
        owner=event.owner,
        first_due=event.due,
        due=event.due,
        due_set_at=event.occurred_at,
        safety=event.safety,
        origin=event.origin,
        origin_ref=event.origin_ref,
        cost_pence=event.cost_pence,
        agreed_at=event.occurred_at,
    )


@action_plan.on(ActionProgressed, keys=_its_action)
def _progressed(row: ActionRow | None, event: ActionProgressed, _: str) -> ActionRow | None:
    if row is None:
        return None
    # A note may arrive after the end it was written before; the end stands.
    changes: dict[str, object] = {"status": ActionStatus.IN_PROGRESS} if row.is_open else {}
    if supersedes(event, row.last_note_at):
        changes |= {"last_note": event.note, "last_note_at": event.occurred_at}
    return row.model_copy(update=changes)


@action_plan.on(ActionRescheduled, keys=_its_action)
def _rescheduled(row: ActionRow | None, event: ActionRescheduled, _: str) -> ActionRow | None:
    if row is None:
        return None
    changes: dict[str, object] = {"reschedules": row.reschedules + 1}
    if supersedes(event, row.due_set_at):
        changes |= {"due": event.new_due, "due_set_at": event.occurred_at}
    return row.model_copy(update=changes)


@action_plan.on(ActionCompleted, keys=_its_action)
def _completed(row: ActionRow | None, event: ActionCompleted, _: str) -> ActionRow | None:
    if row is None or not _is_latest_turn(row, event):
        return row
    end = {
        "status": ActionStatus.COMPLETED,
        "completed_at": event.occurred_at,
        "findings": event.findings,
        "evidence_note": event.evidence_note,
        "impact": event.impact,
    }
    return row.model_copy(update=_STILL_OPEN | end)


@action_plan.on(ActionCancelled, keys=_its_action)
def _cancelled(row: ActionRow | None, event: ActionCancelled, _: str) -> ActionRow | None:
    if row is None or not _is_latest_turn(row, event):
        return row
    end = {
        "status": ActionStatus.CANCELLED,
        "cancelled_at": event.occurred_at,
        "cancellation_reason": event.reason,
        "cancellation_note": event.note,
    }
    return row.model_copy(update=_STILL_OPEN | end)


@action_plan.on(ActionReopened, keys=_its_action)
def _reopened(row: ActionRow | None, event: ActionReopened, _: str) -> ActionRow | None:
    if row is None:
        return None
    changes: dict[str, object] = {"reopenings": row.reopenings + 1}
    if supersedes(event, row.reopened_at):
        changes |= {"reopened_at": event.occurred_at, "reopened_reason": event.reason}
    if event.new_due is not None and supersedes(event, row.due_set_at):
        changes |= {"due": event.new_due, "due_set_at": event.occurred_at}
    if _is_latest_turn(row, event):
        begun = ActionStatus.IN_PROGRESS if row.last_note_at else ActionStatus.AGREED
        changes |= {**_STILL_OPEN, "status": begun}
    return row.model_copy(update=changes)


def _is_latest_turn(
    row: ActionRow, event: ActionCompleted | ActionCancelled | ActionReopened
) -> bool:
    # Ends and new beginnings arrive in any order; what happened last holds.
    turns = (row.completed_at, row.cancelled_at, row.reopened_at)
    return all(supersedes(event, at) for at in turns)


@action_plan.on(CaseClosed, keys=_carried_over)
def _outlived(row: ActionRow | None, event: CaseClosed, _: str) -> ActionRow | None:
    return row and row.model_copy(update={"carried_over": True})
