"""Properties over all streams: in which cases and files they appear, and how it stands there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.links import CaseLinked
from domain.persons import persons_of
from domain.places import homes_in, place_of
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import FILES, StreamKind, stream_kind
from domain.vocabulary.hoarding import HoardingLevel
from domain.vocabulary.protection import MarkerSubject
from projections.file_history import (
    FileHistoryRow,
    columns_of_mentions,
    columns_of_stream,
    in_force,
)
from projections.markers import markers
from projections.personal_columns import Place, Pseudonym
from projections.read_model import ReadModel


class PropertyHistoryRow(FileHistoryRow):
    """What one case or file holds of one property."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "place"
    INDEXED: ClassVar[tuple[str, ...]] = ("place",)

    place: Place[str]
    """The property without what says how it is referred to; see `place_of`."""
    property_ref: Place[str]
    """The property as first named in the stream, or else as its file is."""
    is_own_file: bool
    """Whether the stream is the property's own file."""
    persons: Pseudonym[tuple[str, ...]]
    """Everyone whom events at the property are about or name."""
    hoarding_level: HoardingLevel | None
    """How serious hoarding there is, by the latest assessment made at the property."""


property_history = ReadModel("property_history", 1, PropertyHistoryRow, streams=FILES)


@property_history.of_whole_streams()
def _properties(file: History, policy: Policy) -> Iterable[PropertyHistoryRow]:
    of_stream = columns_of_stream(file, policy)
    marked = [
        row for row in markers.fold_history(file, policy) if row.subject is MarkerSubject.PROPERTY
    ]
    for place, named in _mentions(file).items():
        mentions = [event for event, _ in named]
        assessed = [event for event in mentions if isinstance(event, HoardingLevelAssessed)]
        persons = (person for event in mentions for person in persons_of(event))
        yield PropertyHistoryRow(
            **of_stream,
            **columns_of_mentions(mentions),
            markers_in_force=in_force(row for row in marked if place_of(row.home or "") == place),
            place=place,
            property_ref=named[0][1],
            is_own_file=_is_file_of(file.ref, place),
            persons=tuple(dict.fromkeys(persons)),
            hoarding_level=assessed[-1].level if assessed else None,
        )


def _mentions(file: History) -> Mapping[str, Sequence[tuple[CaseEvent, str]]]:
    """Return the events that name each property, with the name; of its own file, all of them."""
    found: dict[str, list[tuple[CaseEvent, str]]] = {}
    for event in file.events:
        for place, name in {place_of(name): name for name in _named_in(event)}.items():
            found.setdefault(place, []).append((event, name))
    if file.kind is StreamKind.PROPERTY:
        own = place_of(file.ref)
        name = found[own][0][1] if own in found else file.ref
        found[own] = [(event, name) for event in file.events]
    return found


def _named_in(event: CaseEvent) -> Iterator[str]:
    yield from homes_in(event)
    if isinstance(event, CaseLinked) and stream_kind(event.other_ref) is StreamKind.PROPERTY:
        yield event.other_ref


def _is_file_of(reference: str, place: str) -> bool:
    return stream_kind(reference) is StreamKind.PROPERTY and place_of(reference) == place
