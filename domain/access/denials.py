"""What nobody may do, whatever they are granted; the first that applies gives the reason."""

from domain.access.facts import Action, Glass, Request, Restriction
from domain.access.rule import Denial
from domain.vocabulary.access import Role

GLASS_BREAKERS = frozenset({Role.OFFICER, Role.SAFEGUARDING, Role.MANAGER})
"""Who may open one case in an emergency."""

_SHOWS_NOTHING = frozenset({Action.RAISE, Action.BREAK_GLASS, Action.REVIEW_GLASS})
"""What has to be possible over a restricted case too, and shows nothing of what is in it."""


def _is_restricted_for(request: Request) -> bool:
    if request.restriction is not Restriction.NOT_LISTED:
        return False
    may_append_unseen = Role.UPSTREAM in request.roles
    return not (
        may_append_unseen or request.action in _SHOWS_NOTHING or _is_emergency_read(request)
    )


def _is_emergency_read(request: Request) -> bool:
    return (
        request.action is Action.READ
        and request.glass is Glass.ACTIVE
        and not GLASS_BREAKERS.isdisjoint(request.roles)
    )


DENIALS = (
    Denial(
        id="conflict",
        why="Who has a conflict of interest with a case, or with anyone in it, may do nothing with "
        "it: no role, allocation or emergency overrides that, because the person may be in danger "
        "from them.",
        source="part 2, T2; part 8, conflict hard-deny",
        when=lambda request: request.conflict,
    ),
    Denial(
        id="own-matter",
        why="Nobody grants a role to themselves, and nobody reviews their own breaking of the "
        "glass.",
        source="part 2, T14; part 8, administrator: no self-grant",
        when=lambda request: request.own,
    ),
    Denial(
        id="foreign-source",
        why="Nobody writes events of a source that is not theirs, or reads its receipts: what is "
        "on record must come from whom it names.",
        source="part 2, T4; part 8, upstream system: append as itself",
        when=lambda request: request.foreign,
    ),
    Denial(
        id="no-role",
        why="Who holds no role that is in force may do nothing.",
        source="part 8, users: grants live in our log, so revocation is immediate",
        when=lambda request: not request.roles,
    ),
    Denial(
        id="mixed-grants",
        why="A system that publishes events holds no other role: taken over, it must not be able "
        "to read.",
        source="part 2, T4; part 8, machines: append-only",
        when=lambda request: Role.UPSTREAM in request.roles and len(request.roles) > 1,
    ),
    Denial(
        id="restricted",
        why="A restricted case does not exist for whoever is not named: not to read, not in lists, "
        "counts or searches; but systems append to it unseen, and in an emergency the glass can "
        "be broken to read it.",
        source="part 8, restricted case",
        when=_is_restricted_for,
    ),
    Denial(
        id="glass-spent",
        why="Who has broken the glass for three cases in a day breaks it no more that day: what is "
        "for emergencies stays rare.",
        source="part 8, break-glass: 3 a day, then locked",
        when=lambda request: request.action is Action.BREAK_GLASS and request.glass is Glass.SPENT,
    ),
)
"""Every denial."""
