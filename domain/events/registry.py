"""The closed registry of event types: a name that is not here is not an event."""

from collections.abc import Iterator
from functools import cache
from inspect import isabstract, isclass
from types import ModuleType

from domain.events import (
    access,
    authorities,
    challenge,
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
from domain.events.envelope import CaseEvent

GROUPS: tuple[ModuleType, ...] = (
    lifecycle,
    links,
    people,
    relationships,
    housing,
    consent,
    voice,
    sharing,
    risk,
    hoarding,
    protection,
    support,
    enforcement,
    contact,
    referrals,
    challenge,
    meetings,
    enquiries,
    plan,
    reviews,
    integrity,
    rights,
    access,
    authorities,
    organisation,
    permissions,
)
"""The modules that define event types, in the order in which they are documented."""


def _types_of(group: ModuleType) -> Iterator[type[CaseEvent]]:
    for defined in vars(group).values():
        own = isclass(defined) and defined.__module__ == group.__name__
        if own and issubclass(defined, CaseEvent) and not isabstract(defined):
            yield defined


EVENT_TYPES: dict[str, type[CaseEvent]] = {
    event_type.__name__: event_type for group in GROUPS for event_type in _types_of(group)
}
"""Every event type by its name in the catalogue."""


@cache
def current_schema_version(event_type: type[CaseEvent]) -> int:
    """Return the schema version in which events of this type are written today."""
    version = event_type.model_fields["schema_version"].default
    assert isinstance(version, int)
    return version
