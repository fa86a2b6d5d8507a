"""What people do first, by what they are here as."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from domain.vocabulary.access import Role


class Thing(NamedTuple):
    """Something to begin with."""

    text: str
    href: str
    hint: str
    """What one finds or does there, in a sentence."""


_RAISE = Thing(
    "Raise a concern",
    "/concerns/new",
    "Something is wrong, or may be. It takes two minutes, and not knowing is an answer.",
)
_ATTENTION = Thing(
    "What needs attention",
    "/attention",
    "Duties that are due or overdue, and what rules have found, the most urgent first.",
)
_ACTIONS = Thing("My actions", "/actions", "What you have to do, and by when.")
_REFERRALS = Thing("Referrals", "/referrals", "Who was asked, and who has not answered yet.")
_DASHBOARD = Thing("Dashboard", "/dashboard", "How the work stands now, at a glance.")
_FIGURES = Thing(
    "Figures",
    "/reports/kpis",
    "Key figures by month, quarter and year, without anybody's name.",
)
_ACCESS = Thing(
    "Access log and notices",
    "/admin/access",
    "Who opened or exported what, why, and what you are to be told of.",
)
_INTAKE = Thing(
    "Intake",
    "/admin/intake",
    "Messages that wait for another or could not be understood: see why, and try again.",
)

FIRST_THINGS: Mapping[Role, tuple[Thing, ...]] = {
    Role.OFFICER: (
        _RAISE,
        Thing("My cases", "/cases", "Cases that are allocated to you or your team."),
        _ACTIONS,
        _REFERRALS,
    ),
    Role.SAFEGUARDING: (
        _ATTENTION,
        Thing("Cases", "/cases", "Every case of your unit."),
        _REFERRALS,
        _RAISE,
        _DASHBOARD,
        _INTAKE,
    ),
    Role.MANAGER: (
        _FIGURES,
        _DASHBOARD,
        _ATTENTION,
        Thing("Cases", "/cases", "Cases of your unit, to see how the work on them is done."),
        _RAISE,
    ),
    Role.REVIEWER: (
        Thing(
            "Cases to review",
            "/review",
            "The cases granted to you: chronology, gaps, and what was known when.",
        ),
    ),
    Role.ANALYST: (_FIGURES,),
    Role.ADMINISTRATOR: (
        _INTAKE,
        Thing("Read models", "/admin/read-models", "How far they have come, and rebuilding them."),
        Thing("Roles and grants", "/admin/grants", "Who may do what; nobody grants to themselves."),
    ),
    Role.PRIVACY: (
        _ACCESS,
        Thing("Cases", "/cases", "Cases that a person's request or a hold may be about."),
    ),
}
"""What holders of each role do first, the most urgent thing first."""


def first_things(roles: Collection[Role]) -> list[Thing]:
    """Return what holders of these roles begin with; each place is named once."""
    found: dict[str, Thing] = {}
    for role in Role:
        if role in roles:
            for thing in FIRST_THINGS.get(role, ()):
                found.setdefault(thing.href, thing)
    return list(found.values())
