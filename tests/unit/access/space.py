"""Every request there can be from someone with one role or none, and what is decided on it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from domain.access import (
    Action,
    Decision,
    Glass,
    Relation,
    Request,
    Restriction,
    ReviewGrant,
    Role,
)
from domain.vocabulary.record import PersonalClass

YES, NO = "yes", "no"

ROLES: Mapping[str, frozenset[Role]] = {
    "none": frozenset(),
    **{role.value: frozenset({role}) for role in Role},
}

ASKS: Mapping[str, tuple[Action, PersonalClass | None]] = {
    **{action.value: (action, None) for action in Action if action is not Action.REVEAL},
    **{f"{Action.REVEAL}:{field}": (Action.REVEAL, field) for field in PersonalClass},
}
"""What may be asked: an action, and with a reveal, of what."""

DIMENSIONS: Mapping[str, Sequence[str]] = {
    "conflict": (NO, YES),
    "own": (NO, YES),
    "foreign": (NO, YES),
    "restriction": tuple(Restriction),
    "role": tuple(ROLES),
    "ask": tuple(ASKS),
    "relation": tuple(Relation),
    "grant": tuple(ReviewGrant),
    "glass": tuple(Glass),
    "purpose": (NO, YES),
}
"""Each fact with its values, in the order in which the matrix has them as columns."""

Point = tuple[str, ...]
"""A value for each dimension."""


def points(**fixed: str) -> Iterator[Point]:
    """Yield every point of the space that has these values."""
    return product(
        *((fixed[name],) if name in fixed else values for name, values in DIMENSIONS.items())
    )


def request_at(point: Point) -> Request:
    """Return the request that a point stands for."""
    conflict, own, foreign, restriction, role, ask, relation, grant, glass, purpose = point
    action, field = ASKS[ask]
    return Request(
        roles=ROLES[role],
        action=action,
        field=field,
        relation=_RELATIONS[relation],
        restriction=_RESTRICTIONS[restriction],
        conflict=conflict == YES,
        own=own == YES,
        foreign=foreign == YES,
        grant=_GRANTS[grant],
        glass=_GLASSES[glass],
        purpose=purpose == YES,
    )


@cache
def in_words(decision: Decision, *, revealing: bool) -> Point:
    """Return a decision as the matrix words it: decision, rules, shown, duties."""
    shown = [each for each in PersonalClass if each not in decision.masked]
    as_asked = revealing and len(shown) == 1
    duties = sorted(decision.duties, key=lambda duty: duty.place)
    return (
        "permit" if decision.permitted else "deny",
        " ".join(decision.rules),
        "as-asked" if as_asked else " ".join(shown) or "-",
        " ".join(duties) or "-",
    )


# Looked up, which takes a fifth of the time of making an enumeration's member of its value.
_RELATIONS = {str(each): each for each in Relation}
_RESTRICTIONS = {str(each): each for each in Restriction}
_GRANTS = {str(each): each for each in ReviewGrant}
_GLASSES = {str(each): each for each in Glass}
