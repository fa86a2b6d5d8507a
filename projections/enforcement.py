"""The duty to look again at warnings against people who turn out to be harmed or at risk."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.events.fields import Part, Subject
from domain.events.lifecycle import RoleChange
from domain.vocabulary.people import HARMED_OR_AT_RISK
from projections.personal_columns import Pseudonym


class Warned(Part):
    """A warning or legal step that nobody has looked at again."""

    warning: UUID
    """The event that issued it."""
    person: Pseudonym[str]
    """Whom it is against."""


class DatedChange(RoleChange):
    """A change of a person's role, and when it happened."""

    at: datetime


def seen_anew(changes: Iterable[DatedChange]) -> tuple[Subject, ...]:
    """Return who has come to be seen as harmed or at risk, after all these changes of role."""
    at_risk: tuple[Subject, ...] = ()
    for change in sorted(changes, key=lambda change: change.at):
        was = Subject(person=change.person, role=change.was)
        now = Subject(person=change.person, role=change.now)
        at_risk = tuple(held for held in at_risk if held not in (was, now))
        if change.now in HARMED_OR_AT_RISK:
            at_risk = (*at_risk, now)
    return at_risk


def owed_a_review(warnings: Iterable[Warned], at_risk: Iterable[Subject]) -> tuple[str, ...]:
    """Return the event ids of the warnings against any of those at risk."""
    persons = {held.person for held in at_risk}
    return tuple(str(held.warning) for held in warnings if held.person in persons)
