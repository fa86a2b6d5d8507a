"""The roles a person has and had in a case, and what says so."""

from datetime import datetime

from domain.events.fields import Part
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


Roles = tuple[HeldRole, ...]


def mentioned(roles: Roles, role: PersonRole, at: datetime) -> Roles:
    """Return `roles` after an event named the person in `role`.

    A mention gives a role only to who never had it: it must not undo a decision that ended one.
    """
    if any(held.role == role for held in roles):
        return roles
    return (*roles, HeldRole(role=role, since=at, how=RoleBasis.SUBJECT))


def taken_on(roles: Roles, role: PersonRole, since: datetime, how: RoleBasis) -> Roles:
    """Return `roles` with `role` among the current ones, since the earliest day it is known."""
    standing = next((held for held in roles if held.role == role and held.is_current), None)
    if standing is None:
        return (*roles, HeldRole(role=role, since=since, how=how))
    earliest = min(standing.since or since, since)
    confirmed = standing.model_copy(update={"since": earliest, "how": how})
    return tuple(confirmed if held is standing else held for held in roles)


def exchanged(
    roles: Roles, was: PersonRole, now: PersonRole, at: datetime, how: RoleBasis
) -> Roles:
    """Return `roles` after the person came to be seen as `now` in place of `was`."""
    if not any(held.role == was for held in roles):
        roles = (*roles, HeldRole(role=was, how=how))
    ended = tuple(
        held.model_copy(update={"until": at}) if held.role == was and held.is_current else held
        for held in roles
    )
    return taken_on(ended, now, at, how)
