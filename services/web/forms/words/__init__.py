"""The words of the forms: one module for each group of the catalogue, and what all share.

A field is named `Type.field` where it means something else than in the rest of its group, else
`field`; a field of a structured value is named with its class.
"""

from types import ModuleType

from domain.events.envelope import CaseEvent
from services.web.forms.words import (
    authorities,
    challenge,
    common,
    consent,
    contact,
    enforcement,
    enquiries,
    hoarding,
    housing,
    integrity,
    lifecycle,
    links,
    meetings,
    organisation,
    people,
    permissions,
    plan,
    protection,
    referrals,
    relationships,
    reviews,
    rights,
    risk,
    sharing,
    support,
    voice,
)
from services.web.forms.words.words import Words

GROUPS: tuple[ModuleType, ...] = (
    lifecycle,
    people,
    relationships,
    contact,
    risk,
    hoarding,
    protection,
    consent,
    voice,
    sharing,
    referrals,
    challenge,
    meetings,
    enquiries,
    plan,
    support,
    housing,
    enforcement,
    links,
    reviews,
    integrity,
    rights,
    permissions,
    organisation,
    authorities,
)
"""The groups in the order in which they are offered to somebody who records something."""

_BY_NAME = {module.__name__.rpartition(".")[2]: module for module in GROUPS}


def group_of(event_type: type[CaseEvent]) -> ModuleType | None:
    """Return the words of the group of an event type; None where people record none."""
    return _BY_NAME.get(event_type.__module__.rpartition(".")[2])


def title_of(event_type: type[CaseEvent]) -> str:
    """Return what is recorded by the form of an event type, in a few words."""
    group = group_of(event_type)
    titles: dict[str, str] = group.TITLES if group else {}
    return titles[event_type.__name__]


def words_for(event_type: type[CaseEvent], owner: str, field: str) -> Words:
    """Return how a field is asked for; `owner` is the type, or the class within it, that has it."""
    group = group_of(event_type)
    own: dict[str, Words] = group.WORDS if group else {}
    # What the group calls a field of its events is not the field of a class within one.
    names = [f"{owner}.{field}", *([field] if owner == event_type.__name__ else [])]
    found = (words[name] for words in (own, common.WORDS) for name in names if name in words)
    words = next(found, None)
    if words is None:
        raise LookupError(f"no words for {owner}.{field}")
    return words
