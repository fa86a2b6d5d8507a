"""Links to the forms that record something on a case."""

from collections.abc import Iterable

from domain.events.registry import EVENT_TYPES
from services.web.forms.words import title_of
from services.web.page import Link


def recording_links(path: str, types: Iterable[str]) -> list[Link]:
    """Return links to the forms of these types of events, and to the choice of all."""
    forms = (Link(title_of(EVENT_TYPES[name]), f"{path}/record/{name}") for name in types)
    return [Link("Record something", f"{path}/record"), *forms]
