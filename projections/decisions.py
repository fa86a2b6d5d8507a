"""Decisions with what was weighed, and the managers' oversight of them."""

from datetime import date

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.plan import DecisionRecorded, ManagementOversightRecorded
from domain.persons import persons_of
from domain.vocabulary.plan import DecisionKind, OversightKind
from projections.event_row import EventRow, told_by
from projections.personal_columns import Account, Document, Identity, Post, Pseudonym
from projections.read_model import ReadModel


class DecisionRow(EventRow):
    """One decision by a named person."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    kind: DecisionKind
    """What it is about."""
    options: Account[tuple[str, ...]]
    """Between what it was decided."""
    chosen: Account[str]
    """What was chosen."""
    rationale: Account[str]
    """Why."""
    decider: Identity[str]
    """Who decided."""
    consulted: Identity[tuple[str, ...]]
    """Who was asked before."""
    privileged: bool
    """Whether legal privilege is claimed: then held back from subject access unless waived."""
    review_on: date | None
    """When to look at it again."""
    policy_refs: Document[tuple[str, ...]]
    """The policies it was taken under."""
    dissenting_view: Account[str | None]
    """Who saw it otherwise, and why."""
    proportionality: Account[str | None]
    """Why it interferes no more than the risk calls for."""
    persons: Pseudonym[tuple[str, ...]]
    """Whom it is about."""


class OversightRow(EventRow):
    """One look at the case by a manager."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    kind: OversightKind
    """On what occasion."""
    view: Account[str]
    """What the manager makes of it."""
    directions: Account[str | None]
    """What is to be done."""
    professional_curiosity: Account[str | None]
    """What does not add up, and what was or will be asked about it."""
    manager_role: Post[str]
    """As what the manager entered it."""


decisions = ReadModel("decisions", 1, DecisionRow)
oversight = ReadModel("oversight", 1, OversightRow)


def _itself(event: CaseEvent) -> tuple[str, ...]:
    return (str(event.event_id),)


@decisions.on(DecisionRecorded, keys=_itself)
def _decided(row: DecisionRow | None, event: DecisionRecorded, key: str) -> DecisionRow:
    return DecisionRow(
        **told_by(event),
        kind=event.kind,
        options=event.options,
        chosen=event.chosen,
        rationale=event.rationale,
        decider=event.decider,
        consulted=event.consulted,
        privileged=event.privileged,
        review_on=event.review_on,
        policy_refs=event.policy_refs,
        dissenting_view=event.dissenting_view,
        proportionality=event.proportionality,
        persons=persons_of(event),
    )


@oversight.on(ManagementOversightRecorded, keys=_itself)
def _overseen(
    row: OversightRow | None, event: ManagementOversightRecorded, key: str
) -> OversightRow:
    return OversightRow(
        **told_by(event),
        kind=event.kind,
        view=event.view,
        directions=event.directions,
        professional_curiosity=event.professional_curiosity,
        manager_role=event.actor.role,
    )
