"""Whose work a list shows: one's own, that on the cases one works on, or all that one may see."""

from collections.abc import Mapping

from adapters.read_store.worklists import Whose
from domain.access import Role
from services.web.listing import Address
from services.web.page import Link

WHOSE = "whose"

_CALLED: Mapping[Whose, str] = {
    "mine": "Mine",
    "team": "On cases I work on",
    "all": "All that I may see",
}
_ANSWERING_FOR_OTHERS = frozenset({Role.SAFEGUARDING, Role.MANAGER, Role.PRIVACY, Role.REVIEWER})


def whose_of(asked: str, roles: frozenset[Role]) -> Whose:
    """Return what is asked for; left out, what holders of these roles begin with."""
    for whose in _CALLED:
        if asked == whose:
            return whose
    return "all" if roles & _ANSWERING_FOR_OTHERS else "team"


def whose_links(address: Address) -> list[Link]:
    """Return the links of the navigation between them."""
    return [Link(words, whose_href(address, whose)) for whose, words in _CALLED.items()]


def whose_href(address: Address, whose: Whose) -> str:
    """Return where the list of these is."""
    return str(address.having(whose=whose))
