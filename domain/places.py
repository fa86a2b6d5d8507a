"""Which references are of one property, and whether an event lies on the file of another."""

from collections.abc import Iterator

from domain.events.envelope import CaseEvent
from domain.events.housing import HousingContextChanged
from domain.streams import StreamKind, stream_kind

_SCHEMES = ("property:", "uprn:")


def place_of(reference: str) -> str:
    """Return the key of a property, under whichever of its references.

    `property:100012345678`, `uprn:100012345678` and `100012345678` are one property.
    """
    for scheme in _SCHEMES:
        reference = reference.removeprefix(scheme)
    return reference


def homes_in(event: CaseEvent) -> Iterator[str]:
    """Yield where `event` happened and, with a move, also where to."""
    if event.property_ref is not None:
        yield event.property_ref
    if isinstance(event, HousingContextChanged) and event.to_property is not None:
        yield event.to_property


def is_of_another_property(event: CaseEvent) -> bool:
    """Tell whether `event` is about another property than the one whose file it lies on.

    The reference that another system has for a home, such as `hms:U-17`, may well be of the same.
    """
    if stream_kind(event.case_ref) is not StreamKind.PROPERTY:
        return False
    places = {place_of(home) for home in homes_in(event)}
    comparable = all(":" not in place for place in places)
    return bool(places) and comparable and place_of(event.case_ref) not in places
