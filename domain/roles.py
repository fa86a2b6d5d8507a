"""The roles a person has and had in a case, and what says so."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.lifecycle import Reclassified
from domain.events.people import PersonInvolved, PersonRoleChanged
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import PersonRole


class RoleBasis(CodedList, source="Case Timeline"):
    """What says that a person has or had a role."""

    INVOLVED = "involved", "Became part of the case in it"
    CHANGED = "changed", "The person's role was changed"
    RECLASSIFIED = "reclassified", "Reclassification of the case changed it"
    SUBJECT = "subject", "Named in it by some event"


class HeldRole(Part):
    """A role a person has or had in the case."""

    role: PersonRole
    since: datetime | None = None
    """Since when; None where it is only known that the person had it until it was changed."""
    until: datetime | None = None
    """When the person came to be seen in another role instead; None while the role stands."""
    how: RoleBasis

    @property
    def is_current(self) -> bool:
        """Whether the person has the role now."""
        return self.until is None


class RoleFact(Part):
    """What one event said of a person's role: they had or got it, perhaps in place of another."""

    role: PersonRole
    at: datetime
    how: RoleBasis
    instead_of: PersonRole | None = None


Roles = tuple[HeldRole, ...]
RoleFacts = tuple[RoleFact, ...]


def role_facts(event: CaseEvent, person: str) -> Iterator[RoleFact]:
    """Yield what `event` says of the roles of `person`."""
    at = event.occurred_at
    for subject in event.subjects:
        if subject.person == person:
            yield RoleFact(role=subject.role, at=at, how=RoleBasis.SUBJECT)
    if isinstance(event, PersonInvolved) and event.person == person:
        yield RoleFact(role=event.role, at=at, how=RoleBasis.INVOLVED)
    if isinstance(event, PersonRoleChanged) and event.person == person:
        how = RoleBasis.CHANGED
        yield RoleFact(role=event.to, at=at, how=how, instead_of=event.from_)
    for change in event.role_changes if isinstance(event, Reclassified) else ():
        if change.person == person:
            how = RoleBasis.RECLASSIFIED
            yield RoleFact(role=change.now, at=at, how=how, instead_of=change.was)


def with_fact(facts: RoleFacts, fact: RoleFact) -> RoleFacts:
    """Return `facts` with one more; of mentions in the same role the earliest is enough."""
    if fact.how is not RoleBasis.SUBJECT:
        return (*facts, fact)
    mention = next((held for held in facts if _is_mention(held, fact.role)), None)
    if mention is not None and mention.at <= fact.at:
        return facts
    return (*(held for held in facts if held is not mention), fact)


def _is_mention(fact: RoleFact, role: PersonRole) -> bool:
    return fact.how is RoleBasis.SUBJECT and fact.role == role


def roles_from(facts: RoleFacts) -> Roles:
    """Return the roles a person has and had, in the order of happening, whatever came first."""
    roles: Roles = ()
    for fact in sorted(facts, key=_place):
        if fact.how is RoleBasis.SUBJECT:
            roles = _mentioned(roles, fact)
        elif fact.instead_of is None:
            roles = _taken_on(roles, fact)
        else:
            roles = _taken_on(_given_up(roles, fact.instead_of, fact), fact)
    return roles


def _place(fact: RoleFact) -> tuple[datetime, bool, bool]:
    # At the same moment: a mention, becoming part of the case, a change.
    return fact.at, fact.how is not RoleBasis.SUBJECT, fact.instead_of is not None


def _mentioned(roles: Roles, fact: RoleFact) -> Roles:
    # Gives a role only to who never had it: it must not undo a decision that ended one.
    if any(held.role == fact.role for held in roles):
        return roles
    return (*roles, HeldRole(role=fact.role, since=fact.at, how=fact.how))


def _taken_on(roles: Roles, fact: RoleFact) -> Roles:
    standing = next((held for held in roles if held.role == fact.role and held.is_current), None)
    if standing is None:
        return (*roles, HeldRole(role=fact.role, since=fact.at, how=fact.how))
    confirmed = standing.model_copy(update={"how": fact.how})
    return tuple(confirmed if held is standing else held for held in roles)


def _given_up(roles: Roles, was: PersonRole, fact: RoleFact) -> Roles:
    if not any(held.role == was for held in roles):
        roles = (*roles, HeldRole(role=was, how=fact.how))
    return tuple(
        held.model_copy(update={"until": fact.at}) if held.role == was and held.is_current else held
        for held in roles
    )
