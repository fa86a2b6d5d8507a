"""A rule of access: a denial or a permit, with why, and where that comes from."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.access.facts import Action, Duty, Glass, Relation, Request, ReviewGrant
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass

HIDDEN = frozenset({PersonalClass.LOCATION, PersonalClass.REPORTER})
"""Masked for everyone until revealed: where someone can be found, and who spoke up."""
CONTENT = frozenset(PersonalClass) - HIDDEN
"""What reading shows at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule says of itself."""

    id: str
    """Access records name it: it is never given to another rule."""
    why: str
    """What it says and why, in a sentence."""
    source: str
    """Which part of the research on reliability and security it comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial(Rule):
    """Forbids what any permit permits."""

    when: Callable[[Request], bool]

    def applies(self, request: Request) -> bool:
        """Whether it forbids what is asked."""
        return self.when(request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit(Rule):
    """Permits these actions to holders of one of these roles, where every fact is one of those
    named here."""

    roles: frozenset[Role]
    actions: frozenset[Action]
    relations: frozenset[Relation] = frozenset(Relation)
    grants: frozenset[ReviewGrant] = frozenset(ReviewGrant)
    glasses: frozenset[Glass] = frozenset(Glass)
    needs_purpose: bool = False
    """Whether it permits only who said what it is for."""
    shows: frozenset[PersonalClass] = frozenset()
    """The classes of personal data that are not masked, or may be revealed."""
    duties: frozenset[Duty] = frozenset()

    def applies(self, request: Request) -> bool:
        """Whether it permits what is asked, as long as no denial forbids it."""
        return (
            request.action in self.actions
            and not self.roles.isdisjoint(request.roles)
            and request.relation in self.relations
            and request.grant in self.grants
            and request.glass in self.glasses
            and (request.purpose or not self.needs_purpose)
            and (request.field is None or request.field in self.shows)
        )
