"""As whom one may look around in the demonstration."""

from typing import NamedTuple

from adapters.identity.demo import DEMO_CALLERS
from domain.vocabulary.access import Role

_WHAT_FOR = {
    Role.OFFICER: "raises concerns, and works on the cases of their team",
    Role.SAFEGUARDING: "answers for all cases: risk, referrals, meetings, restrictions",
    Role.MANAGER: "sees how the work is done: figures, timeliness, oversight",
    Role.REVIEWER: "reads the cases granted for a review, as they were known at the time",
    Role.ANALYST: "reads figures over all cases, and no case",
    Role.ADMINISTRATOR: "looks after intake, read models and grants, and sees no case",
    Role.PRIVACY: "answers people's requests, and sees who opened what",
}


class DemoPerson(NamedTuple):
    """One of those whom the demonstration takes at their word."""

    name: str
    """What their tokens call them."""
    said: str
    """What they are."""
    what_for: str
    """What they are here for, to go on after what they are."""


# They are called as their role is; systems, which do not sign in to pages, are not.
DEMO_PEOPLE = tuple(
    DemoPerson(role.value, DEMO_CALLERS[role.value], what_for)
    for role, what_for in _WHAT_FOR.items()
)
"""Everyone who may sign in to the demonstration."""

DEMO_NAMES = frozenset(person.name for person in DEMO_PEOPLE)
"""What their tokens call them."""
