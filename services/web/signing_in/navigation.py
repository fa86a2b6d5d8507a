"""What the navigation shows: what some rule lets holders of one's roles do."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from domain.access import Action
from domain.access.deciding import PERMITS
from domain.vocabulary.access import Role
from services.web.page import Link


class _Place(NamedTuple):
    text: str
    doors: tuple[tuple[Action, str], ...]
    """What somebody must be able to do there, and where then to begin: the first that fits."""


_NAVIGATION = (
    _Place("Cases", ((Action.LIST, "/cases"),)),
    _Place("Raise a concern", ((Action.RAISE, "/concerns/new"),)),
    _Place("Actions", ((Action.WRITE, "/actions"),)),
    _Place("Referrals", ((Action.WRITE, "/referrals"),)),
    _Place("Review", ((Action.CURATE, "/review"),)),
    _Place("Reports", ((Action.READ_FIGURES, "/reports/kpis"),)),
    _Place(
        "Admin",
        (
            (Action.RUN_INTAKE, "/admin"),
            (Action.REVIEW_GLASS, "/admin"),
        ),
    ),
)

_UNDER: Mapping[str, Sequence[str]] = {
    "cases": ("Cases",),
    "drafts": ("Cases", "Admin"),
    "recorded": ("Cases", "Admin"),
    "concerns": ("Raise a concern",),
    "actions": ("Actions", "Cases"),
    "attention": ("Actions", "Cases"),
    "reviews": ("Actions", "Cases"),
    "referrals": ("Referrals", "Cases"),
    "review": ("Review", "Cases"),
    "glossary": ("Review", "Cases"),
    "reports": ("Reports",),
    "dashboard": ("Reports", "Cases"),
    "people": ("Reports", "Cases"),
    "properties": ("Reports", "Cases"),
    "authorities": ("Reports",),
    "admin": ("Admin",),
    "files": ("Admin", "Cases"),
}
"""By what an address begins with, the place that it belongs under: the first one that is shown."""


def may_sometimes(roles: Collection[Role], action: Action) -> bool:
    """Tell whether some rule lets holders of one of the roles do it, at least on some case."""
    return any(action in permit.actions and permit.roles & set(roles) for permit in PERMITS)


def navigation_for(roles: Collection[Role]) -> tuple[Link, ...]:
    """Return what holders of these roles may open, in order.

    It only spares people what would be refused; whether it is refused the gate decides.
    """
    people = set(roles) - {Role.UPSTREAM}
    return tuple(
        Link(place.text, door)
        for place in _NAVIGATION
        if (door := _door(place, people)) is not None
    )


def under(path: str, navigation: Sequence[Link]) -> Link | None:
    """Return the item of the navigation that a page belongs under; None of the home page."""
    shown = {link.text: link for link in navigation}
    places = _UNDER.get(path.split("/")[1], ())
    return next((shown[place] for place in places if place in shown), None)


def _door(place: _Place, roles: Collection[Role]) -> str | None:
    return next((href for action, href in place.doors if may_sometimes(roles, action)), None)
