"""Where a case or report lies: its local authority, and the kind of home."""

from typing import Any

from tests.support.recomputing.record import Event, Record, first, kind_of, latest, of_type


class Places:
    """What was last told of each property, as a whole."""

    def __init__(self, record: Record) -> None:
        self._told: dict[str, Event | None] = {
            ref: latest(of_type(events, "PropertyDescribed"))
            for ref, events in record.files.items()
            if kind_of(ref) == "property"
        }

    def told_of(self, property_ref: str | None, name: str) -> Any:
        """One member of what was told of a property; None where it was not told."""
        if not property_ref:
            return None
        own = property_ref if property_ref.startswith("property:") else f"property:{property_ref}"
        return (self._told.get(own) or {}).get(name)


def place_of(events: list[Event]) -> str | None:
    """Where a case happened, as the first event to say so has it."""
    found = first(event for event in events if event.get("property_ref"))
    return found["property_ref"] if found else None
